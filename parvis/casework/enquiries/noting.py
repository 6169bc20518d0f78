"""Noting a call, or somebody at a counter: it becomes a conversation like every other.

An agent writes down what was asked and what was told. Where a telephone system tells of the call,
the conversation is tied to it, and the call is counted from what the system tells.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db import IntegrityError, transaction

from parvis.casework.contacts.selectors import tells_of
from parvis.casework.enquiries import facts
from parvis.casework.enquiries.asking import Taken
from parvis.casework.enquiries.knowing import NOBODY, Known
from parvis.casework.enquiries.models import Conversation, Message
from parvis.casework.enquiries.policies import (
    check_answers_on,
    check_can_note,
    check_takes_on,
    checked_words,
    day_to_come,
)
from parvis.casework.enquiries.recognising import recognised
from parvis.casework.enquiries.routing import Routes
from parvis.casework.enquiries.status import Channel, Status, Writing
from parvis.casework.events import log
from parvis.casework.events.facts import Fact, SubjectKind
from parvis.casework.people.models import User
from parvis.lib.text import Language

_LATELY = timedelta(days=7)
_LONGEST_SUBJECT = 80


class Then(StrEnum):
    """What becomes of a call once it is noted."""

    ENDED = "ended"
    """Nothing is left to do."""
    LATER = "later"
    """It comes back to its queue on a day."""
    HANDED = "handed"
    """A line takes it on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What was asked and told by word of mouth, and what comes next."""

    channel: Channel
    line: str
    language: Language
    asked: str
    told: str = ""
    topic: str = ""
    """What the agent says that it is about; recognised where they do not."""
    phone: str = ""
    contact: str = ""
    known: Known = NOBODY
    then: Then = Then.ENDED
    hand_to: str = ""
    """The line that takes it on."""
    on: date | None = None
    due_at: datetime | None = None
    """When it comes back."""


def note_call(*, call: Call, form: str, by: User, at: datetime) -> Taken:
    """Write down a call; the same form twice is one.

    Raises `ActRefused` for whoever does not answer on the line, for words that lack, and for a call
    of the telephone system that was noted already.
    """
    check_answers_on(call.line, by)
    message_id = f"call.{form}@{settings.OUTSIDE.mailbox.rpartition('@')[2]}"
    try:
        with transaction.atomic():
            return Taken(_noted(call, message_id, by, at), again=False)
    except IntegrityError:
        # Whoever sent it twice at once: the second waited for the first, and finds it there.
        found = Message.objects.select_related("conversation").filter(message_id=message_id).first()
        if found is None:
            check_can_note(call.contact)
            raise
        return Taken(found.conversation, again=True)


def _noted(call: Call, message_id: str, by: User, at: datetime) -> Conversation:
    asked = checked_words(call.asked)
    told = checked_words(call.told) if call.told.strip() or call.then is Then.ENDED else ""
    if not Message.objects.filter(message_id=message_id).exists():
        check_can_note(call.contact)
    [head] = log.reserve(1)
    row, said = _begun(call, head.subject_id, at)
    moved = _moved(row, call, at)
    row.answered_at = at if told else None
    row.save(force_insert=True)
    written = {"conversation": row, "author": by.pk, "at": at}
    Message.objects.create(writing=Writing.IN, message_id=message_id, said=asked, **written)
    if told:
        ours = Message.objects.create(
            writing=Writing.TOLD, message_id=f"told.{message_id}", said=told, **written
        )
        said.append(facts.EnquiryAnswered(message=ours.pk))
    log.write([(head, [(at, one) for one in (*said, *moved)])], kind=SubjectKind.ENQUIRY, by=by.ref)
    return row


def _begun(call: Call, id_: int, at: datetime) -> tuple[Conversation, list[Fact]]:
    found = None if call.topic else recognised(call.asked)
    topic = call.topic or (None if found is None else found.topic) or ""
    known, phone = call.known, call.channel is Channel.PHONE
    row = Conversation(
        id=id_,
        channel=call.channel,
        line=call.line,
        language=call.language,
        topic=topic,
        confidence=None if found is None else found.confidence,
        phone=call.phone,
        contact=call.contact if phone else "",
        subject=" ".join(call.asked.split())[:_LONGEST_SUBJECT],
        proof=known.proof,
        client=known.client,
        application=known.application,
        opened_at=at,
        changed_at=at,
    )
    said: list[Fact] = [
        facts.EnquiryReceived(
            channel=call.channel,
            line=call.line,
            language=call.language,
            topic=topic or None,
            confidence=row.confidence,
        )
    ]
    if phone:
        counts = not row.contact and not tells_of(call.line, since=at - _LATELY)
        said.append(facts.CallNoted(contact=row.contact or None, counts=counts))
    if known.client is not None:
        said.append(
            facts.EnquiryLinked(
                proof=known.proof, client=known.client, application=known.application
            )
        )
    return row, said


def _moved(row: Conversation, call: Call, at: datetime) -> list[Fact]:
    """Have a call be where it goes from here; return what the log says of that."""
    routes = Routes(at)
    told: list[Fact] = []
    match call.then:
        case Then.ENDED:
            row.status, told = Status.CLOSED, [facts.EnquiryClosed()]
        case Then.LATER:
            on, row.returns_at = day_to_come(call.on, call.due_at, at)
            row.status, told = Status.LATER, [facts.FollowUpSet(on=on)]
        case Then.HANDED:
            row.status = Status.WAITING
            if call.hand_to != call.line:
                check_takes_on(call.hand_to, at)
                row.line, told = call.hand_to, [facts.EnquiryTransferred(line=call.hand_to)]
    routes.promise(row, since=at)
    return told
