"""The forecast for one horizon from the end of any day: the views, blended by their own past."""

import numpy as np
from numpy.typing import NDArray

from parvis.engines.forecasting.backlog_counts import YEAR, Counts, Floats, Ints
from parvis.engines.forecasting.backlog_range import range_around
from parvis.engines.forecasting.backlog_views import views

_WARM_UP = 28
"""Days before the first forecast that is judged: fewer tell no rate."""
_HALF_LIFE = 2 * YEAR
"""Days after which a past error counts half: departments change."""
_POWER = 8
"""Weights go with the inverse mean error to this power: nearly one view, where one is best."""
_CONVINCING = 2
"""Stretches of the horizon's length after which errors count with half that power; the fewer were
seen, the less they say."""
_HEAD_START = 5
"""Weight of the last value to one of each other view, before errors: who says that something
changes has to show it."""
_SEASON = 30
"""Days to both sides of this day in an earlier year: how good was each view at this season?"""
_SEASONS = 3
_SEASON_COUNTS = 2
"""Stretches that such a season counts as, on top of being part of the whole."""
_UNHEARD = 1.5
"""Times the last value's error: what is charged to a view that could not be had yet."""
_TINY = 1e-6


def days_needed(days: int) -> int:
    """Return how many days of counts a forecast so many days ahead takes.

    One stretch of that length to forecast and a second one to have seen what became of it.
    """
    return 2 * days + _WARM_UP


class Blend:
    """Forecasts so many days ahead, from the end of any day, each from that day's past alone."""

    def __init__(self, counts: Counts, days: int) -> None:
        self.waiting = counts.waiting
        self.days = days
        said = views(counts, days)
        losses = _losses(said, self.waiting, days)
        self.weights = _weights(losses, np.isfinite(said), days)
        self.expected: Floats = (self.weights * np.nan_to_num(said)).sum(axis=0)

    def at(self, origins: Ints) -> tuple[Floats, Floats, Floats]:
        """Return expected, low and high, in files, each of the shape of the origins."""
        ranges = [
            range_around(self.expected, self.waiting, origin, self.days, _WARM_UP)
            for origin in origins.tolist()
        ]
        low, high = np.array(ranges).T
        return self.expected[origins], low, high


def _losses(said: Floats, waiting: Ints, days: int) -> Floats:
    """Return (views, days): how far what each view said `days` before is from what waits now."""
    losses = np.zeros_like(said)
    losses[:, days:] = np.abs(said[:, :-days] - waiting[days:])
    # Who could not speak is not therefore right.
    return np.where(np.isnan(losses), losses[0] * _UNHEARD, losses)


def _weights(losses: Floats, can_speak: NDArray[np.bool_], days: int) -> Floats:
    """Return (views, days): weights that add up to 1, from the losses seen by each day's end."""
    seen = (np.arange(losses.shape[1]) >= days).astype(np.float64)
    total, number = _faded(losses), _faded(seen)
    for years in range(1, _SEASONS + 1):
        counts_as = _SEASON_COUNTS * days / (2 * _SEASON + 1) * 0.5 ** (years * YEAR / _HALF_LIFE)
        total = total + counts_as * _season(losses, days, years)
        number = number + counts_as * _season(seen, days, years)
    mean = total / np.maximum(number, 1)
    against_last = np.log((mean + _TINY) / (mean[0] + _TINY))
    # Both sums are of overlapping stretches, one a day: so many of them tell as much as one.
    stretches = number / days
    points = -_POWER * stretches / (stretches + _CONVINCING) * against_last
    points[0] += np.log(_HEAD_START)
    points = np.where(can_speak, points, -np.inf)
    weights = np.exp(points - points.max(axis=0))
    return np.asarray(weights / weights.sum(axis=0))


def _faded(series: Floats) -> Floats:
    """Return sums up to each day, in which what lies a half-life back counts half."""
    fade = 0.5 ** (np.arange(series.shape[-1]) / _HALF_LIFE)
    return np.asarray(np.cumsum(series / fade, axis=-1) * fade)


def _season(series: Floats, days: int, years: int) -> Floats:
    """Return sums over the forecasts made at this season so many years before, once known.

    A loss stands at the day of its outcome, `days` after the forecast was made.
    """
    total = np.concatenate((np.zeros((*series.shape[:-1], 1)), np.cumsum(series, -1)), axis=-1)
    today = np.arange(series.shape[-1])
    made = today - years * YEAR
    begin = np.maximum(made - _SEASON + days, 0)
    end = np.minimum(made + _SEASON + days, today) + 1
    begin, end = np.minimum(begin, today + 1), np.maximum(end, 0)
    return np.asarray(total[..., np.maximum(end, begin)] - total[..., begin])
