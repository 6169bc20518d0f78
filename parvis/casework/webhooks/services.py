"""Subscribing software to facts, and what is done about a subscription."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from parvis.casework.events import log
from parvis.casework.events.facts import Fact, SubjectKind
from parvis.casework.events.later import later
from parvis.casework.people.models import User
from parvis.casework.people.policies import ActRefused
from parvis.casework.webhooks import facts, policies, secrets
from parvis.casework.webhooks.models import Delivery, Subscription
from parvis.casework.webhooks.status import DeliveryState

SEND = "webhooks.send"
OVERLAP = timedelta(days=1)
"""For how long deliveries are signed with the secret before as well."""
_HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Told:
    """A subscription with the secret of its signatures: the only moment at which it is told."""

    id: int
    secret: str


@transaction.atomic
def subscribe(  # noqa: PLR0913 - a subscription says whose, where and of what
    *,
    owner: User,
    name: str,
    url: str,
    kinds: Collection[str] | None,
    programs: Collection[str] | None,
    by: User | None,
    at: datetime,
) -> Told:
    """Have somebody's software told of what happens from now on."""
    owner = User.objects.select_for_update().get(pk=owner.pk)
    name, url = " ".join(name.split()), url.strip()
    policies.check_can_subscribe(owner, by)
    policies.check_terms(name, url, kinds, programs)
    there = Subscription.objects.filter(user=owner, stopped_at=None)
    policies.check_not_too_many(there.count())
    secret = secrets.draw()
    [head] = log.reserve(1)
    row = Subscription.objects.create(
        id=head.subject_id,
        user=owner,
        name=name,
        url=url,
        kinds=None if kinds is None else sorted(kinds),
        programs=None if programs is None else sorted(programs),
        secret=secrets.sealed(secret),
        made_at=at,
    )
    fact = facts.Subscribed(
        user=owner.pk,
        kinds=None if row.kinds is None else tuple(row.kinds),
        programs=None if row.programs is None else tuple(row.programs),
    )
    log.write([(head, [(at, fact)])], kind=SubjectKind.ACCOUNT, by=_ref(by))
    return Told(row.pk, secret)


@transaction.atomic
def rotate_secret(*, subscription: int, by: User | None, at: datetime) -> Told:
    """Sign with another secret from now on, and with the one before too for a day."""
    row = _locked(subscription, by)
    _check_goes_on(row)
    secret = secrets.draw()
    row.before, row.before_until = row.secret, at + OVERLAP
    row.secret = secrets.sealed(secret)
    row.save(update_fields=["before", "before_until", "secret"])
    _record(row, facts.SecretRotated(), by, at)
    return Told(row.pk, secret)


@transaction.atomic
def stop(*, subscription: int, by: User | None, at: datetime) -> None:
    """Tell the software nothing any more, from now on; what waits is not sent."""
    row = _locked(subscription, by)
    if row.stopped_at is not None:
        return
    row.stopped_at = at
    row.save(update_fields=["stopped_at"])
    row.deliveries.filter(state=DeliveryState.WAITING).update(
        state=DeliveryState.WITHHELD, ended_at=at
    )
    _record(row, facts.Unsubscribed(), by, at)


@transaction.atomic
def send_again(*, delivery: int, by: User | None, at: datetime) -> None:
    """Send a delivery once more, under the same id, so that its receiver knows it again."""
    found = Delivery.objects.get(pk=delivery)
    row = _locked(found.subscription_id, by)
    _check_goes_on(row)
    found = Delivery.objects.select_for_update().get(pk=delivery)
    found.state, found.ended_at, found.due_at = DeliveryState.WAITING, None, at
    found.tries, found.answer = 0, found.answer or "again"
    found.save(update_fields=["state", "ended_at", "due_at", "tries", "answer"])
    _record(row, facts.SentAgain(delivery=delivery), by, at)
    send_soon(row.pk)


def send_soon(subscription: int) -> None:
    """Have sent what is due at a subscription, once this transaction is over; one at a time."""
    told = [{"subscription": subscription}]
    later().defer(SEND, told, lock=f"{SEND}:{subscription}")


def _locked(subscription: int, by: User | None) -> Subscription:
    rows = Subscription.objects.select_for_update(of=("self",)).select_related("user")
    row = rows.get(pk=subscription)
    policies.check_can_change(row.user, by)
    return row


def _check_goes_on(row: Subscription) -> None:
    if row.stopped_at is not None:
        raise ActRefused("This webhook was stopped.", "Ce webhook a été arrêté.")


def _ref(by: User | None) -> str:
    return _HOUSE if by is None else by.ref


def _record(row: Subscription, fact: Fact, by: User | None, at: datetime) -> None:
    log.append(row.pk, [fact], kind=SubjectKind.ACCOUNT, by=_ref(by), at=at)
