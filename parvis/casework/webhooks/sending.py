"""What is due at a subscription, made ready to go, and what became of it.

Of each file the earliest fact goes alone, and the next once that was taken or given up: a receiver
reads each file's history in its order. A try is counted before it is made, so that one whose
process was killed is known by having no answer, and is made again under the same id.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import orjson
from django.conf import settings
from django.db import connection, transaction

from parvis.casework.applications.selectors import files_for
from parvis.casework.people.policies import Act, may
from parvis.casework.people.roles import Role
from parvis.casework.webhooks import secrets
from parvis.casework.webhooks.models import Delivery, Subscription
from parvis.casework.webhooks.status import DeliveryState
from parvis.lib.references import application_number

_TAKEN = range(200, 300)
_LOST_AFTER_S = 30.0
"""After so long, whoever was sending will not say any more what became of it."""
_FIRST = """h.subscription_id = %(subscription)s AND h.state = 'waiting' AND h.seq = (
        SELECT e.seq FROM webhooks_delivery e WHERE e.subscription_id = %(subscription)s
        AND e.state = 'waiting' AND e.application = h.application ORDER BY e.seq LIMIT 1)"""
"""That a delivery `h` waits for none before it of the same file."""
_NEXT = f"SELECT min(h.due_at) FROM webhooks_delivery h WHERE {_FIRST}"  # noqa: S608 - our own
_HEADS = f"""
UPDATE webhooks_delivery d SET tries = d.tries + 1, last_tried_at = %(at)s, answer = '',
    repeats = d.repeats + (d.tries > 0 AND d.answer = '')::int,
    due_at = %(at)s + make_interval(secs => %(lost)s::float)
FROM (
    SELECT h.id FROM webhooks_delivery h WHERE {_FIRST} AND h.due_at <= %(at)s
    ORDER BY h.due_at LIMIT %(most)s FOR UPDATE SKIP LOCKED
) due WHERE d.id = due.id
RETURNING d.id, d.application, d.seq, d.kind, d.program, d.at, d.tries
"""  # noqa: S608 - our own names
_ENDED = """
UPDATE webhooks_delivery d SET answer = n.answer, state = n.state,
    due_at = %(at)s::timestamptz + make_interval(secs => n.wait),
    ended_at = CASE WHEN n.state <> 'waiting' THEN %(at)s::timestamptz END
FROM unnest(%(ids)s::bigint[], %(answers)s::text[], %(states)s::text[], %(waits)s::float[])
    AS n(id, answer, state, wait)
WHERE d.id = n.id AND d.state = 'waiting'
"""


@dataclass(frozen=True, slots=True)
class Message:
    """A delivery ready to go: to where, what, and with which headers."""

    delivery: int
    tries: int
    url: str
    body: bytes
    headers: Mapping[str, str]


def take_due(subscription: int, *, most: int, at: datetime) -> list[Message]:
    """Return what is due at a subscription, counted as tried; empty once nothing more is.

    What is not for whose software it is, now, is withheld: a mandate that ended tells no more.
    """
    while True:
        with transaction.atomic():
            rows = Subscription.objects.select_for_update(of=("self",)).select_related("user")
            row = rows.get(pk=subscription)
            if row.stopped_at is not None or not row.user.is_active:
                waiting = row.deliveries.filter(state=DeliveryState.WAITING)
                waiting.update(state=DeliveryState.WITHHELD, ended_at=at)
                return []
            due = _heads(subscription, most, at)
            seen = _seen(row, due, at)
            hidden = [one.delivery for one in due if one.application not in seen]
            Delivery.objects.filter(pk__in=hidden).update(state=DeliveryState.WITHHELD, ended_at=at)
        if not due or seen:
            keys = _keys(row, at)
            return [_message(row.url, keys, one, at) for one in due if one.application in seen]


def keep_answers(answers: Sequence[tuple[Message, str]], *, at: datetime) -> None:
    """Keep how each message was answered: taken, to be tried again, or given up after days."""
    waits = settings.WEBHOOK_WAITS_S
    states = [
        DeliveryState.DELIVERED
        if answer.isdigit() and int(answer) in _TAKEN
        else DeliveryState.GIVEN_UP
        if message.tries > len(waits)
        else DeliveryState.WAITING
        for message, answer in answers
    ]
    values: dict[str, Any] = {
        "at": at,
        "ids": [message.delivery for message, _ in answers],
        "answers": [str(answer) for _, answer in answers],
        "states": [str(state) for state in states],
        "waits": [float(waits[min(message.tries, len(waits)) - 1]) for message, _ in answers],
    }
    with connection.cursor() as cursor:
        cursor.execute(_ENDED, values)


def due_subscriptions(at: datetime) -> list[int]:
    """Return the subscriptions at which something is due."""
    due = Delivery.objects.filter(state=DeliveryState.WAITING, due_at__lte=at)
    return sorted(due.values_list("subscription", flat=True).distinct())


def next_due(subscription: int) -> datetime | None:
    """Return when the next delivery is due that waits for no other; None where nothing waits."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"subscription": subscription})
        due: datetime | None = cursor.fetchone()[0]
    return due


def forget_old(*, at: datetime, days: int) -> int:
    """Forget what was delivered, withheld or given up so many days ago; return how many."""
    gone, _ = Delivery.objects.filter(ended_at__lt=at - timedelta(days=days)).delete()
    return gone


class _Due(NamedTuple):
    """A delivery that is due, as the database gives it."""

    delivery: int
    application: int
    seq: int
    kind: str
    program: str
    at: datetime
    tries: int


def _heads(subscription: int, most: int, at: datetime) -> list[_Due]:
    values: dict[str, Any] = {
        "subscription": subscription,
        "most": most,
        "at": at,
        "lost": _LOST_AFTER_S,
    }
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, values)
        return sorted(_Due(*row) for row in cursor.fetchall())


def _keys(row: Subscription, at: datetime) -> list[str]:
    """Return the secrets to sign with: the one of now, and the one before for as long as it is."""
    keys = [secrets.opened(row.secret)]
    if row.before is not None and row.before_until is not None and row.before_until > at:
        keys.append(secrets.opened(row.before))
    return keys


def _seen(row: Subscription, due: Sequence[_Due], at: datetime) -> set[int]:
    """Return which of these files whose software it is may see now."""
    programs = row.programs
    within = [one.application for one in due if programs is None or one.program in programs]
    if row.user.role == Role.SYSTEM:
        return set(within)
    if not within:
        return set()
    found = files_for(row.user, at, "a.id = ANY(%(ids)s)", ids=within)
    return {file.id for file in found if may(Act.SEE, file.relation)}


def _message(url: str, keys: Sequence[str], one: _Due, at: datetime) -> Message:
    message, timestamp = f"msg_{one.delivery}", int(at.timestamp())
    number = application_number(one.application)
    body = orjson.dumps(
        {
            "type": one.kind,
            "timestamp": one.at.isoformat(),
            "data": {"application": number, "program": one.program, "fact": one.seq},
        }
    )
    signed = secrets.signatures(keys, message=message, timestamp=timestamp, body=body)
    headers = {
        "content-type": "application/json",
        "user-agent": "Parvis webhooks",
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signed,
    }
    return Message(one.delivery, one.tries, url, body, headers)
