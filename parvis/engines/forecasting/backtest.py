"""Tell dates as they would have been told on past days, to see which were kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields

import numpy as np

from parvis.engines.forecasting.files import Files, Floats, Ints
from parvis.engines.forecasting.published import published
from parvis.engines.forecasting.snapshot import TASKS
from parvis.engines.forecasting.strata import Strata, Stratum

METHODS = ("published", "parvis")
SHARES = (0.5, 0.8)


@dataclass(frozen=True, eq=False)
class Told:
    """Dates as they would have been told: a row a file, cut-off and method, n of each array."""

    file: Ints
    cutoff: Ints
    task: Ints
    """An index into `TASKS`."""
    method: Ints
    """An index into `METHODS`."""
    age: Ints
    """Days since receipt; 0 for a file that was yet to come."""
    p50: Floats
    """Days from receipt by which half of files like it are decided; NaN where none can be told."""
    p80: Floats

    def __len__(self) -> int:
        return len(self.file)


def backtest(
    files: Files, cutoffs: Ints, *, progress: Callable[[float], None] = lambda share: None
) -> Told:
    """Return what would have been told at each cut-off of every file of the two tasks.

    *New*: received in the 30 days from the cut-off. *Open*: received before it and not decided
    before it. Only what was known when the day of the cut-off began is used. Rows are sorted by
    cut-off, task, file and method. `progress` is told the share done, 0 to 1.
    """
    parts = [_none()]
    strata = Strata(files).each()
    for done, stratum in enumerate(strata):
        for number, cutoff in enumerate(cutoffs.tolist(), start=1):
            parts += _at(stratum, cutoff)
            progress((done + number / len(cutoffs)) / len(strata))
    columns = [np.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS]
    whole = Told(*columns)
    order = np.lexsort((whole.method, whole.file, whole.task, whole.cutoff))
    return Told(*(column[order] for column in columns))


def _at(stratum: Stratum, cutoff: int) -> Iterator[Told]:
    old = published(stratum.received, stratum.decided, cutoff, SHARES)
    for task in TASKS:
        file = stratum.files(cutoff, task)
        if not len(file):
            continue
        age = np.maximum(cutoff - stratum.received[file], 0)
        theirs = np.tile(old, (len(file), 1))
        for method, days in enumerate((theirs, stratum.days(cutoff, task, SHARES))):
            same = [np.full(len(file), one) for one in (cutoff, TASKS.index(task), method)]
            yield Told(stratum.file[file], same[0], same[1], same[2], age, days[:, 0], days[:, 1])


def _none() -> Told:
    whole, half = np.zeros(0, np.int64), np.zeros(0)
    return Told(whole, whole, whole, whole, whole, half, half)


_COLUMNS = [column.name for column in fields(Told)]
