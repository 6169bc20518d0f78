"""One stratum as it was known when a day began, and what its files' waits were read from."""

from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from parvis.engines.forecasting.batches import Batched, Batches, batches
from parvis.engines.forecasting.calendar import firsts_before
from parvis.engines.forecasting.curves import Curve, Mixed, Tabled, survival
from parvis.engines.forecasting.files import PENDING, Floats, Ints, Touches
from parvis.engines.forecasting.hazards import Hazards, Sample, hazards
from parvis.engines.forecasting.load import CLASSES, edges, loads
from parvis.engines.forecasting.outlook import Outlook
from parvis.engines.forecasting.stages import LOOKED_BACK, cells, standings

Task = Literal["new", "open"]
TASKS: tuple[Task, ...] = ("new", "open")
_STRETCH = 2
"""Dates are told up to so many times the age of the oldest file."""


class Way(NamedTuple):
    """A way of reading files: by their age, and by the load they met, by what they had reached."""

    by_load: bool = False
    by_stage: bool = False


def ages_of(received: Ints, decided: Ints, cutoff: int) -> int:
    """Return how many ages are told of: up to twice that of the oldest file seen."""
    oldest = int((np.minimum(decided, cutoff) - received).max(initial=0))
    return _STRETCH * (oldest + 1) + 1


class Snapshot:
    """The files of one stratum that had been received when the day of a cut-off began.

    Files are in the order of their receipt. What it is given of later is cut away before anything
    is counted; of touches, only those before a day are looked up.
    """

    def __init__(
        self,
        received: Ints,
        decided: Ints,
        touches: Touches | None,
        cutoff: int,
    ) -> None:
        known = int(np.searchsorted(received, cutoff))
        self.cutoff = cutoff
        self._received = received[:known]
        self._decided = np.where(decided[:known] < cutoff, decided[:known], PENDING)
        self._touches = touches

    @cached_property
    def decided_any(self) -> bool:
        """Whether anything was decided by then, without which nothing can be told."""
        return bool((self._decided < PENDING).any())

    @cached_property
    def batches(self) -> Batches | None:
        """What is known of its batches, where it decides in batches."""
        return batches(Sample(self._received, self._decided, self.cutoff, self._ages))

    def usual(self, share: float, days: int) -> float:
        """Return the days that so many of the files took at most that were decided lately."""
        lately = (self._decided >= self.cutoff - days) & (self._decided < PENDING)
        took = (self._decided - self._received)[lately]
        return float(np.quantile(took, share, method="inverted_cdf")) if took.size else np.inf

    def outlook(self, task: Task, way: Way, coming: Ints) -> Outlook:
        """Return what could be told of the open files, or of those still coming.

        `coming` are their indices; no more is known of them than that they are new.
        """
        if task == "open":
            at = np.flatnonzero(self._decided == PENDING)
            file, age = at, self.cutoff - self._received[at]
            cell = self._load_class[at] if way.by_load else np.zeros_like(at)
        else:
            file, age = coming, np.zeros_like(coming)
            cell = np.full_like(coming, self._class_today if way.by_load else 0)
        seen = self._loaded if way.by_load else self._plain
        reached, decided = seen.reached[cell, age], seen.decided[cell, age]
        if self.batches is not None:
            batched = Batched(self.batches, age)
            return Outlook(self.cutoff, file, age, batched, age, reached, decided)
        tables = self._loaded_tables if way.by_load else self._plain_tables
        curve: Curve = Tabled(tables, cell, age)
        alike = cell * self._ages + age
        if way.by_stage and task == "open":
            stage_tables, stage = self._staged
            curve = Mixed([curve, Tabled(stage_tables, stage, np.zeros_like(stage))])
            alike = alike * len(stage_tables) + stage
        return Outlook(self.cutoff, file, age, curve, alike, reached, decided)

    @cached_property
    def _ages(self) -> int:
        return ages_of(self._received, self._decided, self.cutoff)

    @cached_property
    def _plain(self) -> Hazards:
        return self._hazards(self._received, self._decided)

    @cached_property
    def _plain_tables(self) -> Floats:
        return survival(self._plain)

    @cached_property
    def _loaded(self) -> Hazards:
        return self._hazards(self._received, self._decided, self._load_class, CLASSES)

    @cached_property
    def _loaded_tables(self) -> Floats:
        return survival(self._loaded)

    def _hazards(
        self, began: Ints, decided: Ints, cell: Ints | None = None, cells: int = 1
    ) -> Hazards:
        return hazards(Sample(began, decided, self.cutoff, self._ages, cell, cells))

    @cached_property
    def _load(self) -> Floats:
        return loads(self._received, self._decided, self._received)

    @cached_property
    def _load_class(self) -> Ints:
        return np.searchsorted(edges(self._load), self._load)

    @cached_property
    def _class_today(self) -> int:
        today = loads(self._received, self._decided, np.array([self.cutoff]))
        return int(np.searchsorted(edges(self._load), today)[0])

    @cached_property
    def _staged(self) -> tuple[Floats, Ints]:
        """Return the tables of how long it took from a landmark, and each open file's cell."""
        assert self._touches is not None  # noqa: S101 - asked only where stages are known
        known = self._touches
        before = firsts_before(self.cutoff, LOOKED_BACK)
        past = standings(self._received, self._decided, known, before)
        now = standings(self._received, self._decided, known, np.array([self.cutoff]))
        then, cell, number = cells(past, now)
        found = self._hazards(past.day, self._decided[past.file], then, number)
        return survival(found), cell
