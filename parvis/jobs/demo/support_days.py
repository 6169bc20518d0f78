"""How much comes to each line of the demo's support centre on which day, at a scale.

The year's numbers are kept to the unit: a day's are drawn so that they add up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from parvis.jobs.demo import support_published as published
from parvis.jobs.demo.lines import CRISES
from parvis.jobs.demo.support_published import (
    AFGHANISTAN,
    GENERAL,
    NEWEST,
    PARLIAMENTARY,
    UKRAINE,
    Year,
)

_DAY = timedelta(days=1)
_OPENED = {one.code: one.since.date() for one in CRISES}
AFTER_DAYS = 31
"""So far into the year that goes on, as the one before: what is answered later came before."""
_QUIET = 0.05
"""What comes to the centre on a day on which it is closed, by mail; unverified."""


@dataclass(frozen=True, slots=True)
class Part:
    """What comes to a line in some days: of calls those answered, of what is written all."""

    line: str
    days: NDArray[np.datetime64]
    calls: NDArray[np.int64]
    answered: NDArray[np.int64]
    written: NDArray[np.int64]


def parts(scale: float, rng: Generator) -> Iterator[Part]:
    """Yield what comes to each line, in each year and in the weeks after them."""
    newest = _newest(scale, rng)
    opened = newest.days < np.datetime64(date(2024, 1, 1))
    for number, year in published.YEARS.items():
        first, last = date(number, 1, 1), date(number, 12, 31)
        theirs = (0, 0)
        if number == max(published.YEARS):
            theirs = int(newest.calls[opened].sum()), int(newest.answered[opened].sum())
        yield from _year(year, scale, _days(first, last), rng, theirs)
    yield newest
    # The year goes on as the last one did.
    last_year = max(published.YEARS)
    days = _days(date(last_year + 1, 1, 1), date(last_year + 1, 1, 1) + AFTER_DAYS * _DAY)
    share = _busy(days).sum() / _busy(_days(date(last_year, 1, 1), date(last_year, 12, 31))).sum()
    yield from _year(published.YEARS[last_year], scale * float(share), days, rng, (0, 0))


def _newest(scale: float, rng: Generator) -> Part:
    days = _days(published.NEWEST_OPENED_ON, published.NEWEST_COUNTED_ON)
    answered = round(scale * published.NEWEST_ANSWERED)
    offered = round(answered / published.CRISIS_RATE)
    even = np.ones(len(days))
    taken, others = _drawn(answered, even, rng), _drawn(offered - answered, even, rng)
    return Part(NEWEST, days, taken + others, taken, np.zeros_like(taken))


def _year(
    year: Year,
    scale: float,
    days: NDArray[np.datetime64],
    rng: Generator,
    elsewhere: tuple[int, int],
) -> Iterator[Part]:
    """Yield a year's lines; what came to the newest one `elsewhere` is no more to be drawn."""
    offered, answered = round(scale * year.calls_offered), round(scale * year.calls_answered)
    written = round(scale * year.answered) - answered
    calls = {
        line: (round(scale * some), rate)
        for line, some, rate in (
            (PARLIAMENTARY, published.PARLIAMENTARY_CALLS, published.PARLIAMENTARY_RATE),
            (AFGHANISTAN, published.CRISIS_CALLS[AFGHANISTAN], published.CRISIS_RATE),
            (UKRAINE, published.CRISIS_CALLS[UKRAINE], published.CRISIS_RATE),
        )
    }
    mails = {
        PARLIAMENTARY: round(scale * year.parliamentary),
        **{line: round(scale * some) for line, some in published.CRISIS_WRITTEN.items()},
    }
    numbers = {
        line: (round(some / rate), some, mails[line]) for line, (some, rate) in calls.items()
    }
    numbers[GENERAL] = (
        max(0, offered - elsewhere[0] - sum(one[0] for one in numbers.values())),
        max(0, answered - elsewhere[1] - sum(one[1] for one in numbers.values())),
        max(0, written - sum(one[2] for one in numbers.values())),
    )
    busy = _busy(days)
    open_ = np.where(busy == 1, 1.0, 0.0)
    for line, (came, taken, some) in numbers.items():
        there = days >= np.datetime64(_OPENED.get(line, date.min))
        good = _drawn(taken, open_ * there, rng)
        yield Part(
            line,
            days,
            good + _drawn(max(0, came - taken), open_ * there, rng),
            good,
            _drawn(some, busy * there, rng),
        )


def _drawn(count: int, weights: NDArray[np.float64], rng: Generator) -> NDArray[np.int64]:
    return rng.multinomial(count, weights / weights.sum())


def _busy(days: NDArray[np.datetime64]) -> NDArray[np.float64]:
    """Return how much comes on each day: one where the centre is open."""
    return np.where(np.is_busday(days), 1.0, _QUIET)


def _days(first: date, last: date) -> NDArray[np.datetime64]:
    return np.arange(np.datetime64(first), np.datetime64(last + _DAY))
