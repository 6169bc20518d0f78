"""What the pages about webhooks hold, before a template sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from parvis.casework.webhooks.selectors import DeliveryLine, SubscriptionLine
from parvis.casework.webhooks.status import DeliveryState
from parvis.lib.dates import Day
from parvis.lib.text import Text
from parvis.programs import loader
from parvis.web.mandates.days import shown
from parvis.web.webhooks.words import KINDS, STATES, answered


@dataclass(frozen=True, slots=True)
class WebhookRow:
    """A webhook in the list."""

    id: int
    name: str
    url: str
    owner: str
    own: bool
    stopped_on: Day | None
    since: Day
    kinds: tuple[Text, ...]
    """Empty for all."""
    programs: tuple[Text, ...]
    delivered: int
    waiting: int
    given_up: int
    before_until: Day | None


@dataclass(frozen=True, slots=True)
class WebhooksPage:
    """The webhooks that somebody looks after."""

    rows: tuple[WebhookRow, ...]
    for_systems: bool


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A delivery in the log."""

    id: int
    number: str | None
    kind: Text
    state: Text
    answer: Text | None
    tries: int
    repeats: int
    on: Day
    time: str
    again: bool
    """Whether it can be sent again: it has ended, and not because it is nobody's to see."""


@dataclass(frozen=True, slots=True)
class WebhookPage:
    """One webhook, and the last of what was delivered."""

    webhook: WebhookRow
    rows: tuple[DeliveryRow, ...]
    next: int | None
    first: bool


@dataclass(frozen=True, slots=True)
class SecretPage:
    """The secret of a webhook's signatures, the one time that it is told."""

    id: int
    name: str
    secret: str
    rotated: bool


def row_of(line: SubscriptionLine) -> WebhookRow:
    """Return a webhook in words."""
    programs = loader.all_programs()
    return WebhookRow(
        id=line.id,
        name=line.name,
        url=line.url,
        owner=line.owner,
        own=line.own,
        stopped_on=None if line.stopped_at is None else shown(line.stopped_at),
        since=shown(line.made_at),
        kinds=tuple(KINDS[one] for one in line.kinds or () if one in KINDS),
        programs=tuple(programs[one].name for one in line.programs or () if one in programs),
        delivered=line.delivered,
        waiting=line.waiting,
        given_up=line.given_up,
        before_until=None if line.before_until is None else shown(line.before_until),
    )


def webhook_page(
    line: SubscriptionLine, found: Sequence[DeliveryLine], *, most: int, first: bool
) -> WebhookPage:
    """Return the page of one webhook; more than `most` deliveries say that there are more."""
    return WebhookPage(
        webhook=row_of(line),
        rows=tuple(_delivery(one, stopped=line.stopped_at is not None) for one in found[:most]),
        next=found[most - 1].id if len(found) > most else None,
        first=first,
    )


def _delivery(one: DeliveryLine, *, stopped: bool) -> DeliveryRow:
    at = one.last_tried_at or one.at
    return DeliveryRow(
        id=one.id,
        number=one.number,
        kind=KINDS[one.kind],
        state=STATES[one.state],
        answer=answered(one.answer),
        tries=one.tries,
        repeats=one.repeats,
        on=shown(at),
        time=_time(at),
        again=not stopped and one.state in (DeliveryState.DELIVERED, DeliveryState.GIVEN_UP),
    )


def _time(at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(settings.TIME_ZONE)):%H:%M:%S}"
