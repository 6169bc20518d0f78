"""Sending what is ready: tried until a server takes it, noted at once, told to the log.

A try is noted before it begins and its end after the server answered, each message by itself. So a
worker that is killed leaves one message at most of which nobody knows whether it went out. It is
sent again, under the same Message-ID, and counted.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.casework.notices.composing import compose
from parvis.casework.notices.facts import MessageSent
from parvis.casework.notices.models import Message, Notice
from parvis.casework.notices.returning import come_back
from parvis.casework.notices.status import Way
from parvis.casework.notices.ways import Letter, NotNow, Refused, Unreachable, Unsure, carrier
from parvis.casework.notices.wording import letter_of

_log = logging.getLogger(__name__)
BY = "notices"
"""Whose act it is in the log."""
_AT_ONCE = 50
_LANES = 4
"""So many workers can send at once what is equally urgent, each in a lane of its own."""
_LOCKS = 0x9A721A
"""Our number among the database's advisory locks: a lane is held by one worker at a time."""
_TRY_AGAIN = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30)]
_GIVE_UP_AFTER = timedelta(days=5)
"""How long a message is tried that a server puts off (RFC 5321, 4.5.4.1: four days at least).

While our own server is gone, nothing is given up: that is no fault of anybody's address.
"""
_GIVEN_UP = "4.4.7"
"""Delivery time expired (RFC 3463)."""
_STEP = """
UPDATE notices_message SET
    sent_at = CASE WHEN id = %(sent)s THEN %(at)s ELSE sent_at END,
    tries = tries + (id = %(next)s)::int,
    repeats = repeats + (id = %(next)s AND begun_at IS NOT NULL)::int,
    begun_at = CASE WHEN id = %(next)s THEN %(at)s ELSE begun_at END
WHERE id IN (%(sent)s, %(next)s)
"""
"""Notes that one message was sent and that the next is tried: one commit a message, not two."""
_NONE = 0
"""No message has this id."""
Clock = Callable[[], datetime]


def send_all(*, urgent: bool, now: Clock) -> int:
    """Send everything that is ready, until nothing is or no server takes it; return how many."""
    sent = 0
    try:
        while compose(urgent=urgent, at=now()):
            pass
        for lane in range(_LANES):
            with _alone_in(lane, urgent) as alone:
                if alone:
                    sent += _send_lane(lane, urgent, now)
    finally:
        for way in Way:
            carrier(way).close()
    return sent


def _send_lane(lane: int, urgent: bool, now: Clock) -> int:
    """Send what is ready in a lane, until nothing is or no server takes it; return how many."""
    sent = 0
    while True:
        ready = Message.objects.filter(
            sent_at=None, returned_at=None, urgent=urgent, try_at__lte=now()
        )
        mine = ready.alias(lane=F("id") % _LANES).filter(lane=lane)
        messages = list(mine.order_by("try_at", "id")[:_AT_ONCE])
        done, reachable = _send(messages, now)
        sent += done
        record(now=now)
        if not messages or not reachable:
            return sent


@contextmanager
def _alone_in(lane: int, urgent: bool) -> Iterator[bool]:
    """Tell whether a lane was free, and hold it meanwhile; it ends with this process however.

    So no two workers have the same message at hand, and none waits for one that was killed.
    """
    key = [_LOCKS, 2 * lane + urgent]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        alone = cursor.fetchone() == (True,)
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)


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


def _send(messages: Sequence[Message], now: Clock) -> tuple[int, bool]:
    """Send messages one by one; return how many were, and whether the servers were there.

    A way whose server is gone is left alone, and its messages wait for their next try.
    """
    told = told_by(messages)
    sent, done, gone = 0, _NONE, set[str]()
    try:
        for message in messages:
            if message.way in gone:
                _wait(message, now())
                continue
            try:
                letter = letter_of(message, told[message.pk])
            except Exception:
                # A program that is gone, for one: this message waits, and holds up no other.
                _log.exception("Message %s cannot be written.", message.pk)
                _wait(message, now())
                continue
            _step(now(), sent=done, next_=message.pk)
            message.tries, done = message.tries + 1, _NONE
            if _handed_over(message, letter, gone, now):
                sent, done = sent + 1, message.pk
    finally:
        if done:
            _step(now(), sent=done, next_=_NONE)
    return sent, not gone


def _handed_over(message: Message, letter: Letter, gone: set[str], now: Clock) -> bool:
    """Tell whether the server took a message; where not, note what comes of it."""
    try:
        carrier(Way(message.way)).send(letter)
    except Refused as refused:
        Message.objects.filter(pk=message.pk).update(begun_at=None)
        come_back({message.pk: refused.code}, at=now())
    except NotNow:
        Message.objects.filter(pk=message.pk).update(begun_at=None)
        if message.made_at + _GIVE_UP_AFTER < now():
            come_back({message.pk: _GIVEN_UP}, at=now())
        else:
            _wait(message, now())
    except Unreachable:
        gone.add(message.way)
        Message.objects.filter(pk=message.pk).update(begun_at=None)
        _wait(message, now())
    except Unsure:
        gone.add(message.way)
        _wait(message, now())
    else:
        return True
    return False


def _step(at: datetime, *, sent: int, next_: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_STEP, {"at": at, "sent": sent, "next": next_})


def _wait(message: Message, at: datetime) -> None:
    """Have a message tried again later."""
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
