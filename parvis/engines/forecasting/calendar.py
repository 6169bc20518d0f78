"""Days and months as whole numbers: day 0 and month 0 begin with 1970."""

from datetime import date, timedelta

import numpy as np

from parvis.engines.forecasting.files import Ints

_EPOCH = date(1970, 1, 1)


def day_number(on: date) -> int:
    """Return a day as arrays count it, from 1 January 1970."""
    return (on - _EPOCH).days


def day_of_number(number: int) -> date:
    """Return the day with this number."""
    return _EPOCH + timedelta(days=number)


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
