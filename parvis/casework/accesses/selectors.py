"""Look up who looked at a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from parvis.casework.accesses.models import Access
from parvis.casework.people.policies import Act, Capacity


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody looked at a file."""

    user: int
    capacity: Capacity
    act: Act
    at: datetime


def accesses_to(applications: Sequence[int], *, most: int) -> list[Looked]:
    """Return the last accesses to these files, the latest first."""
    rows = Access.objects.filter(application__in=applications).order_by("-at", "-id")[:most]
    return [Looked(row.user, Capacity(row.capacity), Act(row.act), row.at) for row in rows]
