"""Look up who looked at a file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from parvis.casework.accesses.models import Access
from parvis.casework.people.policies import Act, Capacity


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody looked at a file."""

    application: int
    user: int
    capacity: Capacity
    act: Act
    at: datetime


def accesses_to(applications: Sequence[int], *, most: int) -> list[Looked]:
    """Return the last accesses to these files, the latest first."""
    rows = Access.objects.filter(application__in=applications).order_by("-at", "-id")[:most]
    return [_looked(row) for row in rows]


def accesses_under(
    mandate: int,
    applications: Sequence[int],
    *,
    most: int,
    shared: Collection[int] = (),
    by: Collection[int] = (),
) -> list[Looked]:
    """Return the last accesses to these files under a mandate, the latest first.

    To those of them that are `shared`, the ones under any mandate `by` these users.
    """
    under = Q(mandate=mandate) | Q(application__in=shared, user__in=by, mandate__isnull=False)
    rows = Access.objects.filter(under, application__in=applications).order_by("-at", "-id")
    return [_looked(row) for row in rows[:most]]


def _looked(row: Access) -> Looked:
    return Looked(row.application, row.user, Capacity(row.capacity), Act(row.act), row.at)
