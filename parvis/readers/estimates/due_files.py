"""The files behind a count of dates: on which the dates fell due that were kept, or were not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import connection

from parvis.lib.references import application_number
from parvis.programs import loader
from parvis.readers.estimates.outlooks import SHARES

COLUMNS = ("number", "program", "due_on", "kept")
"""Of a list of files as CSV."""


def in_percent(likely: float) -> str:
    """Return how an address writes a likelihood, as "80" or "2.5"."""
    return f"{likely * 100:g}"


LEVELS = {in_percent(share): level for level, share in enumerate(SHARES)}
"""The level of each date that is told, by its likelihood."""


class Came(StrEnum):
    """What came of the dates."""

    DUE = "due"
    KEPT = "kept"
    MISSED = "missed"


_PART = {
    Came.DUE: "k.files, k.days",
    Came.KEPT: "k.files[:k.kept], k.days[:k.kept]",
    Came.MISSED: "k.files[k.kept + 1:], k.days[k.kept + 1:]",
}
_FILES = """
SELECT d.file, k.program, d.day, d.nth <= k.kept AND %(came)s <> 'missed'
FROM estimates_keptfigure k
CROSS JOIN LATERAL unnest({}) WITH ORDINALITY d(file, day, nth)
WHERE k.level = %(level)s AND k.month BETWEEN %(first)s AND %(last)s
    AND k.program = ANY(%(programs)s)
ORDER BY k.program, k.month, d.nth OFFSET %(after)s LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Which dates: how likely, with what outcome, due in which months, of one program or of all."""

    likely: str
    """As `in_percent` writes it; one of `LEVELS`."""
    came: Came
    first: date
    """The first day of the first month."""
    last: date
    """A day of the last month."""
    program: str | None = None


@dataclass(frozen=True, slots=True)
class DateDue:
    """A date that fell due; a file that was told several has several."""

    file: int
    program: str
    due_on: date
    kept: bool

    @property
    def number(self) -> str:
        """The number that people use."""
        return application_number(self.file)

    @property
    def columns(self) -> tuple[str | date, ...]:
        """The values of `COLUMNS`."""
        return self.number, self.program, self.due_on, "yes" if self.kept else "no"


def dates_due(dates: Dates, *, most: int, after: int = 0) -> list[DateDue]:
    """Return the dates behind a count, by program and month, leaving out the first ones."""
    with connection.cursor() as cursor:
        cursor.execute(*_asked(dates, most=most, after=after))
        return [DateDue(*row) for row in cursor]


def all_dates_due(dates: Dates) -> Iterator[DateDue]:
    """Yield all dates behind a count, as they are read."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(*_asked(dates))
        for row in cursor:
            yield DateDue(*row)


def _asked(
    dates: Dates, *, most: int | None = None, after: int = 0
) -> tuple[str, dict[str, date | int | str | list[str] | None]]:
    return _FILES.format(_PART[dates.came]), {
        "came": dates.came.value,
        "level": LEVELS[dates.likely],
        "first": dates.first,
        "last": dates.last,
        "programs": [dates.program] if dates.program else list(loader.all_programs()),
        "after": after,
        "most": most,
    }
