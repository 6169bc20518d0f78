"""How much work lay ahead of each file when it came, in days of the department's own pace."""

import numpy as np

from parvis.engines.forecasting.files import PENDING, Floats, Ints

YEAR = 365
CLASSES = 4
"""Quarters of the files by their load: each has its own pace."""


def loads(received: Ints, decided: Ints, days: Ints) -> Floats:
    """Return the load that a file of one stratum met that came on each of these days.

    The files that waited when the day began and one more, divided by the decisions a day over the
    year before. Each day's load is made of what was known when it began.
    """
    came = np.sort(received[received < PENDING])
    went = np.sort(decided[decided < PENDING])
    waiting = np.searchsorted(came, days) - np.searchsorted(went, days)
    done = np.searchsorted(went, days) - np.searchsorted(went, days - YEAR)
    return (waiting + 1) / np.maximum(done / YEAR, 1 / YEAR)


def edges(load: Floats) -> Floats:
    """Return the loads that part the files in quarters, three of them."""
    return np.quantile(load, np.arange(1, CLASSES) / CLASSES)
