"""How soon the alarm noticed that a program had slowed down, told in hindsight, and how often not.

A break is found in hindsight: it begins on the first of 30 days in which less than half was decided
of what was to be expected (and that was at least 30), and lasts until 30 days bring four fifths of
it. An alarm is for nothing where no 30 days that hold its eve brought less than two thirds.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from parvis.engines.forecasting.alarm import QUIET, Pace, alarms, is_on, pace
from parvis.engines.forecasting.files import Files, Floats, Ints, files_of

_WINDOW, _LEAST = 30, 30
_BROKEN, _HEALED, _SLOW = 0.5, 0.8, 2 / 3
_YEAR = 365
SEEDS = 20
_YEARS, _BREAK = 8, 5


@dataclass(frozen=True, slots=True)
class Noticed:
    """What the alarm did over some years of one program."""

    years: float
    lags: tuple[int | None, ...]
    """For each break, the days until an alarm was on, 0 where one was; None where none came."""
    for_nothing: int

    @property
    def in_time(self) -> int:
        """How many breaks were noticed within thirty days."""
        return sum(lag is not None and lag <= _WINDOW for lag in self.lags)


def noticed(files: Files, first: int, since: int, until: int) -> Noticed:
    """Return what the alarm did from `since` until before `until`, having looked on from `first`.

    All files as one stratum.
    """
    seen = pace(files.received, files.decided, first, until)
    raised = alarms(seen)
    ratio, breaks = _breaks(seen)
    lags = []
    for begins, ends in breaks:
        if begins < since:
            continue
        # One that is raised again each `QUIET` days is on all the time.
        days = range(begins, ends + _WINDOW)
        lags.append(next((day - begins for day in days if is_on(raised, day)), None))
    eves = np.array([day - 1 - first for day in raised if day >= since], dtype=np.int64)
    nothing = [eve for eve in eves if ratio[max(0, eve - _WINDOW + 1) : eve + 1].min() >= _SLOW]
    return Noticed((until - since) / _YEAR, tuple(lags), len(nothing))


def _breaks(seen: Pace) -> tuple[Floats, list[tuple[int, int]]]:
    """Return the share decided of what was expected in the 30 days from each, and the breaks."""
    done, would = (
        np.convolve(days, np.ones(_WINDOW), "valid") for days in (seen.decided, seen.expected)
    )
    ratio: Floats = np.divide(done, would, out=np.ones_like(done), where=would >= _LEAST)
    found, day = [], 0
    while day < len(ratio):
        if ratio[day] < _BROKEN:
            healed = np.flatnonzero(ratio[day:] >= _HEALED)
            ends = day + int(healed[0]) if healed.size else len(ratio)
            found.append((seen.since + day, seen.since + ends))
            day = ends
        day += 1
    return ratio, found


def simulated(a_day: int, *, uneven: float = 0.0) -> Iterator[Noticed]:
    """Yield what the alarm did in made-up programs that are halved in their pace after five years.

    So many files come a day and wait 40 days, two steps in the mean, on working days only. The work
    that is done in a week varies by the share `uneven`.
    """
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        days = _YEARS * _YEAR
        received = np.sort(rng.integers(0, days, a_day * days))
        work = np.repeat(_weekly(rng, days + 2 * _YEAR, uneven), 7) * _working(days + 2 * _YEAR)
        work[_BREAK * _YEAR :] /= 2
        done = np.cumsum(work)
        left = rng.gamma(2, 20, len(received))
        decided = np.searchsorted(done, done[received] + left)
        files = files_of(received, np.maximum(decided, received))
        broken = _BREAK * _YEAR
        raised = alarms(pace(files.received, files.decided, _YEAR, broken + 2 * QUIET))
        lag = next(
            (day - broken for day in range(broken, broken + 2 * QUIET) if is_on(raised, day)), None
        )
        before = sum(day <= broken for day in raised)
        yield Noticed(_BREAK - 1.0, (lag,), before)


def _weekly(rng: np.random.Generator, days: int, uneven: float) -> Floats:
    weeks = days // 7 + 1
    return rng.gamma(uneven**-2, uneven**2, weeks) if uneven else np.ones(weeks)


def _working(days: int) -> Ints:
    week = np.array([7, 7, 7, 7, 7, 0, 0]) / 5
    return np.tile(week, days // 7 + 1)
