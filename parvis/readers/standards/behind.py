"""The files behind a figure: every number opens to the very files that it counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from django.db import connection

from parvis.lib.references import application_number
from parvis.readers.standards.models import Place
from parvis.readers.standards.standing import first_of_month_to

COLUMNS = (
    *("number", "program", "office"),
    *("received_on", "there_since", "late_from", "decided_on"),
)
"""Of a list of files as CSV."""


class Kind(StrEnum):
    """What files a figure counts."""

    WAITING = "waiting"
    """With a standard or without one."""
    INVENTORY = "inventory"
    WITHIN = "within"
    LATE = "late"
    WITHOUT_STANDARD = "without-standard"
    DECIDED = "decided"
    DECIDED_WITHIN = "decided-within"
    DECIDED_LATE = "decided-late"
    DECIDED_WITHOUT_STANDARD = "decided-without-standard"


_WAITS = "s.opened_on <= %(on)s AND (s.closed_on IS NULL OR s.closed_on > %(on)s)"
_DECIDED = "s.decided_on BETWEEN %(since)s AND %(on)s"
_WHERE = {
    Kind.WAITING: _WAITS,
    Kind.INVENTORY: f"{_WAITS} AND s.measured",
    Kind.WITHIN: f"{_WAITS} AND s.measured AND (s.late_from IS NULL OR s.late_from > %(on)s)",
    Kind.LATE: f"{_WAITS} AND s.late_from <= %(on)s",
    Kind.WITHOUT_STANDARD: f"{_WAITS} AND NOT s.measured",
    Kind.DECIDED: f"{_DECIDED} AND s.measured",
    Kind.DECIDED_WITHIN: (
        f"{_DECIDED} AND s.measured AND (s.late_from IS NULL OR s.late_from > s.decided_on)"
    ),
    Kind.DECIDED_LATE: f"{_DECIDED} AND s.late_from <= s.decided_on",
    Kind.DECIDED_WITHOUT_STANDARD: f"{_DECIDED} AND NOT s.measured",
}
_FILES = """
SELECT s.file, s.nth, s.program, s.office,
    (SELECT f.opened_on FROM standards_spell f WHERE f.file = s.file AND f.nth = 0),
    s.opened_on, s.late_from, s.decided_on
FROM standards_spell s WHERE (s.file, s.nth) > (%(file)s, %(nth)s) AND {}
ORDER BY s.file, s.nth LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Which figure: of what kind, on which day, since when decisions count, of which part."""

    kind: Kind
    on: date
    since: date
    """The first day of decisions that count; what waits has no such day."""
    program: str | None = None
    office: str | None = None
    """Empty for files at no office; None for all."""

    @classmethod
    def of(
        cls,
        kind: Kind,
        *,
        on: date,
        since: date | None = None,
        program: str | None = None,
        office: str | None = None,
    ) -> Self:
        """Return a figure, of the month to the day where it is not told since when."""
        first = first_of_month_to(on) if since is None else since
        return cls(kind=kind, on=on, since=first, program=program, office=office)


@dataclass(frozen=True, slots=True)
class Behind:
    """A file that a figure counts; one that was reopened and decided twice is counted twice."""

    file: int
    nth: int
    program: str
    office: str
    received_on: date
    there_since: date
    """Since when it had been open at that office."""
    late_from: date | None
    decided_on: date | None

    @property
    def number(self) -> str:
        """The number that people use."""
        return application_number(self.file)

    @property
    def columns(self) -> tuple[str | date | None, ...]:
        """The values of `COLUMNS`."""
        days = (self.received_on, self.there_since, self.late_from, self.decided_on)
        return self.number, self.program, self.office, *days


def files_behind(figure: Figure, *, most: int, after: tuple[int, int] = (0, -1)) -> list[Behind]:
    """Return the files behind a figure, oldest in the log first, from after one of them."""
    if not _is_a_place(figure):
        # To find that out of the spells would take looking at all of them.
        return []
    where = _WHERE[figure.kind]
    given: dict[str, date | int | str] = {"on": figure.on, "since": figure.since, "most": most}
    given |= {"file": after[0], "nth": after[1]}
    for name in ("program", "office"):
        if (code := getattr(figure, name)) is not None:
            where += f" AND s.{name} = %({name})s"
            given[name] = code
    if "since" not in where:
        del given["since"]
    with connection.cursor() as cursor:
        cursor.execute(_FILES.format(where), given)
        return [Behind(*row) for row in cursor]


def _is_a_place(figure: Figure) -> bool:
    """Tell whether any file ever was at the figure's office in its program."""
    if figure.office is None:
        return True
    there = Place.objects.filter(office=figure.office)
    return (there if figure.program is None else there.filter(program=figure.program)).exists()


def all_behind(figure: Figure, *, batch: int = 10_000) -> Iterator[Behind]:
    """Yield all files behind a figure, read by batches."""
    after = (0, -1)
    while found := files_behind(figure, most=batch, after=after):
        yield from found
        after = found[-1].file, found[-1].nth
