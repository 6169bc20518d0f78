"""Look up who looked at files under a mandate: told to both its sides, so with who it was."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from parvis.casework.accesses.models import Access
from parvis.casework.people.policies import Act


@dataclass(frozen=True, slots=True)
class LookedFor:
    """Somebody looked at a file in a client's place."""

    application: int
    user: int
    act: Act
    at: datetime


def accesses_under(
    mandate: int,
    applications: Sequence[int],
    *,
    most: int,
    shared: Collection[int] = (),
    by: Collection[int] = (),
) -> list[LookedFor]:
    """Return the last accesses to these files under a mandate, the latest first.

    To those of them that are `shared`, the ones under any mandate `by` these users.
    """
    under = Q(mandate=mandate) | Q(application__in=shared, user__in=by, mandate__isnull=False)
    rows = Access.objects.filter(under, application__in=applications).order_by("-at", "-id")
    return [
        LookedFor(row.application, row.user, Act(row.act), row.at)
        for row in rows[:most]
        if row.user is not None
    ]
