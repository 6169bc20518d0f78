"""The files behind a count of dates, fifty at a time."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from parvis.lib.dates import Day, day
from parvis.lib.text import Text
from parvis.programs import loader
from parvis.readers.estimates.due_files import LEVELS, Came, DateDue, Dates, dates_due
from parvis.web.figures.measures import percent

MOST = 50
_TITLES = {
    Came.DUE: Text(en="Dates that fell due", fr="Dates échues"),
    Came.KEPT: Text(en="Dates that we kept", fr="Dates que nous avons respectées"),
    Came.MISSED: Text(en="Dates that we did not keep", fr="Dates que nous n’avons pas respectées"),
}
_CAME = {
    True: Text(en="Kept", fr="Respectée"),
    False: Text(en="Not kept", fr="Non respectée"),
}


@dataclass(frozen=True, slots=True)
class DateRow:
    """A date behind a count."""

    number: str
    program: Text
    due_on: Day
    came: Text


@dataclass(frozen=True, slots=True)
class DatesPage:
    """Which dates, and some of their files."""

    title: Text
    likely: Text | None
    """How likely we said that they were."""
    first: Day
    last: Day
    program: Text | None
    rows: tuple[DateRow, ...]
    begins: bool
    """Whether these are the first."""
    next: str | None
    """What the dates that follow are asked for."""
    table: str


def dates_asked(asked: QueryDict) -> Dates:
    """Return which dates; `ValueError` where they cannot be told apart."""
    likely = asked.get("likely", "")
    if likely not in LEVELS:
        raise ValueError(likely)
    program = asked.get("program") or None
    if program is not None and program not in loader.all_programs():
        raise ValueError(program)
    return Dates(
        likely=likely,
        came=Came(asked.get("came", "")),
        first=date.fromisoformat(asked.get("first", "")),
        last=date.fromisoformat(asked.get("last", "")),
        program=program,
    )


def dates_page(dates: Dates, *, query: QueryDict) -> DatesPage:
    """Return the page of dates after a place."""
    given = query.get("after", "")
    after = int(given[:9]) if given.isascii() and given.isdigit() else 0
    found = dates_due(dates, most=MOST + 1, after=after)
    following, table = query.copy(), query.copy()
    following["after"] = str(after + MOST)
    table.pop("after", None)
    return DatesPage(
        title=_TITLES[dates.came],
        likely=percent(float(dates.likely) / 100),
        first=day(dates.first),
        last=day(dates.last),
        program=None if dates.program is None else loader.program(dates.program).name,
        rows=tuple(map(_row, found[:MOST])),
        begins=after == 0,
        next=following.urlencode() if len(found) > MOST else None,
        table=table.urlencode(),
    )


def _row(one: DateDue) -> DateRow:
    return DateRow(one.number, loader.program(one.program).name, day(one.due_on), _CAME[one.kept])
