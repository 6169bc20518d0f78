"""Files of several strata: each read alone, or together with the others where it is too thin."""

from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np

from parvis.engines.forecasting.files import Files, Floats, Ints
from parvis.engines.forecasting.forecaster import NEW_DAYS, Forecaster
from parvis.engines.forecasting.snapshot import Task

_THIN = 2_000
"""A stratum of fewer files is read with the others, where that told better dates of it."""


class Stratum:
    """The files of one stratum, in the order of their receipt, and where these are among all."""

    def __init__(self, files: Files, code: int, order: Ints, others: "Strata | None") -> None:
        self.file = order
        self.received, self.decided = files.received[order], files.decided[order]
        self._others, self._code = others, code
        touches = None if files.touches is None else files.touches.of(order, len(files))
        self._alone = Forecaster(self.received, self.decided, touches)

    def files(self, cutoff: int, task: Task) -> Ints:
        """Return the files of a task at a cut-off, by their place in the stratum."""
        if task == "new":
            return np.arange(*np.searchsorted(self.received, [cutoff, cutoff + NEW_DAYS]))
        return np.flatnonzero((self.received < cutoff) & (self.decided >= cutoff))

    def days(self, cutoff: int, task: Task, shares: tuple[float, ...]) -> Floats:
        """Return by when the files of a task are decided with these likelihoods, (files, shares).

        In days since receipt; NaN where nothing can be told yet.
        """
        reader, of = self._alone, None
        if self._is_thin(cutoff) and (others := self._others) is not None:
            _, lost = reader.losses(cutoff, task)
            if not len(lost) or others.loss(self._code, cutoff, task) <= lost.mean():
                reader, of = others.together, others.stratum == self._code
        setting = reader.setting(cutoff, task, shares)
        outlook = reader.outlook(cutoff, task, setting.way)
        if outlook is None:
            return np.full((len(self.files(cutoff, task)), len(shares)), np.nan)
        told = [outlook.dates(share).days for share in setting.asked]
        days = np.stack(told, axis=1).astype(float)
        return days if of is None else days[of[outlook.file]]

    def _is_thin(self, cutoff: int) -> bool:
        return int(np.searchsorted(self.received, cutoff)) < _THIN


class Strata:
    """All files, in the order of their receipt."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._order = np.argsort(files.received, kind="stable")
        self.stratum = files.stratum[self._order]
        self._losses = lru_cache(maxsize=None)(self._losses_by_stratum)

    def each(self) -> Sequence["Stratum"]:
        """Yield the strata that have files."""
        several = self._files.strata > 1
        return [
            Stratum(self._files, code, self._order[self.stratum == code], self if several else None)
            for code in np.unique(self.stratum).tolist()
        ]

    def loss(self, code: int, cutoff: int, task: Task) -> float:
        """Return what past dates cost a file of a stratum, in days, read with all others."""
        return float(self._losses(cutoff, task)[code])

    def _losses_by_stratum(self, cutoff: int, task: Task) -> Floats:
        file, lost = self.together.losses(cutoff, task)
        of, strata = self.stratum[file], self._files.strata
        files = np.bincount(of, minlength=strata)
        mean: Floats = np.bincount(of, lost, minlength=strata) / np.maximum(files, 1)
        return mean

    @cached_property
    def together(self) -> Forecaster:
        """All strata as if they were one."""
        files, order = self._files, self._order
        touches = None if files.touches is None else files.touches.of(order, len(files))
        return Forecaster(files.received[order], files.decided[order], touches, months=None)
