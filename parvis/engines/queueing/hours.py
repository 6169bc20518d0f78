"""Opening hours: whether a line is open, when that changes, and when open time has passed.

A line's hours are spans of a week, as a clock on its wall shows them, and days that are not as in
any week. A span belongs to the day on which it opens, though it may close on the next: a holiday
keeps what opens on it closed, and lets run out what opened the evening before.

Where the clocks are put forward, a skipped hour passes in no time; where they are put back, a span
opens at the first of two such minutes and closes at the second, so that nobody who reads its hours
either way finds it closed.
"""

import logging
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from parvis.engines.queueing import walls

MINUTES_A_DAY = 1_440
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_TICKS_A_SECOND = 1_000_000
_LAST_YEAR = 9_990
_ONE_DAY = timedelta(days=1)
_log = logging.getLogger(__name__)


class NeverOpens(ValueError):
    """So much open time does not come any more."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Open from one minute of a day to before another; past 1,440 it closes on the next day."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < MINUTES_A_DAY:
            raise ValueError("a span opens on its day")
        if not self.opens < self.closes <= self.opens + MINUTES_A_DAY:
            raise ValueError("a span closes after it opens, within a day")


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """What is open in a year, as moments in microseconds since 1970."""

    number: int
    begins: int
    ends: int
    edges: list[int]
    """Openings and closings in turn."""
    open_before: list[int]
    """How much of the year is open before each opening; the whole of it last."""

    def opened(self, moment: int) -> int:
        """Return how much of the year was open before a moment of it."""
        place = bisect_right(self.edges, moment)
        past = self.open_before[(place + 1) // 2]
        # Inside a span, what is left of it has not been open yet.
        return past - (self.edges[place] - moment) if place % 2 else past

    def when(self, opened: int) -> int:
        """Return the first moment before which so much of the year was open."""
        span = bisect_left(self.open_before, opened, lo=1) - 1
        return self.edges[2 * span] + opened - self.open_before[span]


@dataclass(frozen=True)
class Hours:
    """When a line is open."""

    zone: ZoneInfo
    week: tuple[Spans, ...]
    """For each day from Monday."""
    days: tuple[tuple[date, Spans], ...] = ()
    """Days that are not as in any week: closed, or open at other hours."""
    known_until: date | None = None
    """The last day of which the holidays are known; None where none are kept."""

    def __post_init__(self) -> None:
        if len(self.week) != 7:  # noqa: PLR2004 - a week has as many
            raise ValueError("a week has seven days")

    def spans_on(self, day: date) -> Spans:
        """Return the spans that open on a day."""
        return self.special.get(day, self.week[day.weekday()])

    def is_known(self, day: date) -> bool:
        """Tell whether it is known if a day is a holiday."""
        return self.known_until is None or day <= self.known_until

    @cached_property
    def special(self) -> dict[date, Spans]:
        """Return the days that are not as in any week."""
        return dict(self.days)

    @cached_property
    def last_year(self) -> int:
        """Return the last year with such a day; 0 where there is none."""
        return max((day.year for day, _ in self.days), default=0)

    @cached_property
    def _years(self) -> dict[int, Year]:
        return {}

    def _year(self, year: int) -> Year:
        if year not in self._years:
            if not self.is_known(date(year, 1, 1)):
                _log.warning(
                    "Holidays are known until %s; in %s every day counts as in any week.",
                    self.known_until,
                    year,
                )
            self._years[year] = _compiled(self, year)
        return self._years[year]

    def years_from(self, at: datetime, last: int = _LAST_YEAR) -> Iterator[Year]:
        """Yield the years from a moment on, to the last that counts."""
        for year in range(at.astimezone(self.zone).year, last + 1):
            yield self._year(year)


def is_open(hours: Hours, at: datetime) -> bool:
    """Tell whether a line with these hours is open at a moment."""
    return bool(bisect_right(next(hours.years_from(at)).edges, _ticks(at)) % 2)


def next_change(hours: Hours, at: datetime) -> datetime | None:
    """Return the first moment after `at` at which it opens or closes; None where that never is."""
    was_open = is_open(hours, at)
    now = _ticks(at)
    # Every week is alike but for those days: what has not changed a year after them does not.
    last = max(at.year, hours.last_year) + 2
    for year in hours.years_from(at, min(last, _LAST_YEAR)):
        if year.begins > now and bool(bisect_right(year.edges, year.begins) % 2) is not was_open:
            return _moment(year.begins)
        place = bisect_right(year.edges, max(now, year.begins))
        if place < len(year.edges) and year.edges[place] < year.ends:
            return _moment(year.edges[place])
    return None


def add_open_time(hours: Hours, at: datetime, amount: timedelta) -> datetime:
    """Return the first moment before which, counted from `at`, it was open for so long.

    What is promised within eight open hours is due then. Raises `NeverOpens` where it is not open
    for so long in all years to come.
    """
    left, now = amount // _TICK, _ticks(at)
    if left <= 0:
        return at
    for year in hours.years_from(at):
        before = year.opened(max(now, year.begins))
        whole = year.open_before[-1]
        if whole - before >= left:
            return _moment(year.when(before + left))
        left -= whole - before
        if not any(hours.week) and year.number > hours.last_year:
            break
    raise NeverOpens(f"it is never open for {amount} after {at.isoformat()}")


def open_time_between(hours: Hours, since: datetime, until: datetime) -> timedelta:
    """Return how long it was open from one moment to another."""
    first, last = _ticks(since), _ticks(until)
    opened = 0
    for year in hours.years_from(since):
        if last <= year.begins or first >= last:
            break
        opened += year.opened(min(last, year.ends)) - year.opened(max(first, year.begins))
    return opened * _TICK


def _compiled(hours: Hours, year: int) -> Year:
    """Return a year's spans as moments: one after the other, those that touch as one."""
    begins, ends = (walls.begins(hours.zone, date(one, 1, 1), 0) for one in (year, year + 1))
    edges: list[int] = []
    day = date(year, 1, 1) - 2 * _ONE_DAY
    while day.year <= year:
        for opens, closes in sorted(_moments(hours.zone, day, hours.spans_on(day))):
            opens, closes = max(opens, begins), min(closes, ends)  # noqa: PLW2901 - clipped
            if opens >= closes:
                continue
            if edges and opens <= edges[-1]:
                edges[-1] = max(edges[-1], closes)
            else:
                edges += (opens, closes)
        day += _ONE_DAY
    open_before = [0]
    for opens, closes in zip(edges[::2], edges[1::2], strict=True):
        open_before.append(open_before[-1] + _ticks_of(closes - opens))
    return Year(year, _ticks_of(begins), _ticks_of(ends), list(map(_ticks_of, edges)), open_before)


def _moments(zone: ZoneInfo, day: date, spans: Spans) -> Iterator[tuple[int, int]]:
    """Yield when spans of a day open and close, in seconds since 1970."""
    if not spans:
        return
    midnights = [walls.begins(zone, day + nth * _ONE_DAY, 0) for nth in range(3)]
    plain = midnights[0] + walls.DAY_S == midnights[1] == midnights[2] - walls.DAY_S
    for span in spans:
        if plain:
            yield midnights[0] + span.opens * 60, midnights[0] + span.closes * 60
        else:
            yield walls.begins(zone, day, span.opens), walls.ends(zone, day, span.closes)


def _ticks(at: datetime) -> int:
    return (at - _EPOCH) // _TICK


def _ticks_of(seconds: int) -> int:
    return seconds * _TICKS_A_SECOND


def _moment(ticks: int) -> datetime:
    return _EPOCH + ticks * _TICK
