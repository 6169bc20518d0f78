"""Lines over time as they are drawn: across in percent, down in pixels, so that no text is scaled.

Every line carries its name and its last value beside it, and is drawn in its own way; colour says
nothing alone. The page has the same numbers in a table.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil, log10

from parvis.lib.dates import month_of
from parvis.lib.durations import grouped
from parvis.lib.text import Text

_HEIGHT, _ABOVE, _BELOW = 190, 44, 30
"""Above the picture are two lines of words: of the aim, and of a last value that is at the top."""
_AIM_TEXT_AT = 14
_LETTER, _RIGHT = 2.6, 98.0
"""In percent of a phone's width: what is written beside the axis has room to the left."""
_WAYS = ("solid", "dashed")


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, and what is written there."""

    at: str
    text: Text
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day: where it is drawn."""

    x: str
    y: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stroke from one value to the next."""

    x1: str
    y1: int
    x2: str
    y2: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line: its strokes and values, what may come, and its name beside its last value."""

    way: str
    segments: tuple[Segment, ...]
    points: tuple[Point, ...]
    ranges: tuple[Segment, ...]
    expected: tuple[Point, ...]
    label: Text | None
    label_x: str
    label_y: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that a chart's template needs."""

    height: int
    axis: int
    numbers_at: int
    across: tuple[Tick, ...]
    down: tuple[Tick, ...]
    lines: tuple[Drawn, ...]
    aim: int | None
    aim_text: Text | None
    aim_text_at: int
    """Above the picture and the last value: neither is written on the other."""


@dataclass(frozen=True, slots=True)
class Range:
    """What is expected on a day, and between which two numbers."""

    on: date
    low: float
    expected: float
    high: float


@dataclass(frozen=True, slots=True)
class Line:
    """Values by day, oldest first, None where there was none; and what is expected after them."""

    name: Text | None
    values: Sequence[tuple[date, float | None]]
    ahead: Sequence[Range] = ()


def share_chart(
    line: Line, say: Callable[[float | None], Text | None], aim: float | None
) -> Chart | None:
    """Return shares from none to all, with the aim as a line across; None without two values."""
    text = say(aim)
    aim_text = text and Text(
        en=f"Aim: {text.en}, dashed", fr=f"Objectif\N{NO-BREAK SPACE}: {text.fr}, en tirets"
    )
    grid = [(share, say(share) or Text(en="0", fr="0")) for share in (0.0, 0.5, 1.0)]
    return _chart([line], say, 1.0, grid, aim=aim, aim_text=aim_text)


def count_chart(lines: Sequence[Line]) -> Chart | None:
    """Return counts from zero up to a round number; None without two values."""
    highest = max(
        (
            number
            for line in lines
            for number in (
                *(value for _, value in line.values if value is not None),
                *(one.high for one in line.ahead),
            )
        ),
        default=0,
    )
    top = _round_above(highest)
    return _chart(
        lines, _count, top, [(part * top, _count(part * top)) for part in (0.0, 0.5, 1.0)]
    )


def _chart(  # noqa: PLR0913 - each is a part of the drawing
    lines: Sequence[Line],
    say: Callable[[float | None], Text | None],
    top: float,
    grid: Sequence[tuple[float, Text | None]],
    *,
    aim: float | None = None,
    aim_text: Text | None = None,
) -> Chart | None:
    days = [day for line in lines for day, _ in line.values]
    days += [one.on for line in lines for one in line.ahead]
    if len({*days}) <= 1:
        return None
    first, last = min(days), max(days)
    down = [(value, text) for value, text in grid if text]
    left = _LETTER * (1 + max(len(text.fr) for _, text in down))

    def x(day: date) -> str:
        return f"{left + (day - first) / (last - first) * (_RIGHT - left):.2f}%"

    def y(value: float) -> int:
        return round(_ABOVE + (1 - value / top) * _HEIGHT)

    return Chart(
        height=_ABOVE + _HEIGHT + _BELOW,
        axis=_ABOVE + _HEIGHT,
        numbers_at=_ABOVE + _HEIGHT + 22,
        across=(
            Tick(f"{left:.2f}%", month_of(first)),
            Tick("100%", month_of(last), "end"),
        ),
        down=tuple(Tick(str(y(value)), text) for value, text in down),
        lines=tuple(_drawn(line, way, say, x, y) for line, way in zip(lines, _WAYS, strict=False)),
        aim=None if aim is None else y(aim),
        aim_text=aim_text,
        aim_text_at=_AIM_TEXT_AT,
    )


def _drawn(
    line: Line,
    way: str,
    say: Callable[[float | None], Text | None],
    x: Callable[[date], str],
    y: Callable[[float], int],
) -> Drawn:
    places = [None if value is None else Point(x(on), y(value)) for on, value in line.values]
    pairs = pairwise(places)
    known = [(place, value) for place, (_, value) in zip(places, line.values, strict=True) if place]
    place, value = known[-1] if known else (Point("100%", y(0)), None)
    said = say(value)
    name = line.name
    label = said and (Text(en=f"{name.en} {said.en}", fr=f"{name.fr} {said.fr}") if name else said)
    return Drawn(
        way=way,
        segments=tuple(Segment(a.x, a.y, b.x, b.y) for a, b in pairs if a and b),
        points=tuple(one for one in places if one),
        ranges=tuple(Segment(x(one.on), y(one.low), x(one.on), y(one.high)) for one in line.ahead),
        expected=tuple(Point(x(one.on), y(one.expected)) for one in line.ahead),
        label=label,
        label_x=place.x,
        label_y=place.y - 12,
        anchor="end",
    )


def _count(value: float | None) -> Text | None:
    return None if value is None else grouped(round(value))


def _round_above(highest: float) -> float:
    """Return the next of 10, 20, 40, 50, 100, 200 …: its half is a whole number too."""
    if highest <= 10:  # noqa: PLR2004 - the least
        return 10.0
    power = 10.0 ** (ceil(log10(highest)) - 1)
    return next(step * power for step in (1.0, 2.0, 4.0, 5.0, 10.0) if step * power >= highest)
