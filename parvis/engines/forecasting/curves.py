"""How likely a file is to wait so many days more, and by when it will be decided with what odds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from parvis.engines.forecasting.files import Flags, Floats, Ints
from parvis.engines.forecasting.hazards import Hazards


class Curve(Protocol):
    """What is believed of n files."""

    def still_open(self, more: Ints, where: Ints) -> Floats:
        """Return, for the files `where`, how likely each is still undecided `more` days on."""

    @property
    def furthest(self) -> Ints:
        """How many days on this can be told, (n,)."""


@dataclass(frozen=True, eq=False)
class Tabled:
    """Files read off tables of survival: the windows' answers, each as likely as the others."""

    tables: Floats
    """(cells, windows, ages + 1): how many reach the age, of all."""
    cell: Ints
    start: Ints
    """Where on its table's axis a file stands: its age, or 0 where the axis begins now."""

    @property
    def furthest(self) -> Ints:
        """How many days the tables still hold."""
        far: Ints = self.tables.shape[2] - 2 - self.start
        return far

    def still_open(self, more: Ints, where: Ints) -> Floats:
        """Return how likely each is still undecided at the end of the day `more` days on."""
        cell, start = self.cell[where], self.start[where]
        there = np.minimum(start + more, self.tables.shape[2] - 2)
        now = self.tables[cell, :, start]
        then = self.tables[cell, :, there + 1]
        share: Floats = np.divide(then, now, out=np.zeros_like(then), where=now > 0).mean(axis=1)
        return share


@dataclass(frozen=True, eq=False)
class Mixed:
    """Several curves of the same files, each as likely as the others."""

    curves: Sequence[Curve]

    @property
    def furthest(self) -> Ints:
        """How far the furthest sees."""
        far: Ints = np.max([one.furthest for one in self.curves], axis=0)
        return far

    def still_open(self, more: Ints, where: Ints) -> Floats:
        """Return the mean of what the curves say."""
        share: Floats = np.mean([one.still_open(more, where) for one in self.curves], axis=0)
        return share


def survival(hazards: Hazards) -> Floats:
    """Return the tables that hazards make, (cells, windows used, ages + 1), from 1 downwards."""
    left = np.cumprod(1 - hazards.by_window[:, hazards.used], axis=2)
    return np.concatenate([np.ones((*left.shape[:2], 1)), left], axis=2)


def days_until(curve: Curve, share: float, where: Ints) -> tuple[Ints, Flags]:
    """Return in how many days each file is decided with a likelihood of `share`, and if it is.

    0 is today. The fewest whole days with still_open <= 1 - share, found by halving; where the
    curve does not come down so far, the furthest day that it tells of, and False.
    """
    low, high = np.zeros(len(where), np.int64), curve.furthest[where]
    enough = 1 - share + 1e-12
    known = _at(curve.still_open, high, where) <= enough
    while (going := np.flatnonzero(low < high)).size:
        middle = (low[going] + high[going]) // 2
        done = curve.still_open(middle, where[going]) <= enough
        high[going[done]] = middle[done]
        low[going[~done]] = middle[~done] + 1
    return low, known


def _at(of: Callable[[Ints, Ints], Floats], more: Ints, where: Ints) -> Floats:
    return of(more, where) if len(where) else np.zeros(0)
