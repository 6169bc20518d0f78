"""Running totals by place and day, made of the spells in one pass and read for any day at once."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection


class Totals(NamedTuple):
    """What happened up to the end of a day, since the beginning, in files."""

    opened: int = 0
    closed: int = 0
    came: int = 0
    left: int = 0
    became_late: int = 0
    late_closed: int = 0
    unmeasured_opened: int = 0
    unmeasured_closed: int = 0
    decided: int = 0
    decided_late: int = 0
    decided_unmeasured: int = 0


_NAMES = Totals._fields
_COLUMNS = ", ".join(f'"{name}"' for name in _NAMES)


def _counted(day: str, where: str, **what: str) -> str:
    """Return the query that counts spells by place and the day on which something happened."""
    columns = ", ".join(f'{what.get(name, "0")} AS "{name}"' for name in _NAMES)
    return (
        f"SELECT program, office, {day} AS day, {columns}"  # noqa: S608 - our own words
        f" FROM standards_spell WHERE {where} GROUP BY 1, 2, 3"
    )


_WAITED_LATE = (
    "late_from IS NOT NULL AND (closed_on IS NULL OR closed_on > greatest(opened_on, late_from))"
)
_HAPPENED = " UNION ALL ".join(
    (
        _counted(
            "opened_on",
            "true",
            opened="count(*)",
            came="count(*) FILTER (WHERE came)",
            unmeasured_opened="count(*) FILTER (WHERE NOT measured)",
        ),
        _counted(
            "closed_on",
            "closed_on IS NOT NULL",
            closed="count(*)",
            left='count(*) FILTER (WHERE "left")',
            late_closed=f"count(*) FILTER (WHERE {_WAITED_LATE})",
            unmeasured_closed="count(*) FILTER (WHERE NOT measured)",
        ),
        _counted("greatest(opened_on, late_from)", _WAITED_LATE, became_late="count(*)"),
        _counted(
            "decided_on",
            "decided_on IS NOT NULL",
            decided="count(*)",
            decided_late="count(*) FILTER (WHERE late_from <= decided_on)",
            decided_unmeasured="count(*) FILTER (WHERE NOT measured)",
        ),
    )
)
_PLACES = """
INSERT INTO standards_place (program, office)
SELECT DISTINCT program, office FROM standards_spell
"""
_TOTALS = f"""
INSERT INTO standards_total (place_id, day, {_COLUMNS})
SELECT p.id, h.day,
    {", ".join(f'sum(sum(h."{name}")) OVER so_far' for name in _NAMES)}
FROM ({_HAPPENED}) h JOIN standards_place p ON p.program = h.program AND p.office = h.office
GROUP BY p.id, h.day
WINDOW so_far AS (PARTITION BY p.id ORDER BY h.day)
"""  # noqa: S608 - our own words
_BY_DAYS = f"""
SELECT d.day, p.program, p.office, {_COLUMNS}
FROM standards_place p CROSS JOIN unnest(%s::date[]) AS d(day) CROSS JOIN LATERAL (
    SELECT {_COLUMNS} FROM standards_total t
    WHERE t.place_id = p.id AND t.day <= d.day ORDER BY t.day DESC LIMIT 1
) t
"""  # noqa: S608 - our own words


class TotalAt(NamedTuple):
    """The totals of a place at the end of a day."""

    day: date
    program: str
    office: str
    totals: Totals


def make_totals() -> date | None:
    """Make all running totals anew of the spells; return the first day they tell of."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM standards_total")
        cursor.execute("DELETE FROM standards_place")
        cursor.execute(_PLACES)
        cursor.execute(_TOTALS)
        # Questions are planned by what is there now, and not by what was there last night.
        cursor.execute("ANALYZE standards_spell, standards_total")
        cursor.execute("SELECT min(day) FROM standards_total")
        first: date | None = cursor.fetchall()[0][0]
        return first


def totals_at(days: Sequence[date]) -> list[TotalAt]:
    """Return the totals of every place at the end of each of these days, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_DAYS, [list(days)])
        found = cursor.fetchall()
    return [TotalAt(day, program, office, Totals(*rest)) for day, program, office, *rest in found]
