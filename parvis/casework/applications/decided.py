"""Look up how long decided files took: counts by days, for those who make figures of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection

DAYS_TO_DECISION = """
SELECT w.program,
    (a.closed_at AT TIME ZONE w.zone)::date - (a.received_at AT TIME ZONE w.zone)::date,
    count(*)
FROM unnest(%s::text[], %s::text[], %s::timestamptz[], %s::timestamptz[])
    AS w(program, zone, since, until)
JOIN applications_application a
    ON a.program = w.program AND a.closed_at >= w.since AND a.closed_at < w.until
WHERE a.status IN ('approved', 'refused') AND a.closed_at >= a.received_at
GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class DecidedIn:
    """The files of a program that were decided from one moment to before another."""

    program: str
    zone: ZoneInfo
    since: datetime
    until: datetime


def days_to_decision(wanted: Sequence[DecidedIn]) -> dict[str, dict[int, int]]:
    """Return, by program, how many files took how many days from receipt to decision, in one query.

    Calendar days in the program's time zone; 0 is the same day. Approved and refused files only, by
    their last decision: what was taken back, abandoned or ended untold was not decided, and what
    was reopened is not.
    """
    found: dict[str, dict[int, int]] = {one.program: {} for one in wanted}
    columns = [(one.program, one.zone.key, one.since, one.until) for one in wanted]
    if columns:
        with connection.cursor() as cursor:
            values = [list(column) for column in zip(*columns, strict=True)]
            cursor.execute(DAYS_TO_DECISION, values)
            for program, days, files in cursor:
                found[program][days] = files
    return found
