"""Days and months as whole numbers: day 0 and month 0 begin with 1970."""

import numpy as np

from parvis.engines.forecasting.files import Ints


def month_of(day: int) -> int:
    """Return the month that a day is in."""
    return int(np.datetime64(day, "D").astype("datetime64[M]").astype(np.int64))


def first_of(months: Ints) -> Ints:
    """Return the first day of each month."""
    days: Ints = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return days


def firsts_before(day: int, months: int) -> Ints:
    """Return the first days of months that lie before a day, so many of them, oldest first."""
    last = month_of(day - 1)
    return first_of(np.arange(last - months + 1, last + 1))
