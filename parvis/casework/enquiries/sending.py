"""Sending what we write until a server takes it: each try is noted before it begins.

So a worker that is killed leaves one answer at most of which nobody knows whether it went out. It
is sent again under the same Message-ID, and counted.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction

from parvis.casework.enquiries.facts import EnquiryReturned, ReplySent
from parvis.casework.enquiries.giving import PLACE
from parvis.casework.enquiries.mails import Post, Reply, post
from parvis.casework.enquiries.models import Conversation, Message
from parvis.casework.enquiries.receiving import BY
from parvis.casework.enquiries.routing import Routes
from parvis.casework.enquiries.status import ENDED, SENT, Returned, Status, Writing
from parvis.casework.enquiries.wording import question_of
from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.casework.lines.selectors import line
from parvis.casework.notices.ways import NotNow, Refused, Unreachable, Unsure
from parvis.lib.references import enquiry_number

_LOCK = 0x9A721C
"""Our number among the database's advisory locks: one worker sends at a time."""
_TRY_AGAIN = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30)]
_GIVE_UP_AFTER = timedelta(days=5)
Clock = Callable[[], datetime]


def send_all(*, now: Clock) -> int:
    """Send every answer that is ready, then every question; return how many a server took."""
    sent = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if cursor.fetchone() != (True,):
            return 0
    door = post()
    try:
        while (message := _next(now())) is not None:
            try:
                sent += _sent(message, door, now)
            except (Unreachable, Unsure):
                return sent
    finally:
        door.close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    return sent


def _next(at: datetime) -> Message | None:
    for writing in SENT:
        ready = Message.objects.filter(writing=writing, sent_at=None, try_at__lte=at)
        if writing is Writing.ASK:
            # Who wrote again meanwhile is answered first.
            ready = ready.filter(conversation__status__in=ENDED)
        found = ready.select_related("conversation").order_by("try_at", "id").first()
        if found is not None:
            return found
    return None


def _sent(message: Message, door: Post, now: Clock) -> bool:
    """Tell whether the server took an answer; where not, note what comes of it."""
    if message.begun_at is not None:
        message.repeats += 1
    message.begun_at = now()
    message.tries += 1
    message.save(update_fields=["begun_at", "tries", "repeats"])
    try:
        door.reply(_reply(message))
    except Refused:
        _give_up(message, now())
        return False
    except (NotNow, Unreachable) as failed:
        message.begun_at = None
        _wait(message, now())
        if isinstance(failed, Unreachable):
            raise
        return False
    except Unsure:
        _wait(message, now())
        raise
    _note(message, now())
    return True


@transaction.atomic
def _note(message: Message, at: datetime) -> None:
    message.sent_at, message.try_at, message.begun_at = at, None, None
    message.save(update_fields=["sent_at", "try_at", "begun_at"])
    fact = ReplySent(message=message.pk, repeats=message.repeats or None)
    log.append(message.conversation_id, [fact], kind=SubjectKind.ENQUIRY, by=BY, at=at)


def _wait(message: Message, at: datetime) -> None:
    if message.at + _GIVE_UP_AFTER < at:
        _give_up(message, at)
        return
    message.try_at = at + _TRY_AGAIN[min(message.tries, len(_TRY_AGAIN)) - 1]
    message.save(update_fields=["try_at", "begun_at"])


@transaction.atomic
def _give_up(message: Message, at: datetime) -> None:
    """Note that an answer reaches nobody, and have an agent look for another way.

    A question that reaches nobody is asked no more.
    """
    message.try_at, message.begun_at, message.returned_at = None, None, at
    message.save(update_fields=["try_at", "begun_at", "returned_at"])
    if message.writing == Writing.ASK:
        return
    row = Conversation.objects.select_for_update().get(pk=message.conversation_id)
    if row.status not in {Status.GIVEN, Status.MERGED}:
        Routes(at).wait_again(row)
        row.save(update_fields=PLACE)
    fact = EnquiryReturned(reason=Returned.BOUNCED)
    log.append(row.pk, [fact], kind=SubjectKind.ENQUIRY, by=BY, at=at)


def _reply(message: Message) -> Reply:
    row = message.conversation
    asked = row.message_set.filter(writing=Writing.IN, at__lte=message.at).order_by("-id").first()
    number = enquiry_number(row.pk)
    subject = row.subject if number in row.subject else f"{row.subject} [{number}]".strip()
    is_question = message.writing == Writing.ASK
    return Reply(
        message_id=message.message_id,
        answers=asked.message_id if asked else "",
        sender=line(row.line).terms.channels.email or "",
        address=row.address,
        subject=subject if subject.lower().startswith("re:") else f"Re: {subject}",
        language=row.language,
        text=question_of(message) if is_question else message.said,
        by_machine=is_question,
    )
