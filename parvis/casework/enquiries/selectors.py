"""Look enquiries up: those in hand, one with all that was written, and the queues as they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from parvis.casework.enquiries.models import Attachment, Conversation, Message
from parvis.casework.enquiries.status import Channel, Proof, Scan, Status, Writing
from parvis.casework.events.wall import lifted
from parvis.lib.references import enquiry_number

_SAME_PERSON = 20
_EMPTY: tuple[Any, ...] = (0, None, None, 0, 0, 0, 0)
"""A queue in which nothing is."""
_QUEUES = """
SELECT line, count(*) FILTER (WHERE status = 'waiting'),
    min(opened_at) FILTER (WHERE status = 'waiting'),
    min(promised_at) FILTER (WHERE status = 'waiting'),
    count(*) FILTER (WHERE status = 'waiting' AND promised_at < %(now)s),
    count(*) FILTER (WHERE status = 'given'),
    count(DISTINCT agent),
    count(*) FILTER (WHERE status = 'later')
FROM enquiries_conversation WHERE status IN ('waiting', 'given', 'later') GROUP BY line
"""
_ANSWERED = """
SELECT c.line, count(*) FROM enquiries_message m JOIN enquiries_conversation c
    ON c.id = m.conversation_id WHERE m.writing IN ('out', 'told') AND m.at >= %(since)s
GROUP BY c.line
"""


@dataclass(frozen=True, slots=True)
class Brief:
    """An enquiry in a list."""

    id: int
    subject: str
    line: str
    language: str
    topic: str
    channel: Channel
    status: Status
    opened_at: datetime
    promised_at: datetime
    answered_at: datetime | None
    """When it was first answered."""
    returns_at: datetime | None

    @property
    def number(self) -> str:
        """The number that people use."""
        return enquiry_number(self.id)


@dataclass(frozen=True, slots=True)
class Document:
    """What came with a message."""

    id: int
    name: str
    media_type: str
    size: int
    scan: Scan
    sha256: str
    filed_to: int | None


@dataclass(frozen=True, slots=True)
class Written:
    """Something that was written."""

    id: int
    writing: Writing
    author: int | None
    address: str
    said: str
    quoted: str
    at: datetime
    copies: int
    sent_at: datetime | None
    returned_at: datetime | None
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Enquiry:
    """An enquiry as whoever answers it sees it."""

    brief: Brief
    address: str
    phone: str
    proof: Proof
    client: int | None
    application: int | None
    confidence: float | None
    agent: int | None
    seen_by: int | None
    seen_at: datetime | None
    merged_into: int | None
    written: tuple[Written, ...]
    others: tuple[Brief, ...]
    """Others of the same person, the newest first."""


@dataclass(frozen=True, slots=True)
class QueueNow:
    """A line's queue at this moment."""

    line: str
    waiting: int
    oldest_at: datetime | None
    promised_at: datetime | None
    late: int
    given: int
    agents: int
    later: int
    answered_today: int


def in_hand(user: int) -> list[Brief]:
    """Return what an agent has, what is promised first at the head."""
    rows = Conversation.objects.filter(agent=user, status=Status.GIVEN)
    return [brief_of(one) for one in rows.order_by("promised_at", "id")]


def enquiry(id_: int) -> Enquiry | None:
    """Return an enquiry with all that was written, in four queries; None where there is none."""
    row = Conversation.objects.filter(pk=id_).first()
    if row is None:
        return None
    # As they came they may be large, and nobody reads them here.
    messages = list(row.message_set.defer("whole").order_by("at", "id"))
    documents: dict[int, list[Document]] = {}
    for one in Attachment.objects.filter(message__in=messages).order_by("id"):
        documents.setdefault(one.message_id, []).append(_document(one))
    return Enquiry(
        brief=brief_of(row),
        address=row.address,
        phone=row.phone,
        proof=Proof(row.proof),
        client=row.client,
        application=row.application,
        confidence=row.confidence,
        agent=row.agent,
        seen_by=row.seen_by,
        seen_at=row.seen_at,
        merged_into=row.merged_into,
        written=tuple(_written(one, documents.get(one.pk, ())) for one in messages),
        others=tuple(_others(row)),
    )


def noted_call(contact: str) -> str | None:
    """Return the number of the enquiry in which a call was noted; None where it was not yet."""
    rows = Conversation.objects.filter(contact=contact).values_list("pk", flat=True)
    found = rows.first() if contact else None
    return None if found is None else enquiry_number(found)


def document(id_: int) -> Document | None:
    """Return a document that came with a message; None where there is none."""
    row = Attachment.objects.filter(pk=id_).first()
    return None if row is None else _document(row)


@transaction.atomic
def queues(*, now: datetime, since: datetime) -> list[QueueNow]:
    """Return the queue of each line that has one or answered `since`, in two queries.

    Past the wall: whoever sees how much waits need not be one who reads it.
    """
    with lifted(), connection.cursor() as cursor:
        cursor.execute(_QUEUES, {"now": now})
        waiting: dict[str, tuple[Any, ...]] = {row[0]: row[1:] for row in cursor.fetchall()}
        cursor.execute(_ANSWERED, {"since": since})
        answered: dict[str, int] = dict(cursor.fetchall())
    return [
        QueueNow(*(line, *waiting.get(line, _EMPTY), answered.get(line, 0)))
        for line in sorted({*waiting, *answered})
    ]


def _others(row: Conversation) -> Sequence[Brief]:
    of_person = Q(pk=None)
    if row.address:
        of_person |= Q(address=row.address)
    if row.client is not None:
        of_person |= Q(client=row.client)
    rows = Conversation.objects.filter(of_person).exclude(pk=row.pk)
    rows = rows.exclude(status=Status.MERGED)
    return [brief_of(one) for one in rows.order_by("-opened_at", "-id")[:_SAME_PERSON]]


def brief_of(row: Conversation) -> Brief:
    """Return an enquiry as lists have it."""
    return Brief(
        id=row.pk,
        subject=row.subject,
        line=row.line,
        language=row.language,
        topic=row.topic,
        channel=Channel(row.channel),
        status=Status(row.status),
        opened_at=row.opened_at,
        promised_at=row.promised_at,
        answered_at=row.answered_at,
        returns_at=row.returns_at,
    )


def _written(row: Message, documents: Sequence[Document]) -> Written:
    return Written(
        id=row.pk,
        writing=Writing(row.writing),
        author=row.author,
        address=row.address,
        said=row.said,
        quoted=row.quoted,
        at=row.at,
        copies=row.copies,
        sent_at=row.sent_at,
        returned_at=row.returned_at,
        documents=tuple(documents),
    )


def _document(row: Attachment) -> Document:
    return Document(
        id=row.pk,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        scan=Scan(row.scan),
        sha256=row.sha256,
        filed_to=row.filed_to,
    )
