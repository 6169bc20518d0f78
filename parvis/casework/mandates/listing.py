"""Both sides' lists of mandates, and firms with who is of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from parvis.casework.mandates.models import Firm, Mandate, Member
from parvis.casework.mandates.policies import holds
from parvis.casework.mandates.status import OVER, MandateKind, MandateState
from parvis.casework.people.models import Client, User
from parvis.casework.people.policies import Act
from parvis.casework.people.selectors import addresses_of


class Side(StrEnum):
    """From which side somebody sees a mandate."""

    CLIENT = "client"
    OFFERED = "offered"
    HOLDER = "holder"


@dataclass(frozen=True, slots=True)
class MandateLine:
    """A mandate as either side sees it."""

    id: int
    client: int
    client_name: str
    kind: MandateKind
    address: str
    firm: str | None
    acts: frozenset[Act]
    applications: tuple[int, ...] | None
    begins_at: datetime
    ends_at: datetime | None
    given_at: datetime
    accepted_at: datetime | None
    ended_at: datetime | None
    receives: bool
    state: MandateState


@dataclass(frozen=True, slots=True)
class FirmLine:
    """A firm, and the addresses of who is of it now."""

    id: int
    name: str
    members: tuple[str, ...]


def mandates_given(client: Client, *, now: datetime) -> list[MandateLine]:
    """Return what a client gave, the latest first."""
    return _lines(_mandates().filter(client=client).order_by("-given_at", "-id"), now)


def mandates_offered(user: User, *, now: datetime) -> list[MandateLine]:
    """Return what a user was given and has not answered, the latest first."""
    offered = Q(address__in=addresses_of(user), accepted_at=None, ended_at=None)
    lines = _lines(_mandates().filter(offered).order_by("-given_at", "-id"), now)
    return [line for line in lines if line.state is MandateState.OFFERED]


def mandates_held(
    user: User, *, now: datetime, most: int, after: int | None = None
) -> list[MandateLine]:
    """Return what a user holds, alone or in their firm, the latest first, below an id."""
    mine = Q(user=user, firm=None) | Q(
        firm__in=Member.objects.filter(user=user, left_at=None).values("firm")
    )
    found = _mandates().filter(mine, Q(ends_at=None) | Q(ends_at__gt=now), ended_at=None)
    if after is not None:
        found = found.filter(pk__lt=after)
    return _lines(found.order_by("-id")[:most], now)


def mandate_seen_by(user: User, mandate: int, *, now: datetime) -> tuple[MandateLine, Side] | None:
    """Return a mandate and from which side a user sees it; None where it is nothing to them.

    Who gave it always sees it; the other side, until it is over.
    """
    row = _mandates().filter(pk=mandate).first()
    if row is None:
        return None
    line = _line(row, now)
    if row.client.user_id == user.pk:
        return line, Side.CLIENT
    if line.state in OVER:
        return None
    if line.state is MandateState.OFFERED:
        return (line, Side.OFFERED) if row.address in addresses_of(user) else None
    return (line, Side.HOLDER) if holds(row, user) else None


def holders_of(mandate: int) -> frozenset[int]:
    """Return the ids of the users who acted under a mandate or could have."""
    row = Mandate.objects.get(pk=mandate)
    if row.firm_id is None:
        return frozenset() if row.user_id is None else frozenset({row.user_id})
    places = Member.objects.filter(firm=row.firm_id).order_by("id")
    return frozenset(places.values_list("user", flat=True))


def firm_named(name: str) -> Firm | None:
    """Return the firm of this name, in any spelling of its letters."""
    return Firm.objects.filter(name__iexact=" ".join(name.split())).first()


def firm_of(user: User) -> FirmLine | None:
    """Return the firm that somebody is of, if any."""
    place = Member.objects.filter(user=user, left_at=None).select_related("firm").first()
    return None if place is None else FirmLine(place.firm_id, place.firm.name, ())


def firms() -> list[FirmLine]:
    """Return every firm with who is of it, by name."""
    of: dict[int, list[str]] = {}
    for place in Member.objects.filter(left_at=None).select_related("user").order_by("user__email"):
        of.setdefault(place.firm_id, []).append(place.user.email)
    return [
        FirmLine(firm.pk, firm.name, tuple(of.get(firm.pk, ())))
        for firm in Firm.objects.order_by("name", "id")
    ]


def _mandates() -> QuerySet[Mandate]:
    return Mandate.objects.select_related("client", "firm")


def _lines(rows: Iterable[Mandate], now: datetime) -> list[MandateLine]:
    return [_line(row, now) for row in rows]


def _line(row: Mandate, now: datetime) -> MandateLine:
    return MandateLine(
        id=row.pk,
        client=row.client_id,
        client_name=row.client.name,
        kind=MandateKind(row.kind),
        address=row.address,
        firm=None if row.firm is None else row.firm.name,
        acts=frozenset(map(Act, row.acts)),
        applications=None if row.applications is None else tuple(row.applications),
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        given_at=row.given_at,
        accepted_at=row.accepted_at,
        ended_at=row.ended_at,
        receives=row.receives,
        state=row.state(now),
    )
