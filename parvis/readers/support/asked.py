"""What became of an enquiry: folded from its facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from parvis.casework.enquiries.facts import (
    CallNoted,
    EnquiryAnswered,
    EnquiryAvoided,
    EnquiryMerged,
    EnquiryRated,
    EnquiryReceived,
    EnquiryTransferred,
    RatingAsked,
    TopicSet,
)
from parvis.casework.events.facts import Fact

Dated = tuple[datetime, Fact]
_YES = "yes"


@dataclass(slots=True)
class Written:
    """An enquiry, as far as it counts."""

    channel: str = ""
    line: str = ""
    """The one it came to."""
    language: str = ""
    topic: str = ""
    """As a person set it last, or else as it was recognised."""
    received_at: datetime | None = None
    answered_at: datetime | None = None
    answered_line: str = ""
    avoided_at: datetime | None = None
    merged: bool = False
    noted: bool = False
    """A call that nobody but the agent tells of, so that it is counted from their note."""
    rating_asked_at: datetime | None = None
    rating_line: str = ""
    """The line of whose answer they were asked at the end."""
    rated: bool = False
    satisfied: bool = False
    """Whether they said yes to both: that we answered, and that it was easy."""

    @property
    def wait_s(self) -> int:
        """How long the first answer took."""
        assert self.answered_at is not None  # noqa: S101 - asked of what was answered alone
        assert self.received_at is not None  # noqa: S101
        return max(0, round((self.answered_at - self.received_at).total_seconds()))


def fold(facts: Iterable[Dated]) -> Written:
    """Return the enquiry that these facts tell, in the order in which we learned them."""
    found = Written()
    line = ""
    for at, fact in facts:
        if isinstance(fact, EnquiryReceived):
            found.channel, found.language = fact.channel, fact.language
            found.topic = fact.topic or ""
            found.received_at, found.line, line = at, fact.line, fact.line
        elif isinstance(fact, CallNoted):
            found.noted = fact.counts
        elif isinstance(fact, EnquiryTransferred):
            line = fact.line
        elif isinstance(fact, TopicSet):
            found.topic, found.language = fact.topic, fact.language
        elif isinstance(fact, EnquiryAnswered) and found.answered_at is None:
            found.answered_at, found.answered_line = at, line
        elif isinstance(fact, EnquiryAvoided):
            found.avoided_at, found.line = at, fact.line
            found.language, found.topic = fact.language, fact.topic
        elif isinstance(fact, EnquiryMerged):
            found.merged = True
        else:
            _said_at_the_end(found, at, fact, line)
    return found


def _said_at_the_end(found: Written, at: datetime, fact: Fact, line: str) -> None:
    if isinstance(fact, RatingAsked) and found.rating_asked_at is None:
        found.rating_asked_at, found.rating_line = at, line
    elif isinstance(fact, EnquiryRated) and not found.rated:
        found.rated = True
        found.satisfied = fact.solved == fact.ease == _YES
