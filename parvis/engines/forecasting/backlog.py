"""How many files will be waiting 30, 91 and 182 days from now, and how good that was before."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from parvis.engines.forecasting.backlog_counts import YEAR, Counts, Floats, Ints
from parvis.engines.forecasting.backlog_path import Path, days_needed

HORIZONS = (30, 91, 182)
"""Days: a month, a quarter and half a year, in whole days and nearly whole weeks."""


class HistoryTooShort(ValueError):
    """There are fewer days of counts than a forecast so far ahead can be made and judged from."""

    def __init__(self, *, has: int, needs: int) -> None:
        super().__init__(f"The counts cover {has} days; this takes at least {needs}.")
        self.has = has
        self.needs = needs


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many files are expected to be waiting so many days after the last; in 8 of 10 cases
    between low and high."""

    days: int
    expected: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Record:
    """How far past forecasts were from what came, in files, against two simple ones.

    The last value says that nothing changes; the seasonal naive says what was waiting 365 days
    before the day in question. `inside` is the share of outcomes between low and high.
    """

    days: int
    scored: int
    error: float
    last_value_error: float
    seasonal_error: float
    inside: float


def forecast(
    received: ArrayLike,
    closed: ArrayLike,
    *,
    waiting: int,
    horizons: Sequence[int] = HORIZONS,
) -> tuple[Outlook, ...]:
    """Forecast the inventory at each horizon, in files, with a range that holds 8 of 10 outcomes.

    `received` and `closed` are files a day, oldest first, the same days; `waiting` is the number
    of open files at the end of the last of them. Raises HistoryTooShort, and ValueError where the
    counts cannot be true.
    """
    counts = _counts(received, closed, waiting, horizons, more=0)
    origin = np.array([counts.days - 1])
    found = []
    for days in horizons:
        expected, low, high = _whole(Path(counts, days), origin)
        found.append(Outlook(days, int(expected[0]), int(low[0]), int(high[0])))
    return tuple(found)


def track_record(  # noqa: PLR0913 - the counts, and which past days to forecast from
    received: ArrayLike,
    closed: ArrayLike,
    *,
    waiting: int,
    every: int = 7,
    since: int = 0,
    horizons: Sequence[int] = HORIZONS,
) -> tuple[Record, ...]:
    """Make every past forecast again from what was known on its day, and score it.

    Arguments are those of `forecast`; a forecast is made at the end of every so many days from the
    day numbered `since` on (the first is 0) whose outcome is known, and for which 365 days before
    its outcome are counted too, so that all three are scored on the same days.
    """
    if every < 1:
        raise ValueError(f"A forecast every {every} days cannot be: every is 1 or more.")
    counts = _counts(received, closed, waiting, horizons, more=1)
    return tuple(_record(Path(counts, days), every, since) for days in horizons)


def _record(path: Path, every: int, since: int) -> Record:
    waiting, days = path.counts.waiting, path.days
    first = max(days_needed(days) - 1, YEAR - days)
    origins = np.arange(first, len(waiting) - days)[::-1][::every]
    origins = origins[origins >= since]
    if not origins.size:
        raise HistoryTooShort(has=len(waiting), needs=max(first, since) + days + 1)
    came = waiting[origins + days]
    expected, low, high = _whole(path, origins)
    return Record(
        days=days,
        scored=origins.size,
        error=_mean_error(expected, came),
        last_value_error=_mean_error(waiting[origins], came),
        seasonal_error=_mean_error(waiting[origins + days - YEAR], came),
        inside=float(np.mean((low <= came) & (came <= high))),
    )


def _whole(path: Path, origins: Ints) -> tuple[Ints, Ints, Ints]:
    """Return expected, low and high in whole files, none below zero, in this order."""
    expected, low, high = (
        np.maximum(np.rint(part), 0).astype(np.int64) for part in path.at(origins)
    )
    return expected, np.minimum(low, expected), np.maximum(high, expected)


def _mean_error(told: Ints | Floats, came: Ints) -> float:
    return float(np.abs(told - came).mean())


def _counts(
    received: ArrayLike, closed: ArrayLike, waiting: int, horizons: Sequence[int], *, more: int
) -> Counts:
    if not horizons or min(horizons) < 1 or max(horizons) > YEAR:
        raise ValueError(f"A horizon is 1 to {YEAR} days; these are {tuple(horizons)}.")
    counts = Counts.of(received, closed, waiting=waiting)
    longest = max(horizons)
    needs = days_needed(longest)
    if more:
        needs = max(needs, YEAR - longest + 1) + longest
    if counts.days < needs:
        raise HistoryTooShort(has=counts.days, needs=needs)
    return counts
