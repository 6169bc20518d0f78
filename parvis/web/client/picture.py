"""The picture of twenty dots, drawn: places in percent across and in pixels down."""

from dataclasses import dataclass
from functools import lru_cache

from parvis.lib.text import Text
from parvis.readers.tracker import Dotplot
from parvis.readers.tracker.dots import Mark, Row

_PITCH = 14
"""From one dot to the one above it."""
_ROOM_ABOVE, _ROOM_FOR_NUMBERS = 12, 52
_LEAST_LEVELS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Where a dot's middle is."""

    x: str
    y: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number under the axis; those at its ends keep inside the picture."""

    x: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """A mark across the picture, and what the key says of it."""

    x: str
    text: Text


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Everything that the template of the dots needs; each is made once and equals itself alone."""

    height: int
    axis: int
    numbers_at: int
    unit_at: int
    dots: tuple[Place, ...]
    numbers: tuple[Number, ...]
    unit: Text
    standard: Line | None
    today: Line | None
    rows: tuple[Row, ...]
    forecast: bool


@lru_cache(maxsize=1_024)
def picture_of(plot: Dotplot | None) -> Picture | None:
    """Return a dotplot as it is drawn."""
    if plot is None:
        return None
    axis = _ROOM_ABOVE + _PITCH * max(plot.levels, _LEAST_LEVELS)
    last = len(plot.ticks) - 1
    return Picture(
        height=axis + _ROOM_FOR_NUMBERS,
        axis=axis,
        numbers_at=axis + 22,
        unit_at=axis + 44,
        dots=tuple(
            Place(_percent(dot.x), axis - _PITCH * dot.level - _PITCH // 2 - 1) for dot in plot.dots
        ),
        numbers=tuple(
            Number(_percent(tick.x), str(tick.number), {0: "start", last: "end"}.get(n, "middle"))
            for n, tick in enumerate(plot.ticks)
        ),
        unit=plot.unit,
        standard=_line(plot.standard),
        today=_line(plot.today),
        rows=plot.rows,
        forecast=plot.forecast,
    )


def _line(mark: Mark | None) -> Line | None:
    return None if mark is None else Line(_percent(mark.x), mark.text)


def _percent(x: float) -> str:
    """Return a share of the width as SVG writes it, whatever the page's language."""
    return f"{x:.2f}%"
