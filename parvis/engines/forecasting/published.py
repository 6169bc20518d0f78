"""The date that departments publish: how long most decided files took that were decided lately.

It looks back on files that are finished, so it is the same for a file that came today and for one
that has waited for a year. Kept here to be measured against.
"""

import numpy as np

from parvis.engines.forecasting.files import PENDING, Floats, Ints

LATELY = 182
"""Days: the six months that most departments look back."""


def published(received: Ints, decided: Ints, cutoff: int, shares: tuple[float, ...]) -> Floats:
    """Return the days within which these shares of the files were decided, of those decided lately.

    The fewest whole days that reach the share. Where none was decided lately, of all that ever
    were; where none ever was, NaN.
    """
    done = (decided < cutoff) & (decided < PENDING)
    lately = done & (decided >= cutoff - LATELY)
    counted = lately if lately.any() else done
    if not counted.any():
        return np.full(len(shares), np.nan)
    took = (decided - received)[counted]
    days: Floats = np.quantile(took, shares, method="inverted_cdf").astype(float)
    return days
