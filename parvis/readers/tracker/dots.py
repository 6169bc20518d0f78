"""A picture of twenty dots, each for a twentieth of the files, as numbers to draw from.

A quantile dotplot: odds are read better from dots that can be counted than from a curve (Kay and
others, 2016). Pure: a page gives it the numbers, and a template draws what it returns.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil

from parvis.lib.durations import DAYS, Duration, Unit, about, at_most, duration, name_of, unit_of
from parvis.lib.text import Text
from parvis.readers.tracker.page import FilePage, Forecast, Similar

_COLUMNS = 25
"""At 320 pixels each is 12.8 wide: room for a dot, and fine enough to see where most are."""
_MOST_STEPS = 6
_STEPS = {
    Unit.DAY: (1, 2, 5, 10),
    Unit.WEEK: (1, 2, 4, 6),
    Unit.MONTH: (1, 2, 3, 6, 12),
    Unit.YEAR: (1, 2, 5, 10),
}
_FIRST_IN_YEARS = 5 * DAYS[Unit.YEAR]
_TOO_FAR = 2
"""A mark at more than so many times the longest dot would squeeze the dots: it is at the edge."""
_ROWS = (5, 10, 16, 19)
"""The dots that the table tells of: a quarter, half, four fifths, nearly all."""
_STANDARD = Text(en="Service standard", fr="Norme de service")
_TODAY = Text(en="Yours today", fr="La vôtre aujourd’hui")


@dataclass(frozen=True, slots=True)
class Dot:
    """One dot: its column's middle in percent of the axis, and its place in the column from 0."""

    x: float
    level: int
    days: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A number on the axis, and the same with its unit."""

    x: float
    number: int
    text: Text


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across the picture; `beyond` where it stands at the edge for lack of room."""

    x: float
    days: int
    text: Text
    beyond: bool


@dataclass(frozen=True, slots=True)
class Row:
    """The same for those who hear the page: so many of the dots, and the time they took at most."""

    dots: int
    days: int
    text: Text


@dataclass(frozen=True, slots=True, eq=False)
class Dotplot:
    """A picture of files. Every x is in percent of an axis that begins at no time.

    Each equals itself alone: it is drawn once, and to compare all its dots would take longer.
    """

    dots: tuple[Dot, ...]
    levels: int
    """How high the highest column is."""
    days: int
    """Where the axis ends."""
    unit: Text
    """What its numbers count: days, weeks, months or years."""
    ticks: tuple[Tick, ...]
    standard: Mark | None
    today: Mark | None
    rows: tuple[Row, ...]
    forecast: bool
    """Of files like this one, and when they are decided; else of those that were decided lately."""


def dotplot_of(page: FilePage) -> Dotplot | None:
    """Return the picture of the files like this one; None where no time is known."""
    forecast = page.estimate.code is Forecast.GIVEN
    if not forecast and page.similar.code is not Similar.KNOWN:
        return None
    line, standard = page.service_standard, None
    if line.days is not None:
        standard = duration(line.days, Unit.DAY)
    elif line.months is not None:
        standard = duration(line.months, Unit.MONTH)
    dots = page.estimate.dots if forecast else page.similar.dots
    today = page.similar.days_so_far
    return kept_dotplot(dots, standard=standard, today=today, forecast=forecast)


def dotplot(
    lengths: Sequence[int],
    *,
    standard: Duration | None = None,
    today: int | None = None,
    forecast: bool = False,
) -> Dotplot:
    """Return dots for these lengths in days, at least one, with marks on the same axis."""
    lengths = sorted(lengths)
    promised = None if standard is None else round(standard.count * DAYS[standard.unit])
    unit, step, steps = _axis(_reach(lengths[-1], promised, today))
    end = steps * step * DAYS[unit]
    dots = _stacked(lengths, end)
    return Dotplot(
        dots=dots,
        levels=max(dot.level for dot in dots) + 1,
        days=ceil(end),
        unit=name_of(unit),
        ticks=tuple(
            Tick(100 * n / steps, n * step, duration(n * step, unit).text) for n in range(steps + 1)
        ),
        standard=None
        if standard is None or promised is None
        else _mark(promised, end, _STANDARD, standard.text),
        today=None if today is None else _mark(today, end, _TODAY, about(today).text),
        rows=tuple(
            Row(count, lengths[count - 1], at_most(lengths[count - 1]).text)
            for count in _ROWS
            if count <= len(lengths)
        ),
        forecast=forecast,
    )


kept_dotplot = lru_cache(maxsize=1_024)(dotplot)
"""Files of one program that have waited as long have one picture; there are few such lengths."""


def _reach(longest: int, *marks: int | None) -> int:
    """Return how far the axis must go: as far as the dots, and the marks that are not too far."""
    near = _TOO_FAR * max(1, longest)
    return max(1, longest, *(mark for mark in marks if mark is not None and mark <= near))


def _axis(reach: int) -> tuple[Unit, int, int]:
    """Return an axis for so many days: its unit, the step from number to number, how many steps."""
    unit = Unit.YEAR if reach >= _FIRST_IN_YEARS else unit_of(reach)
    least = ceil(reach / DAYS[unit] / _MOST_STEPS)
    step = next((one for one in _STEPS[unit] if one >= least), least)
    return unit, step, ceil(reach / (step * DAYS[unit]))


def _stacked(lengths: Sequence[int], end: Fraction) -> tuple[Dot, ...]:
    levels: Counter[int] = Counter()
    dots = []
    for days in lengths:
        column = min(int(days / end * _COLUMNS), _COLUMNS - 1)
        dots.append(Dot(100 * (column + 0.5) / _COLUMNS, levels[column], days))
        levels[column] += 1
    return tuple(dots)


def _mark(days: int, end: Fraction, name: Text, length: Text) -> Mark:
    text = Text(en=f"{name.en}: {length.en}", fr=f"{name.fr}\N{NO-BREAK SPACE}: {length.fr}")
    return Mark(min(100.0, float(100 * days / end)), days, text, beyond=days > end)
