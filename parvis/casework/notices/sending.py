"""Sending what is ready: tried until a server takes it, noted at once, told to the log.

A try is noted before it begins and its end after the server answered, each message by itself. So a
worker that is killed leaves one message at most of which nobody knows whether it went out. It is
sent again, under the same Message-ID, and counted.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.casework.notices.composing import compose
from parvis.casework.notices.facts import MessageSent
from parvis.casework.notices.models import Message, Notice
from parvis.casework.notices.returning import come_back
from parvis.casework.notices.status import Way
from parvis.casework.notices.ways import NotNow, Refused, Unreachable, Unsure, carrier
from parvis.casework.notices.wording import letter_of

BY = "notices"
"""Whose act it is in the log."""
_AT_ONCE = 50
_HELD = timedelta(minutes=2)
"""How long a worker has messages to itself; after that, another may send them."""
_TRY_AGAIN = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30)]
_GIVE_UP_AFTER = timedelta(days=5)
"""How long a message is tried (RFC 5321, 4.5.4.1: at least four to five days)."""
_GIVEN_UP = "4.4.7"
"""Delivery time expired (RFC 3463)."""
_TAKE = """
UPDATE notices_message SET try_at = %(until)s WHERE id IN (
    SELECT id FROM notices_message
    WHERE sent_at IS NULL AND returned_at IS NULL AND urgent = %(urgent)s AND try_at <= %(at)s
    ORDER BY try_at, id LIMIT %(most)s FOR UPDATE SKIP LOCKED
) RETURNING id
"""
_BEGIN = """
UPDATE notices_message
SET tries = tries + 1, repeats = repeats + (begun_at IS NOT NULL)::int, begun_at = %s WHERE id = %s
"""
_SENT = "UPDATE notices_message SET sent_at = %s WHERE id = %s"
Clock = Callable[[], datetime]


def send_all(*, urgent: bool, now: Clock) -> int:
    """Send everything that is ready, until nothing is or no server takes it; return how many."""
    sent = 0
    try:
        while True:
            composed = compose(urgent=urgent, at=now())
            taken = _take(urgent, now())
            done, reachable = _send(taken, now)
            sent += done
            record(now=now)
            if not reachable or not (composed or taken):
                return sent
    finally:
        for way in Way:
            carrier(way).close()


def hurry(*, at: datetime) -> int:
    """Have what waits for its next try be tried now; return how many messages that is."""
    waiting = Message.objects.filter(
        sent_at=None, returned_at=None, try_at__gt=at, tries__gt=0, begun_at=None
    )
    return waiting.update(try_at=at)


def record(*, now: Clock) -> None:
    """Have the log say what was sent: also what a worker sent that died before it could tell."""
    while _record(now()):
        pass


def _take(urgent: bool, at: datetime) -> list[int]:
    """Have some messages to oneself for a while."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"until": at + _HELD, "urgent": urgent, "at": at, "most": _AT_ONCE})
        return sorted(row[0] for row in cursor.fetchall())


def _send(taken: Sequence[int], now: Clock) -> tuple[int, bool]:
    """Send messages one by one; return how many were, and whether the servers were there.

    A way whose server is gone is left alone, and its messages wait for their next try.
    """
    messages = list(Message.objects.filter(pk__in=taken).order_by("pk"))
    told = told_by(messages)
    sent, gone = 0, set[str]()
    for message in messages:
        if message.way in gone:
            _wait(message, now())
            continue
        letter = letter_of(message, told[message.pk])
        _execute(_BEGIN, now(), message.pk)
        message.tries += 1
        try:
            carrier(Way(message.way)).send(letter)
        except Refused as refused:
            Message.objects.filter(pk=message.pk).update(begun_at=None)
            come_back({message.pk: refused.code}, at=now())
        except (NotNow, Unreachable) as failed:
            if isinstance(failed, Unreachable):
                gone.add(message.way)
            Message.objects.filter(pk=message.pk).update(begun_at=None)
            _wait(message, now())
        except Unsure:
            gone.add(message.way)
            _wait(message, now())
        else:
            _execute(_SENT, now(), message.pk)
            sent += 1
    return sent, not gone


def _wait(message: Message, at: datetime) -> None:
    """Have a message tried again later; give it up once it has been tried for days."""
    if message.made_at + _GIVE_UP_AFTER < at:
        come_back({message.pk: _GIVEN_UP}, at=at)
        return
    wait = _TRY_AGAIN[min(message.tries, len(_TRY_AGAIN)) - 1 if message.tries else 0]
    Message.objects.filter(pk=message.pk).update(try_at=at + wait)


def told_by(messages: Sequence[Message]) -> dict[int, list[Notice]]:
    """Return what each message tells."""
    first = {message.pk: message.first_id or message.pk for message in messages}
    found: dict[int, list[Notice]] = {}
    for notice in Notice.objects.filter(message__in=set(first.values())).order_by("id"):
        if notice.message_id is not None:
            found.setdefault(notice.message_id, []).append(notice)
    return {pk: found.get(one, []) for pk, one in first.items()}


@transaction.atomic
def _record(at: datetime) -> int:
    rows = Message.objects.select_for_update(skip_locked=True, of=("self",))
    found = rows.filter(recorded=False, sent_at__isnull=False, sent_at__lte=at)
    messages = list(found.order_by("pk")[:_AT_ONCE])
    if not messages:
        return 0
    told = told_by(messages)
    chains: dict[int, list[log.Happened]] = {}
    for message in messages:
        for client, fact in _facts(message, told[message.pk]):
            assert message.sent_at is not None  # noqa: S101 - asked for, for the types
            chains.setdefault(client, []).append((message.sent_at, fact))
    heads = log.lock(list(chains))
    log.write(
        [(heads[client], happened) for client, happened in chains.items()],
        kind=SubjectKind.CLIENT,
        by=BY,
    )
    Message.objects.filter(pk__in=[one.pk for one in messages]).update(recorded=True)
    return len(messages)


def _facts(message: Message, notices: Sequence[Notice]) -> list[tuple[int, MessageSent]]:
    """Return what the log says of a message that was sent, for each client whose matter it is."""
    return [
        (
            client,
            MessageSent(
                message=message.pk,
                way=message.way,
                language=message.language,
                kinds=tuple(sorted({one.kind for one in notices if one.client_id == client})),
                applications=tuple(
                    sorted(
                        {
                            one.application
                            for one in notices
                            if one.client_id == client and one.application is not None
                        }
                    )
                ),
                repeats=message.repeats or None,
                instead=True if message.instead else None,
            ),
        )
        for client in sorted({one.client_id for one in notices})
    ]


def _execute(statement: str, at: datetime, message: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [at, message])
