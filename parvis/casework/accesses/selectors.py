"""Look up who looked at a file, and how many were taken along."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection

from parvis.casework.people.policies import Act, Capacity

_AT_ONCE = 500
_LAST = (
    'SELECT id, "user", capacity, act, at FROM accesses_access WHERE application = %s'
    " AND (%s::bigint IS NULL"
    " OR (at, id) < (SELECT b.at, b.id FROM accesses_access b WHERE b.id = %s::bigint))"
    " ORDER BY at DESC, id DESC LIMIT %s"
)
_TAKEN = (
    "SELECT date_trunc('month', at AT TIME ZONE %s)::date AS month,"
    " count(*) FILTER (WHERE capacity <> %s), count(*) FILTER (WHERE capacity = %s)"
    " FROM accesses_access WHERE act = 'take-along' GROUP BY 1 ORDER BY 1"
)


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody looked at a file: as what and when."""

    id: int
    user: int | None
    """To tell whether it was whoever reads this. None where the house itself looked."""
    capacity: Capacity
    act: Act
    at: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """How many files were taken along in a month: by clients themselves, and made for the mail."""

    month: date
    by_clients: int
    by_mail: int


def accesses_to(application: int, *, most: int, before: int | None = None) -> list[Looked]:
    """Return the last accesses to a file, the latest first; only those before one, if asked."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [application, before, before, most])
        return [
            Looked(id_, user, Capacity(capacity), Act(act), at)
            for id_, user, capacity, act, at in cursor.fetchall()
        ]


def all_accesses_to(application: int) -> Iterator[Looked]:
    """Yield every access to a file, the latest first, without holding them all."""
    before = None
    while some := accesses_to(application, most=_AT_ONCE, before=before):
        yield from some
        before = some[-1].id


def files_taken(zone: ZoneInfo) -> list[Taken]:
    """Return how many files were taken along in each month of this time zone, earliest first."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN, [zone.key, Capacity.HOUSE, Capacity.HOUSE])
        return [Taken(*row) for row in cursor.fetchall()]
