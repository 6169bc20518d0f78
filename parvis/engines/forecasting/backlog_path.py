"""The forecast itself, for one horizon and any days: simple views of it, blended by their past."""

import numpy as np

from parvis.engines.forecasting.backlog_counts import YEAR, Counts, Floats, Ints

_WARM_UP = 28
_LOW, _HIGH = 0.1, 0.9
_STEP = 7


def days_needed(days: int) -> int:
    """Return how many days of counts a forecast so many days ahead takes."""
    return 2 * days + _WARM_UP


class Path:
    """Forecasts so many days ahead, from the end of any day, each from that day's past alone."""

    def __init__(self, counts: Counts, days: int) -> None:
        self.counts = counts
        self.days = days
        self._views = _views(counts.waiting.astype(np.float64), days)
        self._expected = self._blend()

    def _blend(self) -> Floats:
        waiting, days = self.counts.waiting, self.days
        n = waiting.size
        errors = np.full_like(self._views, np.nan)
        errors[:, days:] = np.abs(self._views[:, : n - days] - waiting[days:])
        known = np.isfinite(errors)
        totals = np.cumsum(np.where(known, errors, 0), axis=1)
        number = np.maximum(np.cumsum(known, axis=1), 1)
        mean = totals / number
        weight = np.where(np.isfinite(self._views), 1 / (mean + 1) ** 2, 0)
        return np.asarray(
            np.nansum(weight * np.nan_to_num(self._views), axis=0) / weight.sum(axis=0)
        )

    def at(self, origins: Ints) -> tuple[Floats, Floats, Floats]:
        """Return expected, low and high, in files, each of the shape of the origins."""
        expected = self._expected[origins]
        spread = np.array([self._spread(origin) for origin in origins.tolist()])
        return expected, expected + spread[:, 0], expected + spread[:, 1]

    def _spread(self, origin: int) -> Floats:
        past = np.arange(origin - self.days, _WARM_UP - 1, -_STEP)
        errors = self.counts.waiting[past + self.days] - self._expected[past]
        return np.asarray(np.quantile(errors, [_LOW, _HIGH]))


def _views(waiting: Floats, days: int) -> Floats:
    """Return (views, days): what each view says at the end of each day, or NaN."""
    n = waiting.size
    total = np.concatenate(([0.0], np.cumsum(waiting)))
    end = np.arange(n) + 1
    begin = np.maximum(end - YEAR, 0)
    mean = (total[end] - total[begin]) / (end - begin)
    season = np.full(n, np.nan)
    first = YEAR - days
    season[first:] = waiting[: n - first]
    change = np.full(n, np.nan)
    change[YEAR:] = waiting[YEAR:] + season[YEAR:] - waiting[: n - YEAR]
    return np.stack([waiting, mean, season, np.maximum(change, 0)])
