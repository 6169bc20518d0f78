"""How often dates were kept, and how far they were off."""

from dataclasses import dataclass

import numpy as np

from parvis.engines.forecasting.files import PENDING, Floats, Ints

SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Score:
    """How good the dates of some files were, of those decided by now."""

    n: int
    coverage80: float
    """The share, from 0 to 100, decided by the date that 80 of 100 should be decided by."""
    mad: float
    """How far that share is from 80, in the mean of the cut-offs: |share - 80|."""
    pinball80: float
    """The mean pinball loss of that date, in days: what it is late by costs four times what it is
    early by, so that the best date is the one that four in five are decided by."""
    mae50: float
    """How far the date is off, in days, that half should be decided by."""


def score(took: Floats, cutoff: Ints, p50: Floats, p80: Floats) -> Score | None:
    """Return the score of n dates; None where none can be scored.

    `took` is NaN (or `PENDING`) for files that still wait, and dates are NaN where none was told:
    neither is scored.
    """
    known = np.isfinite(took) & (took < PENDING) & np.isfinite(p80) & np.isfinite(p50)
    if not known.any():
        return None
    took, cutoff, p50, p80 = took[known], cutoff[known], p50[known], p80[known]
    kept = took <= p80
    _, month = np.unique(cutoff, return_inverse=True)
    by_month = np.bincount(month, kept) / np.bincount(month)
    late = took - p80
    return Score(
        n=len(took),
        coverage80=float(100 * kept.mean()),
        mad=float(100 * np.abs(by_month - SHARE).mean()),
        pinball80=float(np.where(late > 0, SHARE * late, (SHARE - 1) * late).mean()),
        mae50=float(np.abs(took - p50).mean()),
    )
