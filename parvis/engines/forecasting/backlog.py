"""How many files will be waiting 30, 91 and 182 days from now, and how good that was before.

It needs nothing but the files received and closed on each day. docs/backlog.md explains it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from parvis.engines.forecasting.backlog_blend import Blend, days_needed
from parvis.engines.forecasting.backlog_counts import YEAR, Counts, Ints

HORIZONS = (30, 91, 182)
"""Days: a month, a quarter and half a year."""


class HistoryTooShort(ValueError):
    """There are fewer days of counts than a forecast so far ahead can be made and judged from."""

    def __init__(self, *, has: int, needs: int) -> None:
        super().__init__(f"The counts cover {has} days; this takes at least {needs}.")
        self.has = has
        self.needs = needs


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many files will be waiting so many days after the last: the middle, and a range.

    Of ten outcomes eight are meant to lie from low to high.
    """

    days: int
    expected: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Record:
    """How far past forecasts were from what came: mean absolute errors, in files, on the same days.

    The last value says that nothing changes; the seasonal naive says what was waiting 365 days
    before the day in question; the seasonal change adds to today what changed a year before.
    """

    days: int
    scored: int
    error: float
    last_value_error: float
    seasonal_error: float
    seasonal_change_error: float
    inside: float
    """The share of outcomes from low to high, 0 to 1; it should be 0.8."""


def forecast(
    received: ArrayLike,
    closed: ArrayLike,
    *,
    waiting: int,
    horizons: Sequence[int] = HORIZONS,
) -> tuple[Outlook, ...]:
    """Forecast the inventory at each horizon, in days after the last that is counted.

    `received` and `closed` are files a day, of the same days, oldest first: shape (days,).
    `waiting` is the number of open files at the end of the last. Raises HistoryTooShort, and
    ValueError where the counts cannot be true.
    """
    counts = _checked(received, closed, waiting, horizons)
    needs = days_needed(max(horizons))
    if counts.days < needs:
        raise HistoryTooShort(has=counts.days, needs=needs)
    last = np.array([counts.days - 1])
    return tuple(
        Outlook(days, *(int(part.item()) for part in _whole(Blend(counts, days), last)))
        for days in horizons
    )


def track_record(  # noqa: PLR0913 - the counts, and which past days to forecast from
    received: ArrayLike,
    closed: ArrayLike,
    *,
    waiting: int,
    every: int = 7,
    since: int = 0,
    horizons: Sequence[int] = HORIZONS,
) -> tuple[Record, ...]:
    """Make past forecasts again, each from what was known on its day, and score them.

    Counts and errors are those of `forecast`. There is a forecast from the end of every so many
    days, back from the last whose outcome is known to the day numbered `since` (the first is 0);
    none is older than a year of counts, which the seasonal naive takes.
    """
    if every < 1:
        raise ValueError(f"A forecast every {every} days cannot be: `every` is 1 or more.")
    counts = _checked(received, closed, waiting, horizons)
    needs = max(_first_scored(max(horizons)), since) + max(horizons) + 1
    if counts.days < needs:
        raise HistoryTooShort(has=counts.days, needs=needs)
    return tuple(_record(counts, days, every, since) for days in horizons)


def _record(counts: Counts, days: int, every: int, since: int) -> Record:
    waiting = counts.waiting
    first = max(_first_scored(days), since)
    origins = np.arange(counts.days - 1 - days, first - 1, -every)
    came, now = waiting[origins + days], waiting[origins]
    a_year_before = waiting[origins + days - YEAR]
    expected, low, high = _whole(Blend(counts, days), origins)
    return Record(
        days=days,
        scored=origins.size,
        error=_mean_error(expected, came),
        last_value_error=_mean_error(now, came),
        seasonal_error=_mean_error(a_year_before, came),
        seasonal_change_error=_mean_error(now + a_year_before - waiting[origins - YEAR], came),
        inside=float(np.mean((low <= came) & (came <= high))),
    )


def _first_scored(days: int) -> int:
    return max(days_needed(days) - 1, YEAR)


def _whole(blend: Blend, origins: Ints) -> tuple[Ints, Ints, Ints]:
    """Return expected, low and high in whole files, none below zero, the first between the others.

    Each is of the shape of the origins.
    """
    expected, low, high = (np.rint(np.maximum(part, 0)) for part in blend.at(origins))
    low, high = np.minimum(low, expected), np.maximum(high, expected)
    return expected.astype(np.int64), low.astype(np.int64), high.astype(np.int64)


def _mean_error(told: Ints, came: Ints) -> float:
    return float(np.abs(told - came).mean())


def _checked(
    received: ArrayLike, closed: ArrayLike, waiting: int, horizons: Sequence[int]
) -> Counts:
    if not horizons or min(horizons) < 1 or max(horizons) > YEAR:
        raise ValueError(f"A horizon is 1 to {YEAR} days; these are {tuple(horizons)}.")
    return Counts.of(received, closed, waiting=waiting)
