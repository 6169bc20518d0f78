"""Forecast the files of a stratum at a cut-off.

Files are read by their age, and by what they have reached where that is known. By the load that
they met, too, where that would have told better dates over the last three years. And where dates
were kept more seldom or more often than they said, likelihoods are set right.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from parvis.engines.forecasting.calendar import firsts_before
from parvis.engines.forecasting.files import Floats, Ints, Touches
from parvis.engines.forecasting.outlook import Outlook
from parvis.engines.forecasting.recalibration import recalibrated
from parvis.engines.forecasting.snapshot import Snapshot, Task, Way

NEW_DAYS = 30
"""Files are new that come in so many days from the cut-off."""
_NEW_BEFORE = 28
"""Of past months, those that came in so many days: all of them before the next month began."""
PROMISES = 36
"""Months of past dates that a way is judged by, and likelihoods are set right by."""
_SLOWNESS, _LATELY = 12, 365
"""Likelihoods are set right only where past dates go back so many times as long as 8 of 10 files
took lately: before that only the quick ones have come in, and they mislead."""
_SEASONS = 12
"""And only by so many months of them, since a part of a year does not stand for the whole."""
_SHARE = 0.8
_NO_FILES = np.zeros(0, np.int64)


class Setting(NamedTuple):
    """What past dates teach: how to read files, and which likelihoods to ask for."""

    way: Way
    asked: tuple[float, ...]
    """In the place of those that are wanted."""


class Forecaster:
    """The files of one stratum, in the order of their receipt.

    It may hold what was not known yet at a cut-off: a snapshot reads files as they were known, and
    past dates are judged by what had become of them by then. It remembers as many `months` as one
    walk through the cut-offs needs; None, where strata walk through them one after the other.
    """

    def __init__(
        self,
        received: Ints,
        decided: Ints,
        touches: Touches | None = None,
        *,
        months: int | None = PROMISES + 2,
    ) -> None:
        self.received, self.decided, self.touches = received, decided, touches
        self._snapshot = lru_cache(maxsize=months)(self._made)
        self._past_outlook = lru_cache(maxsize=months and 4 * months)(self._told_before)
        self._best = lru_cache(maxsize=months)(self._best_way)
        self._ways = [Way(by_load, by_stage=touches is not None) for by_load in (False, True)]

    def outlook(self, cutoff: int, task: Task, way: Way) -> Outlook | None:
        """Return what could be told of a task's files; None before anything was decided."""
        snapshot = self._snapshot(cutoff)
        if not snapshot.decided_any:
            return None
        return snapshot.outlook(task, way, self._coming(cutoff, NEW_DAYS))

    def setting(self, cutoff: int, task: Task, wanted: tuple[float, ...]) -> Setting:
        """Return what past dates teach at a cut-off, for dates that come true so often.

        It costs three years of snapshots, and holds for some weeks.
        """
        way, snapshot = self._best(cutoff, task), self._snapshot(cutoff)
        past = self._past(cutoff, task, way)
        if snapshot.batches is not None or len(past) < _SEASONS:
            return Setting(way, wanted)
        if cutoff - past[0].cutoff < _SLOWNESS * snapshot.usual(_SHARE, _LATELY):
            return Setting(way, wanted)
        return Setting(way, recalibrated(past, self.received, self.decided, cutoff, wanted))

    def losses(self, cutoff: int, task: Task) -> tuple[Ints, Floats]:
        """Return what past dates cost, in days, as of a cut-off: a file and its loss a date."""
        return self._losses(cutoff, task, self._best(cutoff, task))

    def _best_way(self, cutoff: int, task: Task) -> Way:
        if self._snapshot(cutoff).batches is not None:
            return self._ways[0]
        return min(self._ways, key=lambda way: self._mean_loss(cutoff, task, way))

    def _mean_loss(self, cutoff: int, task: Task, way: Way) -> float:
        _, lost = self._losses(cutoff, task, way)
        return float(lost.mean()) if len(lost) else 0.0

    def _losses(self, cutoff: int, task: Task, way: Way) -> tuple[Ints, Floats]:
        past = self._past(cutoff, task, way)
        lost = [one.losses(self.received, self.decided, cutoff, _SHARE) for one in past]
        file = [one.file for one in past]
        return np.concatenate([_NO_FILES, *file]), np.concatenate([np.zeros(0), *lost])

    def _past(self, cutoff: int, task: Task, way: Way) -> list[Outlook]:
        # Those of which every new file has come by now.
        firsts = firsts_before(cutoff - _NEW_BEFORE + 1, PROMISES).tolist()
        return [
            self._past_outlook(one, task, way) for one in firsts if self._snapshot(one).decided_any
        ]

    def _told_before(self, cutoff: int, task: Task, way: Way) -> Outlook:
        return self._snapshot(cutoff).outlook(task, way, self._coming(cutoff, _NEW_BEFORE))

    def _coming(self, cutoff: int, days: int) -> Ints:
        return np.arange(*np.searchsorted(self.received, [cutoff, cutoff + days]))

    def _made(self, cutoff: int) -> Snapshot:
        return Snapshot(self.received, self.decided, self.touches, cutoff)
