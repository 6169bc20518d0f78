"""What each part of a date is worth: told again with one part taken out at a time."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

import numpy as np

from parvis.engines.forecasting.batches import Batches
from parvis.engines.forecasting.files import Files, Floats, Ints, Touches
from parvis.engines.forecasting.forecaster import Forecaster, Setting
from parvis.engines.forecasting.hazards import WINDOWS, Hazards
from parvis.engines.forecasting.scores import Score, score
from parvis.engines.forecasting.snapshot import Snapshot, Task, Way

_QUARTER = WINDOWS.index(91)
_SHARES = (0.5, 0.8)


class _Whole(Forecaster):
    """Nothing taken out; but strata are read alone here, whatever their size."""

    snapshot: type[Snapshot] = Snapshot

    def _made(self, cutoff: int) -> Snapshot:
        return self.snapshot(self.received, self.decided, self.touches, cutoff)


class _WithoutLoad(_Whole):
    def _best_way(self, cutoff: int, task: Task) -> Way:
        return self._ways[0]


class _WithoutRecalibration(_Whole):
    def setting(self, cutoff: int, task: Task, wanted: tuple[float, ...]) -> Setting:
        return Setting(super().setting(cutoff, task, wanted).way, wanted)


class _QuarterOnly(Snapshot):
    def _hazards(
        self, began: Ints, decided: Ints, cell: Ints | None = None, cells: int = 1
    ) -> Hazards:
        found = super()._hazards(began, decided, cell, cells)
        return replace(found, used=np.arange(len(found.used)) == _QUARTER)


class _NoBatches(Snapshot):
    @cached_property
    def batches(self) -> Batches | None:
        return None


class _NoTail(Snapshot):
    @cached_property
    def _ages(self) -> int:
        # As far as the oldest file's age, and not twice as far.
        return super()._ages // 2 + 1


class _OneWindow(_Whole):
    snapshot = _QuarterOnly


class _WithoutBatches(_Whole):
    snapshot = _NoBatches


class _WithoutTail(_Whole):
    snapshot = _NoTail


_PARTS: dict[str, type[_Whole]] = {
    "whole": _Whole,
    "no load classes": _WithoutLoad,
    "91 days only": _OneWindow,
    "no recalibration": _WithoutRecalibration,
    "no batches": _WithoutBatches,
    "no tail": _WithoutTail,
}


def ablated(files: Files, cutoffs: Ints) -> Iterator[tuple[str, Score]]:
    """Yield what is left out and how good the dates of open files are without it.

    Of several strata only that they are read together where they are thin.
    """
    if files.strata > 1:
        yield "no fallback", _scored(files, cutoffs, _Whole)
        return
    for name, forecaster in _PARTS.items():
        yield name, _scored(files, cutoffs, forecaster)
    if files.touches is not None:
        yield "no stages", _scored(replace(files, touches=None), cutoffs, _Whole)
        bare = replace(files, touches=None)
        yield "no stages, no load", _scored(bare, cutoffs, _WithoutLoad)


def _scored(files: Files, cutoffs: Ints, forecaster: type[_Whole]) -> Score:
    rows: list[Floats] = []
    for stratum in np.unique(files.stratum).tolist():
        mine = np.flatnonzero(files.stratum == stratum)
        order = mine[np.argsort(files.received[mine], kind="stable")]
        received, decided = files.received[order], files.decided[order]
        one = forecaster(received, decided, _touches(files, order))
        for cutoff in cutoffs.tolist():
            setting = one.setting(cutoff, "open", _SHARES)
            outlook = one.outlook(cutoff, "open", setting.way)
            if outlook is None:
                continue
            took = decided[outlook.file] - received[outlook.file]
            days = [outlook.dates(share).days for share in setting.asked]
            rows.append(np.stack([took, np.full(len(took), cutoff), *days]).astype(float))
    found = score(*np.concatenate(rows, axis=1))
    if found is None:
        raise ValueError("no open file was decided")
    return found


def _touches(files: Files, order: Ints) -> Touches | None:
    return None if files.touches is None else files.touches.of(order, len(files))
