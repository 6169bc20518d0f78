"""The range around a forecast: as far out as the same forecast was wrong on earlier days.

Errors are measured between square roots, in which counts vary by about as much at 4,000 files as
at 40, so that a winter's errors do not make a summer's range.
"""

import numpy as np

from parvis.engines.forecasting.backlog_counts import YEAR, Floats, Ints

_OUTSIDE = 0.1
"""The share of outcomes to be left on either side."""
_STEP = 7
"""Days between the past forecasts that are looked at: neighbours are wrong together."""
_HALF_LIFE = 4 * YEAR
_SEASON = 45
_SEASON_COUNTS = 4
"""An error made at this time of an earlier year tells as much as so many others."""
_MIRRORED, _WIDER = 0.5, 0.5
"""Stretches' worth of belief that a forecast errs as readily to the other side; and the part of the
range that one more stretch would add. A few half-years that all went one way tell little."""
_FEW = 5


def range_around(
    expected: Floats, waiting: Ints, origin: int, days: int, first: int
) -> tuple[float, float]:
    """Return low and high, in files, for the forecast made at the end of the day `origin`.

    `expected` is what was forecast `days` ahead at the end of each day; those from the day `first`
    on are judged whose outcome is in `waiting` by the origin.
    """
    past = np.arange(origin - days, first - 1, -_STEP)
    errors = _root(waiting[past + days]) - _root(expected[past])
    age = origin - past
    from_season = np.abs((age + YEAR // 2) % YEAR - YEAR // 2)
    weights = 0.5 ** (age / _HALF_LIFE) * np.where(from_season <= _SEASON, _SEASON_COUNTS, 1)
    # The next error may be larger than all before; the fewer stretches were seen, the sooner.
    stretches = weights.sum() * _STEP / days
    outside = _OUTSIDE * stretches / (stretches + 1)
    errors = (1 + _WIDER / stretches) * np.concatenate((errors, -errors))
    mirrored = weights * _MIRRORED / (stretches + _MIRRORED)
    weights = np.concatenate((weights, mirrored))
    order = np.argsort(errors)
    share = np.cumsum(weights[order]) / weights.sum()
    at = np.minimum(np.searchsorted(share, (outside, 1 - outside)), len(order) - 1)
    below, above = errors[order[at]]
    now = _root(expected[origin])
    low, high = max(now + min(below, 0), 0), now + max(above, 0)
    return float(low**2 - _FEW), float(high**2 - _FEW)


def _root(files: Ints | Floats) -> Floats:
    return np.sqrt(np.asarray(files, dtype=np.float64) + _FEW)
