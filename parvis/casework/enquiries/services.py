"""What agents do with an enquiry that they have: answer, note, hand on, put together, end."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from parvis.casework.applications.selectors import files_numbered
from parvis.casework.documents.contents import MediaType
from parvis.casework.documents.services import Kept, hand_in
from parvis.casework.enquiries import facts
from parvis.casework.enquiries.giving import FOR_SO_LONG, PLACE
from parvis.casework.enquiries.models import Attachment, Conversation, Message
from parvis.casework.enquiries.policies import (
    check_can_file,
    check_can_move,
    check_has,
    check_may_answer,
    check_of_one_person,
    check_seen,
    check_takes_on,
    checked_words,
    day_to_come,
    has,
)
from parvis.casework.enquiries.references import message_id_of
from parvis.casework.enquiries.routing import Routes, go_back
from parvis.casework.enquiries.status import BY_MOUTH, ENDED, Proof, Returned, Status, Writing
from parvis.casework.events import log
from parvis.casework.events.facts import Fact, SubjectKind
from parvis.casework.events.later import later
from parvis.casework.people.models import User
from parvis.casework.people.policies import ActRefused
from parvis.lib.text import Language

SEND = "enquiries.send"
"""The job that sends what is ready."""
LEARN = "enquiries.learn"
"""The job that learns from what agents say."""
_LEARNED_TOGETHER = timedelta(minutes=1)
"""Learning takes seconds, whatever was said: what is said in so long is learned in one go."""


@transaction.atomic
def answer(  # noqa: PLR0913 - what is said, to what, and by whom
    *,
    conversation: int,
    words: str,
    drafted: bool = False,
    seen: int | None = None,
    by: User,
    at: datetime,
) -> Conversation:
    """Answer whoever asked. It is sent after this, until a server takes it.

    To whom we speak by word of mouth it was told: it is written down, and sent to nobody. `seen` is
    how many messages of theirs the agent was shown: refused where more came; None asks nothing.
    """
    row = _held(conversation, by, at)
    check_seen(row, seen)
    words = checked_words(words)
    by_mouth = row.channel in BY_MOUTH and not row.address
    if not row.address and not by_mouth:
        raise ActRefused(
            "There is no address to answer to. Call the person, and note what was said.",
            "Aucune adresse où répondre. Téléphonez à la personne et notez ce qui a été dit.",
        )
    message = Message.objects.create(
        conversation=row,
        writing=Writing.TOLD if by_mouth else Writing.OUT,
        message_id=message_id_of(row.pk, at),
        author=by.pk,
        said=words,
        at=at,
        drafted=drafted,
        try_at=None if by_mouth else at,
    )
    _leave(row, Status.ANSWERED, at)
    row.answered_at = row.answered_at or at
    _saved(row, "answered_at")
    if not by_mouth:
        later().defer(SEND, [{}])
    _record(row, [facts.EnquiryAnswered(message=message.pk, drafted=drafted)], by, at)
    return row


@transaction.atomic
def add_note(*, conversation: int, words: str, by: User, at: datetime) -> Conversation:
    """Leave a note for other agents; whoever asked never sees it."""
    check_may_answer(by)
    row = Conversation.objects.select_for_update().get(pk=conversation)
    words = checked_words(words)
    last = row.message_set.order_by("-id").first()
    if last and (last.writing, last.author, last.said) == (Writing.NOTE, by.pk, words):
        # A page that is loaded anew posts it anew.
        return row
    note = Message.objects.create(
        conversation=row,
        writing=Writing.NOTE,
        message_id=message_id_of(row.pk, at),
        author=by.pk,
        said=words,
        at=at,
    )
    if has(row, by):
        row.returns_at = at + FOR_SO_LONG
        _saved(row)
    _record(row, [facts.NoteAdded(message=note.pk)], by, at)
    return row


@transaction.atomic
def set_topic(
    *, conversation: int, topic: str, language: Language, by: User, at: datetime
) -> Conversation:
    """Say what an enquiry is about and in which language: that is learned from."""
    row = _held(conversation, by, at)
    row.topic, row.language, row.confidence = topic, language, None
    _saved(row, "topic", "language", "confidence")
    later().defer(LEARN, [{}], after=_LEARNED_TOGETHER, lock=LEARN, unless_waiting=True)
    _record(row, [facts.TopicSet(topic=topic, language=language)], by, at)
    return row


@transaction.atomic
def link(*, conversation: int, number: str, by: User, at: datetime) -> Conversation:
    """Take down about which application an enquiry is, once whoever asks was checked."""
    row = _held(conversation, by, at)
    found = files_numbered(number)
    if len(found) != 1 or found[0].state.client is None:
        raise ActRefused(
            "There is no application with this number, or nobody is known as its client.",
            "Aucune demande ne porte ce numéro, ou son client n’est pas connu.",
        )
    row.application, row.client, row.proof = found[0].id, found[0].state.client, Proof.AGENT
    _saved(row, "application", "client", "proof")
    linked = facts.EnquiryLinked(proof=Proof.AGENT, client=row.client, application=row.application)
    _record(row, [linked], by, at)
    return row


@transaction.atomic
def transfer(*, conversation: int, line: str, by: User, at: datetime) -> Conversation:
    """Hand an enquiry on to another line, which promises anew from when it came."""
    row = _held(conversation, by, at)
    check_takes_on(line, at)
    row.line = line
    Routes(at).promise(row, since=row.opened_at)
    go_back(row, at=at)
    _saved(row, "line")
    _record(row, [facts.EnquiryTransferred(line=line)], by, at)
    return row


@transaction.atomic
def give_back(*, conversation: int, by: User, at: datetime) -> Conversation:
    """Put an enquiry back where it stood in its queue."""
    row = _held(conversation, by, at)
    go_back(row, at=at)
    _saved(row)
    _record(row, [facts.EnquiryReturned(agent=by.pk, reason=Returned.GIVEN_BACK)], by, at)
    return row


@transaction.atomic
def follow_up(  # noqa: PLR0913 - when, after what, and by whom
    *,
    conversation: int,
    on: date,
    due_at: datetime,
    seen: int | None = None,
    by: User,
    at: datetime,
) -> Conversation:
    """Have an enquiry come back to its queue on a day, at `due_at`; `seen` as in `answer`."""
    row = _held(conversation, by, at)
    check_seen(row, seen)
    day_to_come(on, due_at, at)
    _leave(row, Status.LATER, at)
    row.returns_at = due_at
    _saved(row)
    _record(row, [facts.FollowUpSet(on=on)], by, at)
    return row


@transaction.atomic
def close(*, conversation: int, seen: int | None = None, by: User, at: datetime) -> Conversation:
    """End an enquiry to which nothing is left to say; a message that comes later opens it again.

    `seen` is as in `answer`.
    """
    row = _held(conversation, by, at)
    check_seen(row, seen)
    _leave(row, Status.CLOSED, at)
    _saved(row)
    _record(row, [facts.EnquiryClosed()], by, at)
    return row


@transaction.atomic
def merge(*, conversation: int, into: int, by: User, at: datetime) -> Conversation:
    """Have an enquiry go on as part of another of the same person; return that one.

    The agent has the other now, unless another agent has it already. An address and a number to
    call back go along where the other lacks them: whoever wrote is still written to.
    """
    rows = {
        one.pk: one
        for one in Conversation.objects.select_for_update()
        .filter(pk__in={conversation, into})
        .order_by("id")
    }
    row, other = rows.get(conversation), rows.get(into)
    if row is None or other is None or row is other or other.status == Status.MERGED:
        raise ActRefused("There is no such enquiry.", "Cette demande n’existe pas.")
    check_has(row, by)
    check_of_one_person(row, other)
    _leave(row, Status.MERGED, at)
    row.merged_into = other.pk
    _saved(row, "merged_into")
    Message.objects.filter(conversation=row).update(conversation=other)
    other.address = other.address or row.address
    other.phone = other.phone or row.phone
    _record(row, [facts.EnquiryMerged(into=other.pk)], by, at)
    _go_on(other, since=row.opened_at, by=by, at=at)
    return other


@transaction.atomic
def file_document(*, attachment: int, document: str, by: User, at: datetime) -> Conversation:
    """Hand a document to the application that an enquiry is about, as the answer to a request."""
    found = Attachment.objects.select_for_update().filter(pk=attachment).first()
    if found is None:
        raise ActRefused("There is no such document.", "Ce document n’existe pas.")
    row = _held(found.message.conversation_id, by, at)
    check_can_file(row, found)
    kept = Kept(sha256=found.sha256, media_type=MediaType(found.media_type), size=found.size)
    assert row.application is not None  # noqa: S101 - checked, for the types
    hand_in(application=row.application, document=document, file=kept, by=by, at=at)
    found.filed_to = row.application
    found.save(update_fields=["filed_to"])
    _saved(row)
    filed = facts.DocumentFiled(attachment=found.pk, application=row.application)
    _record(row, [filed], by, at)
    return row


def keep(*, conversation: int, by: User, at: datetime) -> None:
    """Leave an enquiry with the agent who is at work on it, for as long as if given now."""
    theirs = Conversation.objects.filter(pk=conversation, status=Status.GIVEN, agent=by.pk)
    theirs.update(returns_at=at + FOR_SO_LONG)


def note_seen(*, conversation: int, by: User, at: datetime) -> None:
    """Keep who looks at an enquiry, for the warning to the next."""
    Conversation.objects.filter(pk=conversation).update(seen_by=by.pk, seen_at=at)


def _held(conversation: int, by: User, at: datetime) -> Conversation:
    """Return an enquiry, locked, that an agent has; who acts keeps it as if given now."""
    found = Conversation.objects.select_for_update().filter(pk=conversation).first()
    if found is None:
        raise ActRefused("There is no such enquiry.", "Cette demande n’existe pas.")
    check_has(found, by)
    found.returns_at = at + FOR_SO_LONG
    return found


def _go_on(row: Conversation, *, since: datetime, by: User, at: datetime) -> None:
    """Have what another enquiry became part of wait again, and be given to who said so at once.

    Where it had ended, its line promises anew, from `since`.
    """
    told: list[Fact] = []
    if row.status in ENDED:
        Routes(at).promise(row, since=since)
    if row.status != Status.GIVEN:
        row.status, row.agent, row.given_at, row.changed_at = Status.GIVEN, by.pk, at, at
        told.append(facts.EnquiryGiven(agent=by.pk))
    if row.agent == by.pk:
        row.returns_at = at + FOR_SO_LONG
    _saved(row, "address", "phone")
    if told:
        _record(row, told, by, at)


def _leave(row: Conversation, to: Status, at: datetime) -> None:
    check_can_move(row, to)
    row.status, row.changed_at = to, at
    row.agent = row.given_at = row.returns_at = None


def _saved(row: Conversation, *more: str) -> None:
    row.save(update_fields=[*PLACE, *more])


def _record(row: Conversation, told: Sequence[Fact], by: User, at: datetime) -> None:
    log.append(row.pk, told, kind=SubjectKind.ENQUIRY, by=by.ref, at=at)
