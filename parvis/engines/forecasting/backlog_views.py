"""Seven simple views of the inventory so many days ahead: what may change, and what may come back.

Each sees, on each day, that day and the ones before it. None is good everywhere; blended by how
good they were (`backlog_blend`) they are.
"""

import numpy as np

from parvis.engines.forecasting.backlog_counts import YEAR, Counts, Floats

_QUARTER = 91
_LONGEST_STAY = 1_000 * YEAR
"""So that where nothing is closed nearly nothing leaves."""
_FEW = 10
"""Files; so that a program of a handful does not seem to grow tenfold."""
_GROWTH = (0.4, 2.5)
"""Bounds on growth from one year to the next: beyond them it is a start or an end, not a trend."""


def views(counts: Counts, days: int) -> Floats:
    """Return what each view says at the end of each day, in files: shape (views, days counted).

    The first is the last value. NaN where a view cannot be had: those of seasons take a year.
    """
    waiting = counts.waiting.astype(np.float64)
    received = counts.received.astype(np.float64)
    stay = _stay(waiting, counts.closed.astype(np.float64))
    leave = np.exp(-1 / stay)
    growth = _growth(received)
    every = np.stack(
        [
            waiting,
            _steady(waiting, _mean(received, YEAR), leave, days),
            _steady(waiting, _mean(received, _QUARTER), leave, days),
            _seasonal(waiting, received, growth, leave, days),
            _in_turn(waiting, received, growth, stay, days),
            _half_the_change(waiting, days),
            _before(waiting, YEAR - days),
        ]
    )
    return np.maximum(every, 0)


def _steady(waiting: Floats, received: Floats, leave: Floats, days: int) -> Floats:
    """As many come as lately, and each file that waits is as likely to leave as lately."""
    kept = leave**days
    return np.asarray(waiting * kept + received * np.sqrt(leave) * (1 - kept) / (1 - leave))


def _seasonal(
    waiting: Floats, received: Floats, growth: Floats, leave: Floats, days: int
) -> Floats:
    """The same, but as many come as a year before on each day, grown as the year has."""
    there = waiting
    for ahead in range(1, days + 1):
        # Who comes during a day is there for half of it.
        there = there * leave + _before(received, YEAR - ahead) * growth * np.sqrt(leave)
    return there


def _in_turn(waiting: Floats, received: Floats, growth: Floats, stay: Floats, days: int) -> Floats:
    """Files leave in turn after their usual stay, so that those of the last `stay` days are left.

    What is there today beyond that, or short of it, wears off over a stay.
    """
    total = np.concatenate(([0.0], np.cumsum(received)))
    today = np.arange(waiting.size) + 1
    usual = np.rint(stay).astype(np.int64)
    here = total[today] - total[np.maximum(today - usual, 0)]
    first = today + days - usual
    of_those_here = total[today] - total[np.clip(first, 0, today)]
    year = np.maximum(today - YEAR, 0)
    later = total[year + days] - total[year + np.clip(first - today, 0, days)]
    left = of_those_here + later * growth + (waiting - here) * np.exp(-days / stay)
    left[: YEAR - 1] = np.nan
    return np.asarray(left)


def _half_the_change(waiting: Floats, days: int) -> Floats:
    """Half of what changed at this time of the year, in the last two, is added to today.

    Half, because no year repeats the one before it wholly.
    """
    change = _before(waiting, YEAR - days) - _before(waiting, YEAR)
    again = _before(waiting, 2 * YEAR - days) - _before(waiting, 2 * YEAR)
    return waiting + np.where(np.isnan(again), change, (change + again) / 2) / 2


def _stay(waiting: Floats, closed: Floats) -> Floats:
    """Days that a file waits, by Little's law over the last year."""
    out = np.maximum(_mean(closed, YEAR), 1 / _LONGEST_STAY)
    return np.clip(_mean(waiting, YEAR) / out, 1, _LONGEST_STAY)


def _growth(received: Floats) -> Floats:
    """How many came in the last year to one in the year before; 1 until there are two years."""
    year = _mean(received, YEAR) * YEAR
    growth = np.clip((year + _FEW) / (_before(year, YEAR) + _FEW), *_GROWTH)
    growth[: 2 * YEAR - 1] = 1
    return np.asarray(growth)


def _mean(series: Floats, over: int) -> Floats:
    """Mean of the last so many days, at the end of each day; of fewer where there are fewer."""
    total = np.concatenate(([0.0], np.cumsum(series)))
    end = np.arange(series.size) + 1
    begin = np.maximum(end - over, 0)
    return np.asarray((total[end] - total[begin]) / (end - begin))


def _before(series: Floats, days: int) -> Floats:
    """What the series was so many days before each day; NaN where that is before the first."""
    shifted = np.full(series.size, np.nan)
    shifted[days:] = series[: max(series.size - days, 0)]
    return shifted
