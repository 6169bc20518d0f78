"""What was said against what came true, drawn: dots beside the line on which both are the same.

Across in percent and down in pixels, so that no text is scaled. The page has the same as a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from parvis.lib.text import Text
from parvis.readers.estimates.outlooks import HALF, MOST
from parvis.readers.estimates.scorecard import Score
from parvis.web.figures.charts import Segment, Tick
from parvis.web.figures.measures import percent

_HEIGHT, _ABOVE, _BELOW = 260, 40, 56
_LEFT, _RIGHT = 15.0, 97.0
"""In percent: what is written beside the axis has room to the left."""
_GRID = (0.0, 0.5, 1.0)
_NAMES = {
    HALF: Text(en="half", fr="moitié"),
    MOST: Text(en="four in five", fr="quatre sur cinq"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One likelihood: where it is drawn, and its name where clients are told it in words."""

    x: str
    y: int
    name: Text | None
    name_y: int


@dataclass(frozen=True, slots=True)
class Curve:
    """Everything that the template of the picture needs."""

    height: int
    axis: int
    numbers_at: int
    name_at: int
    right: Segment
    """The line on which what was said came true."""
    sooner: Tick
    later: Tick
    """Where it is written which side of the line is which."""
    sooner_at: int
    later_at: int
    across: tuple[Tick, ...]
    down: tuple[Tick, ...]
    dots: tuple[Said, ...]


_NONE = Text(en="–", fr="–")


def curve(scores: Sequence[Score]) -> Curve | None:
    """Return the picture of likelihoods, those of too few dates left out; None where all are."""
    told = [(one, one.share) for one in scores if one.share is not None]
    if not told:
        return None
    axis = _ABOVE + _HEIGHT
    anchors = ("start", "middle", "end")
    return Curve(
        height=axis + _BELOW,
        axis=axis,
        numbers_at=axis + 22,
        name_at=axis + 46,
        right=Segment(_x(0.0), _y(0.0), _x(1.0), _y(1.0)),
        sooner=Tick(_x(0.06), Text(en="Sooner than said", fr="Plus tôt que prévu")),
        later=Tick(_x(1.0), Text(en="Later than said", fr="Plus tard que prévu"), "end"),
        sooner_at=_y(0.7),
        later_at=_y(0.06),
        across=tuple(
            Tick(_x(share), percent(share) or _NONE, anchor)
            for share, anchor in zip(_GRID, anchors, strict=True)
        ),
        down=tuple(Tick(str(_y(share)), percent(share) or _NONE) for share in _GRID),
        dots=tuple(_said(one, share) for one, share in told),
    )


def _said(score: Score, share: float) -> Said:
    y = _y(share)
    return Said(_x(score.said), y, _NAMES.get(score.said), y - 12)


def _x(share: float) -> str:
    return f"{_LEFT + share * (_RIGHT - _LEFT):.2f}%"


def _y(share: float) -> int:
    return round(_ABOVE + (1 - share) * _HEIGHT)
