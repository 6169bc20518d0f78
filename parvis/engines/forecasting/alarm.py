"""Notice soon that a program decides less than its files let expect, so that dates are less sure.

Each day O files are decided, and X would be, were each that waits decided as readily as files of
its age were over the year before. Where O falls behind X, by more than the program's own ups and
downs, evidence grows that the pace is a fraction of what it was: Shiryaev and Roberts' statistic,
which is compared with the days that may pass between two false alarms. A program that goes faster
raises none: its clients are told dates that are too late, and nobody waits in vain.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import exp, log

import numpy as np

from parvis.engines.forecasting.calendar import first_of, month_of
from parvis.engines.forecasting.files import PENDING, Floats, Ints
from parvis.engines.forecasting.hazards import Sample, of_the_last_year

QUIET = 60
"""Days that an alarm lasts. If the pace is no better then, it is raised again."""
LOOKED_BACK = 730
"""Days over which a program's own ups and downs are measured."""
_BETWEEN = 90.0
"""Days that pass between two alarms for nothing, at the least and on average, where the numbers
scatter as they did; several times as many in fact, since no one day may tell much."""
_FRACTIONS = (0.4, 0.6, 0.8)
"""The paces looked for, against the usual one; each as likely as the others."""
_YEAR, _WEEK = 365, 7
_WEEKS = LOOKED_BACK // _WEEK
_ENOUGH_WEEKS = 8
_BELIEF = 10.0
"""How many decisions' worth of belief that a weekday is as good as another."""
_LEAST_SPREAD = 1.5
_MIDDLE = 0.455
"""The median of a squared deviation, measured in its own variance (chi-squared, one degree)."""
_MOST = 0.4
"""No one day's evidence counts for more than this power of e: a few days of holidays are no break,
and a full stop is noticed within two weeks."""


@dataclass(frozen=True, eq=False)
class Pace:
    """What was decided on each day, and what would have been at the pace of the year before."""

    since: int
    """The first of the days."""
    decided: Floats
    expected: Floats


def pace(received: Ints, decided: Ints, since: int, until: int) -> Pace:
    """Return the pace of one stratum on the days from `since` until before `until`.

    The usual pace is measured on the first of each month, by what was known then.
    """
    seen, expected = np.zeros(until - since), np.zeros(until - since)
    for first, end in _months(since, until):
        lately = (received < first) & (decided >= first - _YEAR)
        came = received[lately]
        went = np.where(decided[lately] < first, decided[lately], PENDING)
        usual = of_the_last_year(Sample(came, went, first, end - int(came.min(initial=first))))
        there = (received < end) & (decided >= max(first, since))
        came, went = received[there], decided[there]
        for day in range(max(first, since), end):
            waiting = (came <= day) & (went >= day)
            expected[day - since] = usual[day - came[waiting]].sum()
            seen[day - since] = np.count_nonzero(went == day)
    return Pace(since, seen, expected)


def alarms(pace: Pace) -> list[int]:
    """Return the days on which an alarm was raised, by what was known when each began."""
    raised: list[int] = []
    evidence = [0.0] * len(_FRACTIONS)
    spread, pace = _spread(pace), _by_weekday(pace)
    for number, (seen, expected) in enumerate(
        zip(pace.decided.tolist(), pace.expected.tolist(), strict=True)
    ):
        tomorrow, wide = pace.since + number + 1, spread[number // _WEEK]
        if wide is None or is_on(raised, tomorrow - 1):
            continue
        # A day on which nothing is expected tells nothing, and does not count as one.
        day = min(1.0, expected)
        evidence = [
            (day + one) * exp(min(_MOST, (seen * log(of) + (1 - of) * expected) / wide))
            for one, of in zip(evidence, _FRACTIONS, strict=True)
        ]
        if sum(evidence) / len(evidence) > _BETWEEN:
            raised.append(tomorrow)
            evidence = [0.0] * len(_FRACTIONS)
    return raised


def is_on(raised: list[int], day: int) -> bool:
    """Return whether an alarm is on when a day begins, of those raised on these days, in order."""
    last = next((one for one in reversed(raised) if one <= day), None)
    return last is not None and day < last + QUIET


def _months(since: int, until: int) -> list[tuple[int, int]]:
    """Return the months that days lie in: the first day, and the end of what is asked of it."""
    firsts = first_of(np.arange(month_of(since), month_of(until - 1) + 2)).tolist()
    return [(one, min(end, until)) for one, end in pairwise(firsts)]


def _weeks(days: Floats) -> Floats:
    """Return days by the week, (weeks, 7); the last week is filled up with nothing."""
    return np.pad(days, (0, -len(days) % _WEEK)).reshape(-1, _WEEK)


def _by_weekday(pace: Pace) -> Pace:
    """Return what is expected with each weekday's share of it, as it was in the weeks before."""
    seen, expected = (_weeks(days) for days in (pace.decided, pace.expected))
    shared = expected.copy()
    for week in range(1, len(expected)):
        before = slice(max(0, week - _WEEKS), week)
        went, would = seen[before].sum(axis=0), expected[before].sum(axis=0)
        would *= went.sum() / max(would.sum(), 1.0)
        shared[week] *= (went + _BELIEF) / (would + _BELIEF)
    return Pace(pace.since, pace.decided, shared.ravel()[: len(pace.expected)])


def _spread(pace: Pace) -> list[float | None]:
    """Return for each week how much more its numbers scatter than chance alone would let them.

    By the weeks before it; None while these are too few. The median, so that a past slump does not
    count as a habit. Weeks, since a department that rests on Sundays is not unsteady.
    """
    seen, expected = (_weeks(days).sum(axis=1) for days in (pace.decided, pace.expected))
    off = np.divide((seen - expected) ** 2, expected, out=np.zeros_like(seen), where=expected > 0)
    return [
        max(_LEAST_SPREAD, float(np.median(off[max(0, week - _WEEKS) : week])) / _MIDDLE)
        if week >= _ENOUGH_WEEKS
        else None
        for week in range(len(off))
    ]
