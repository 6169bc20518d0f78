"""How many of the files that reached an age were decided at it, and what follows for the others.

A hazard is h(a) = E(a) / N(a): of N files that were still undecided at age a (in days) while we
looked, E were decided that day. Looking only at the last days of the calendar (a window) makes it
the pace of today; files that had waited before the window began enter at the age they had
(left-truncated), files that still wait leave at the age they have (right-censored). So those who
wait count, which no average over decided files can do.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from parvis.engines.forecasting.files import Flags, Floats, Ints

WINDOWS = (30, 91, 182, 365)
"""Days looked back; all of history is one more, and comes last."""
YEAR = WINDOWS.index(365)
ENOUGH_DECISIONS = 200
"""A window with fewer is noise: it is left out. All of history never is."""
_LIKE_LONG, _LIKE_ALL, _LIKE_OLD, _LIKE_STRATUM = 20.0, 30.0, 10.0, 5.0
"""How many files' worth of belief in what lies one step further back: a longer look, all of
history, the files that waited long, the whole stratum."""
_SURELY = 1 - 1e-9


@dataclass(frozen=True, eq=False)
class Sample:
    """Files of one stratum as they were known when a day began, n of each array."""

    received: Ints
    decided: Ints
    """`PENDING` where it was not decided by then."""
    cutoff: int
    ages: int
    """How many ages are told of, from 0."""
    cell: Ints | None = None
    """What each is counted with, from 0; all together where none is given."""
    cells: int = 1

    @cached_property
    def since(self) -> int:
        """Return the day of the first decision.

        Of files that came before it, only those are known that still waited then: a history that
        was begun with the files then open holds no other. So nothing earlier is counted.
        """
        return int(self.decided.min(initial=self.cutoff))

    @property
    def where(self) -> Ints:
        """Return the cell of each."""
        return np.zeros_like(self.received) if self.cell is None else self.cell

    @property
    def left_at(self) -> Ints:
        """Return the age at which each was seen last."""
        return np.minimum(self.decided, self.cutoff - 1) - self.received


@dataclass(frozen=True, slots=True)
class Counts:
    """Whole numbers, so that every figure can be traced: (cells, ages) each."""

    decided: Floats
    at_risk: Floats

    @property
    def of_all(self) -> "Counts":
        """Return the counts of all cells together, as one."""
        return Counts(self.decided.sum(0, keepdims=True), self.at_risk.sum(0, keepdims=True))


def count(sample: Sample, window: int | None) -> Counts:
    """Count files by cell and age, over a window of days before the cut-off; None is ever."""
    left, ages = sample.left_at, sample.ages
    since = sample.since if window is None else max(sample.since, sample.cutoff - window)
    entered = np.maximum(0, since - sample.received)
    looked_at = entered <= left
    key = sample.where[looked_at] * (ages + 1)
    left, entered = key + left[looked_at], key + entered[looked_at]
    done = sample.decided[looked_at] < sample.cutoff
    size, shape = sample.cells * (ages + 1), (sample.cells, ages + 1)
    change = np.bincount(entered, minlength=size) - np.bincount(left + 1, minlength=size)
    at_risk = np.cumsum(change.reshape(shape), axis=1)
    went = np.bincount(left[done], minlength=size).reshape(shape)
    return Counts(went[:, :ages].astype(float), at_risk[:, :ages].astype(float))


@dataclass(frozen=True, slots=True)
class Hazards:
    """The pace of some cells as each window saw it."""

    by_window: Floats
    """(cells, windows, ages): the windows in order, all of history last."""
    used: Flags
    """(windows,): those with enough decisions to be heard."""
    reached: Ints
    """(cells, ages): the files of the last year that were seen at that age or later."""
    decided: Ints
    """(cells, ages): how many of these were decided."""


def hazards(sample: Sample) -> Hazards:
    """Return the hazards of files of one stratum, by cell.

    Each is pulled towards what is better known where its own counts are thin: a cell to its
    stratum, a window to the last year, that to all of history, that to files of at least half the
    age. So the pace goes on past the oldest file ever seen.
    """
    counts = [count(sample, window) for window in (*WINDOWS, None)]
    whole = [one.of_all for one in counts]
    paces = _paces(whole)
    if sample.cell is not None:
        both = zip(counts, paces, strict=True)
        paces = [_pulled(one, to=pace, by=_LIKE_STRATUM) for one, pace in both]
    used = np.array([one.decided.sum() >= ENOUGH_DECISIONS for one in whole])
    used[-1] = True
    by_window = np.minimum(np.stack(paces, axis=1), _SURELY)
    return Hazards(by_window, used, *_seen(sample))


def of_the_last_year(sample: Sample) -> Floats:
    """Return the hazard at each age of all files of a stratum together, (ages,)."""
    year = count(sample, WINDOWS[YEAR])
    hazard: Floats = _pulled(year, to=_of_the_old(year), by=_LIKE_OLD)[0]
    return hazard


def _seen(sample: Sample) -> tuple[Ints, Ints]:
    """Return, by cell and age, the files of the last year seen at that age or later, and how many
    of these were decided: the two counts that a figure is told with."""
    lately = sample.decided >= sample.cutoff - WINDOWS[YEAR]
    key = (sample.where * sample.ages + sample.left_at)[lately]
    done = sample.decided[lately] < sample.cutoff
    both = (
        np.bincount(part, minlength=sample.cells * sample.ages).reshape(sample.cells, sample.ages)
        for part in (key, key[done])
    )
    reached, gone = (np.cumsum(one[:, ::-1], axis=1)[:, ::-1] for one in both)
    return reached, gone


def _paces(counts: list[Counts]) -> list[Floats]:
    """Return each window's hazard for the whole stratum, (1, ages) each."""
    ever, year = counts[-1], counts[YEAR]
    of_all = _pulled(ever, to=_of_the_old(ever), by=_LIKE_OLD)
    long = _pulled(year, to=of_all, by=_LIKE_ALL)
    return [
        *(_pulled(one, to=long, by=_LIKE_LONG) for one in counts[:-1]),
        _pulled(ever, to=long, by=_LIKE_OLD),
    ]


def _pulled(counts: Counts, *, to: Floats, by: float) -> Floats:
    hazard: Floats = (counts.decided + by * to) / (counts.at_risk + by)
    return hazard


def _of_the_old(counts: Counts) -> Floats:
    """Return, for each age, the share decided a day among files of at least half that age.

    For ages that no file has reached: of those of at least half the oldest.
    """
    decided, at_risk = (np.cumsum(one[0, ::-1])[::-1] for one in (counts.decided, counts.at_risk))
    age = np.arange(len(at_risk))
    seen = np.flatnonzero(counts.at_risk[0] > 0)
    oldest = int(seen[-1]) if seen.size else 0
    half = np.minimum(age, oldest) // 2
    hazard: Floats = (decided[half] / np.maximum(at_risk[half], 1))[None]
    return hazard
