"""The daily report of one line, ready for its template: from its first day on."""

from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from parvis.lib.dates import Day, day
from parvis.lib.durations import grouped
from parvis.lib.text import Text
from parvis.readers.support.figures import Figures, every_day
from parvis.readers.support.words import name_of_line, names_of_lines
from parvis.web.figures.charts import Chart
from parvis.web.figures.measures import Shown
from parvis.web.figures.support_page import AsOf, as_of, calls_chart, calls_of

_SHOWN_DAYS = 92
"""So many of the last days are told; the table to take along has all of them."""


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day: calls and messages, and what was answered since the line's first day."""

    on: Day
    calls: Text
    calls_answered: Text
    messages: Text
    messages_answered: Text
    so_far: Text


@dataclass(frozen=True, slots=True)
class LinePage:
    """A line, day by day; nothing but its name where nothing came yet."""

    code: str
    name: Text
    first: Day | None = None
    last: Day | None = None
    read: AsOf | None = None
    received: Text | None = None
    answered: Text | None = None
    calls: Shown | None = None
    chart: Chart | None = None
    days: tuple[DayRow, ...] = ()
    all_days: bool = True
    """Whether every day is told."""


def line_page(code: str, found: Figures | None, today: date) -> LinePage:
    """Return the report of a line, the last day first."""
    name = name_of_line(code, names_of_lines())
    if found is None or found.opening is None:
        return LinePage(code, name)
    since = found.opening
    every = every_day(found)
    totals = accumulate(one.answered for _, one in every)
    rows = [
        DayRow(
            on=day(on),
            calls=grouped(one.calls),
            calls_answered=grouped(one.calls_answered),
            messages=grouped(one.written),
            messages_answered=grouped(one.written_answered),
            so_far=grouped(total),
        )
        for (on, one), total in zip(every, totals, strict=True)
    ]
    return LinePage(
        code=code,
        name=name,
        first=day(since.first),
        last=day(found.last),
        read=as_of(found.read_at),
        received=grouped(since.count.received),
        answered=grouped(since.count.answered),
        calls=calls_of(since.count),
        # Today still goes on.
        chart=calls_chart([one for one in every if one[0] < today][-_SHOWN_DAYS:]),
        days=tuple(reversed(rows[-_SHOWN_DAYS:])),
        all_days=len(rows) <= _SHOWN_DAYS,
    )
