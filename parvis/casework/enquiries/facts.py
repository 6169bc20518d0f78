"""What can happen to an enquiry: facts of codes and references, never a word that was written."""

from dataclasses import dataclass
from datetime import date

from parvis.casework.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class EnquiryReceived(Fact):
    """Somebody asked something, by `channel`; its line, language and topic as they were recognised.

    `topic` is none where nothing was recognised; `confidence` is of the topic, from 0 to 1.
    """

    KIND = "enquiry.received"
    channel: str
    line: str
    language: str
    topic: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, kw_only=True)
class CallNoted(Fact):
    """An agent wrote down a call; `contact` is what the telephone system calls it, where it told.

    `counts` where no telephone system tells of calls on that line, so that this is all that there
    is to count.
    """

    KIND = "enquiry.call-noted"
    counts: bool
    contact: str | None = None


@dataclass(frozen=True, kw_only=True)
class EnquiryAvoided(Fact):
    """Somebody was shown the answer on their file before they sent, and did not send."""

    KIND = "enquiry.avoided"
    line: str
    language: str
    topic: str


@dataclass(frozen=True, kw_only=True)
class MessageReceived(Fact):
    """Another message came in a conversation that there was."""

    KIND = "enquiry.message-received"
    message: int
    channel: str


@dataclass(frozen=True, kw_only=True)
class EnquiryLinked(Fact):
    """Whose enquiry it is, and about which application; `proof` is how that is known."""

    KIND = "enquiry.linked"
    proof: str
    client: int | None = None
    application: int | None = None


@dataclass(frozen=True, kw_only=True)
class TopicSet(Fact):
    """A person said what it is about, or in which language."""

    KIND = "enquiry.topic-set"
    topic: str
    language: str


@dataclass(frozen=True, kw_only=True)
class EnquiryGiven(Fact):
    """It was given to an agent, a user of this house."""

    KIND = "enquiry.given"
    agent: int


@dataclass(frozen=True, kw_only=True)
class EnquiryReturned(Fact):
    """It went back into its queue; from `agent`, where one had it."""

    KIND = "enquiry.returned"
    reason: str
    agent: int | None = None


@dataclass(frozen=True, kw_only=True)
class EnquiryTransferred(Fact):
    """It went to another line."""

    KIND = "enquiry.transferred"
    line: str


@dataclass(frozen=True, kw_only=True)
class EnquiryAnswered(Fact):
    """An agent wrote the answer; `drafted` where it was drafted from the file."""

    KIND = "enquiry.answered"
    message: int
    drafted: bool = False


@dataclass(frozen=True, kw_only=True)
class ReplySent(Fact):
    """A server took an answer, or the question at the end.

    `repeats` counts how often it may have gone out before.
    """

    KIND = "enquiry.reply-sent"
    message: int
    repeats: int | None = None


@dataclass(frozen=True, kw_only=True)
class NoteAdded(Fact):
    """An agent left a note for other agents."""

    KIND = "enquiry.note-added"
    message: int


@dataclass(frozen=True, kw_only=True)
class FollowUpSet(Fact):
    """It comes back to its queue on a day."""

    KIND = "enquiry.follow-up-set"
    on: date


@dataclass(frozen=True, kw_only=True)
class DocumentFiled(Fact):
    """A document that came with it was handed to an application."""

    KIND = "enquiry.document-filed"
    attachment: int
    application: int


@dataclass(frozen=True, kw_only=True)
class EnquiryMerged(Fact):
    """It is one with another enquiry, and goes on there."""

    KIND = "enquiry.merged"
    into: int


@dataclass(frozen=True, kw_only=True)
class EnquiryClosed(Fact):
    """Nothing is left to do; a message that comes later opens it again."""

    KIND = "enquiry.closed"


@dataclass(frozen=True, kw_only=True)
class RatingAsked(Fact):
    """Whoever asked was asked, once, whether our answer helped."""

    KIND = "enquiry.rating-asked"
    message: int


@dataclass(frozen=True, kw_only=True)
class EnquiryRated(Fact):
    """Whoever asked said whether we answered them, and whether that was easy; never their words."""

    KIND = "enquiry.rated"
    solved: str
    ease: str
