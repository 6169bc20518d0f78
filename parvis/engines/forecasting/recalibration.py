"""Where dates were kept too seldom or too often, ask the figures for another likelihood.

Each past promise has a chance: how likely the file was said to be decided before it was. Were all
dates true these would be spread evenly. How they are spread in fact (Kaplan-Meier, since some wait
still) says which likelihood to ask for, to get the one that is wanted.
"""

from collections.abc import Sequence

import numpy as np

from parvis.engines.forecasting.files import Flags, Floats, Ints
from parvis.engines.forecasting.outlook import Outlook

_GRID = 1_000
_BELIEF, _PSEUDO = 60.0, 99
"""That dates are true is believed as if so many files had shown it, spread evenly."""


def recalibrated(
    past: Sequence[Outlook], received: Ints, decided: Ints, now: int, shares: tuple[float, ...]
) -> tuple[float, ...]:
    """Return, for each likelihood, the one to ask for, from what became of past outlooks."""
    told = [one for one in past if len(one.file)]
    if not told:
        return shares
    both = [one.chances(received, decided, now) for one in told]
    chance = np.concatenate([one for one, _ in both])
    done = np.concatenate([one for _, one in both])
    files = len(np.unique(np.concatenate([one.file for one in told])))
    spread = _spread(chance, done, belief=_BELIEF * len(chance) / files)
    asked = np.searchsorted(spread, np.asarray(shares) - 1e-12) + 1
    return tuple(min(one, _GRID - 1) / _GRID for one in asked.tolist())


def _spread(chance: Floats, done: Flags, belief: float) -> Floats:
    """Return the share of chances at most 1/1000, 2/1000 … 1001/1000.

    A file is promised to again each month: the belief is so many files' worth, not promises'.
    """
    pseudo = np.arange(1, _PSEUDO + 1) / (_PSEUDO + 1)
    place = (np.concatenate([chance, pseudo]) * _GRID).astype(np.int64)
    weight = np.concatenate([np.ones(len(chance)), np.full(_PSEUDO, belief / _PSEUDO)])
    event = np.concatenate([done, np.ones(_PSEUDO, bool)])
    went, there = (
        np.bincount(np.minimum(place, _GRID), one, minlength=_GRID + 1)
        for one in (weight * event, weight)
    )
    at_risk = np.cumsum(there[::-1])[::-1]
    left = np.cumprod(1 - np.divide(went, at_risk, out=np.zeros(_GRID + 1), where=at_risk > 0))
    return 1 - left
