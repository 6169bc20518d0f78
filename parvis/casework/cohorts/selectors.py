"""Look up to whom the door is open, and how both doors fare."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from parvis.casework.cohorts.status import CohortKind, Door
from parvis.casework.events.wall import lifted
from parvis.lib.references import subject_of

_COHORTS = """
SELECT c.id, c.kind, c.share, c.program, c.opened_at, c.stopped_at,
    (SELECT count(*) FROM people_client p WHERE parvis_is_of(c.id, p.id))
FROM cohorts_cohort c ORDER BY c.stopped_at NULLS FIRST, c.opened_at DESC, c.id DESC
"""
_IN = """
SELECT count(*), count(*) FILTER (WHERE EXISTS (
    SELECT FROM cohorts_cohort c WHERE c.stopped_at IS NULL AND parvis_is_of(c.id, p.id)))
FROM people_client p
"""
_CLIENTS = """
SELECT id, client_id FROM applications_application WHERE id = ANY(%s) AND client_id IS NOT NULL
"""
_BEYOND = 2**63
"""No subject id reaches so far, nor can the database be asked for it."""
LONGEST_NUMBER = 40
"""Of an application, however it is written."""
# A week of the department's clock begins on Monday.
_WEEKS = """
WITH ours AS (
    SELECT date_trunc('week', at AT TIME ZONE %(zone)s)::date AS week,
        count(*) FILTER (WHERE let_in) AS sign_ins, 0 AS tasks, 0 AS ratings, 0 AS easy
    FROM cohorts_signin WHERE at >= %(since)s AND at < %(until)s GROUP BY 1
    UNION ALL
    SELECT date_trunc('week', at AT TIME ZONE %(zone)s)::date, 0, count(*), 0, 0
    FROM events_event WHERE kind = 'application.client-answered' AND by LIKE 'user:%%'
        AND at >= %(since)s AND at < %(until)s GROUP BY 1
    UNION ALL
    SELECT date_trunc('week', at AT TIME ZONE %(zone)s)::date, 0, 0, count(*),
        count(*) FILTER (WHERE ease = 'yes')
    FROM feedback_rating WHERE at >= %(since)s AND at < %(until)s GROUP BY 1
)
SELECT 'new', week, sum(sign_ins), sum(tasks), NULL, sum(ratings), sum(easy)
FROM ours GROUP BY week
UNION ALL
SELECT door, date_trunc('week', day)::date, sum(sign_ins), sum(tasks), sum(enquiries),
    sum(ratings), sum(easy)
FROM cohorts_counted
WHERE day >= (%(since)s AT TIME ZONE %(zone)s)::date
    AND day <= (%(until)s AT TIME ZONE %(zone)s)::date
GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A cohort in a list, with how many clients are of it."""

    id: int
    kind: CohortKind
    share: int | None
    """Of 10,000."""
    program: str | None
    opened_at: datetime
    stopped_at: datetime | None
    clients: int


@dataclass(frozen=True, slots=True)
class Opening:
    """To how many of all clients the door is open."""

    clients: int
    inside: int
    everybody: bool
    """Whether it was never opened to some alone: then it is open to all."""


@dataclass(frozen=True, slots=True)
class Fared:
    """How a door fared in some time; None for what nobody counted."""

    sign_ins: int | None = None
    tasks: int | None = None
    enquiries: int | None = None
    ratings: int | None = None
    easy: int | None = None

    def __add__(self, other: "Fared") -> "Fared":
        return Fared(
            *(
                ours if theirs is None else theirs if ours is None else ours + theirs
                for ours, theirs in zip(self.numbers, other.numbers, strict=True)
            )
        )

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """All of them, in their order."""
        return self.sign_ins, self.tasks, self.enquiries, self.ratings, self.easy

    @property
    def satisfied(self) -> float | None:
        """The share of those who answered to whom it was easy."""
        return self.easy / self.ratings if self.ratings and self.easy is not None else None

    def a_hundred(self, count: int | None) -> float | None:
        """Return a count for each hundred sign-ins, so that doors of different sizes compare."""
        return None if count is None or not self.sign_ins else 100 * count / self.sign_ins


@dataclass(frozen=True, slots=True)
class Week:
    """A week at both doors, from its Monday."""

    first: date
    new: Fared
    old: Fared


def cohorts() -> list[CohortLine]:
    """Return every cohort, those that are open first, then the latest."""
    with connection.cursor() as cursor:
        cursor.execute(_COHORTS)
        return [CohortLine(id_, CohortKind(kind), *rest) for id_, kind, *rest in cursor.fetchall()]


def opening() -> Opening:
    """Return to how many of all clients the door is open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT NOT EXISTS (SELECT FROM cohorts_cohort)")
        [everybody] = cursor.fetchone()
        cursor.execute(_IN)
        clients, inside = cursor.fetchone()
    return Opening(clients, clients if everybody else inside, everybody)


@transaction.atomic
def clients_of(numbers: Sequence[str]) -> dict[str, int]:
    """Return whose files these are, by number; what is no number, or has no client, is left out.

    Whoever opens the door may not read every file; they learn no more than that it has a client.
    """
    ids = {number: subject_of(number) for number in numbers if len(number) <= LONGEST_NUMBER}
    asked = [one for one in ids.values() if one is not None and one < _BEYOND]
    with lifted(), connection.cursor() as cursor:
        cursor.execute(_CLIENTS, [asked])
        clients: dict[int, int] = dict(cursor.fetchall())
    return {
        number: clients[id_] for number, id_ in ids.items() if id_ is not None and id_ in clients
    }


def is_open_for(user: int) -> bool:
    """Tell whether the door is open to the client that a user is; it is, to who is no client."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT parvis_door_is_open(%s)", [user])
        is_open: bool = cursor.fetchone()[0]
    return is_open


def weeks(*, since: datetime, until: datetime, zone: ZoneInfo) -> list[Week]:
    """Return both doors side by side, week by week, the earliest first.

    What happens at the new door is counted from what happened; the rest, and enquiries at either,
    as another system tells it (`count_days`).
    """
    found: dict[date, dict[Door, Fared]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_WEEKS, {"since": since, "until": until, "zone": zone.key})
        for door, week, *numbers in cursor.fetchall():
            told = Fared(*(None if one is None else int(one) for one in numbers))
            doors = found.setdefault(week, {})
            doors[Door(door)] = doors.get(Door(door), Fared()) + told
    return [
        Week(week, doors.get(Door.NEW, Fared()), doors.get(Door.OLD, Fared()))
        for week, doors in sorted(found.items())
    ]
