"""Look subscriptions and deliveries up."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from parvis.casework.keys.selectors import owners_for
from parvis.casework.people.models import User
from parvis.casework.people.roles import Role
from parvis.casework.webhooks.models import Delivery, Subscription
from parvis.casework.webhooks.status import DeliveryState
from parvis.lib.references import application_number


@dataclass(frozen=True, slots=True)
class SubscriptionLine:
    """A subscription in a list, with how many of its deliveries are where."""

    id: int
    name: str
    url: str
    owner: str
    own: bool
    kinds: tuple[str, ...] | None
    programs: tuple[str, ...] | None
    made_at: datetime
    stopped_at: datetime | None
    before_until: datetime | None
    delivered: int
    waiting: int
    given_up: int


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A delivery, and how it fares."""

    id: int
    number: str | None
    """None for what was withheld: it may be a file that they may see no more."""
    seq: int
    kind: str
    state: DeliveryState
    tries: int
    repeats: int
    answer: str
    at: datetime
    last_tried_at: datetime | None
    due_at: datetime
    ended_at: datetime | None


def subscriptions_seen_by(user: User) -> list[SubscriptionLine]:
    """Return somebody's subscriptions and those of their firm, those that go on first."""
    return _lines(Subscription.objects.filter(user__in=owners_for(user)), user)


def system_subscriptions() -> list[SubscriptionLine]:
    """Return the subscriptions of other systems of the department."""
    return _lines(Subscription.objects.filter(user__role=Role.SYSTEM), None)


def all_subscriptions() -> list[SubscriptionLine]:
    """Return every subscription."""
    return _lines(Subscription.objects.all(), None)


def deliveries_of(
    subscription: int,
    *,
    most: int,
    before: int | None = None,
    state: DeliveryState | None = None,
) -> list[DeliveryLine]:
    """Return some deliveries of a subscription, the latest first, or those before one."""
    rows = Delivery.objects.filter(subscription=subscription)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    if state is not None:
        rows = rows.filter(state=state)
    return [
        DeliveryLine(
            id=row.pk,
            number=None
            if row.state == DeliveryState.WITHHELD
            else application_number(row.application),
            seq=row.seq,
            kind=row.kind,
            state=DeliveryState(row.state),
            tries=row.tries,
            repeats=row.repeats,
            answer=row.answer,
            at=row.at,
            last_tried_at=row.last_tried_at,
            due_at=row.due_at,
            ended_at=row.ended_at,
        )
        for row in rows.order_by("-id")[:most]
    ]


def subscription_of(delivery: int) -> int | None:
    """Return whose delivery this is."""
    found = Delivery.objects.filter(pk=delivery)
    return found.values_list("subscription", flat=True).first()


def _lines(rows: QuerySet[Subscription], user: User | None) -> list[SubscriptionLine]:
    found = rows.select_related("user").annotate(
        delivered=_counted(DeliveryState.DELIVERED),
        waiting=_counted(DeliveryState.WAITING),
        given_up=_counted(DeliveryState.GIVEN_UP),
    )
    lines = [
        SubscriptionLine(
            id=row.pk,
            name=row.name,
            url=row.url,
            owner=row.user.email.removesuffix("@systems.invalid"),
            own=user is None or row.user_id == user.pk,
            kinds=None if row.kinds is None else tuple(row.kinds),
            programs=None if row.programs is None else tuple(row.programs),
            made_at=row.made_at,
            stopped_at=row.stopped_at,
            before_until=row.before_until,
            delivered=row.delivered,
            waiting=row.waiting,
            given_up=row.given_up,
        )
        for row in found.order_by("-made_at", "-id")
    ]
    return sorted(lines, key=lambda line: line.stopped_at is not None)


def _counted(state: DeliveryState) -> Count:
    return Count("deliveries", filter=Q(deliveries__state=state))
