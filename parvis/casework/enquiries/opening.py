"""Beginning a conversation: what it is about, who answers for it, and by when."""

from dataclasses import dataclass
from datetime import datetime

from parvis.casework.enquiries.facts import EnquiryLinked, EnquiryReceived
from parvis.casework.enquiries.models import Conversation
from parvis.casework.enquiries.recognising import Recognised
from parvis.casework.enquiries.routing import Routes
from parvis.casework.enquiries.status import Channel, Proof, Status
from parvis.casework.events.facts import Fact
from parvis.casework.people.roles import Role
from parvis.lib.text import Language

_LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asks, whichever door it came by."""

    channel: Channel
    address: str
    subject: str
    said: str
    language: Language | None = None
    """The language of the page that it was written on, where there was one."""
    to: tuple[str, ...] = ()
    """The addresses that a mail went to."""
    line: str | None = None
    topic: str | None = None
    """What they said that it is about."""
    proof: Proof = Proof.NONE
    role: Role | None = None
    """As what they were signed in when they wrote, if they were."""
    client: int | None = None
    application: int | None = None


def begun(
    asked: Asked, found: Recognised, *, id_: int, routes: Routes, at: datetime
) -> tuple[Conversation, list[Fact]]:
    """Return the conversation that somebody begins, not yet saved, and what the log says of it.

    `found` is what was recognised in what they say.
    """
    language = found.language or asked.language or "en"
    topic = asked.topic or found.topic
    line = routes.to(asked=asked.line, addresses=asked.to, topic=topic, role=asked.role)
    conversation = Conversation(
        id=id_,
        channel=asked.channel,
        line=line.code,
        language=language,
        topic=topic or "",
        confidence=None if asked.topic else found.confidence,
        address=asked.address,
        subject=" ".join(asked.subject.split())[:_LONGEST_SUBJECT],
        proof=asked.proof,
        client=asked.client,
        application=asked.application,
        status=Status.WAITING,
        opened_at=at,
        changed_at=at,
    )
    routes.promise(conversation, since=at)
    facts: list[Fact] = [
        EnquiryReceived(
            channel=asked.channel,
            line=line.code,
            language=language,
            topic=topic,
            confidence=conversation.confidence,
        )
    ]
    if asked.client is not None:
        facts.append(
            EnquiryLinked(proof=asked.proof, client=asked.client, application=asked.application)
        )
    return conversation, facts
