"""Replay a department's own history: what it would have told, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from parvis.engines.forecasting.backtest import METHODS, Told, backtest
from parvis.engines.forecasting.calendar import day_number, day_of_number
from parvis.engines.forecasting.files import PENDING, Floats, Ints
from parvis.engines.forecasting.scores import Score, score
from parvis.engines.forecasting.snapshot import TASKS
from parvis.jobs.estimates.histories import Histories

_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A score, of one cut-off or of all (None); no score where no such file was decided yet."""

    method: str
    task: str
    cutoff: date | None
    score: Score | None
    waiting: int
    """Dates of files that are not decided yet: they are not scored."""
    untold: int
    """Files of which no date could be told, as nothing had been decided before."""


def cut_offs(first: date, last: date, every: str) -> list[date]:
    """Return the first days of the months (or quarters of the year) from one to another, with both.

    `every` is month or quarter.
    """
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    wanted = [one for one in months if every == "month" or one % _QUARTER == 0]
    return [date(one // 12, one % 12 + 1, 1) for one in wanted]


def replay(histories: Histories, cutoffs: list[date], progress: Callable[[float], None]) -> Told:
    """Return what would have been told at each cut-off."""
    days = np.array([day_number(one) for one in cutoffs], dtype=np.int64)
    return backtest(histories.files, days, progress=progress)


def scored(histories: Histories, told: Told) -> list[Line]:
    """Return the score of each method and task, of all cut-offs and then of each."""
    files = histories.files
    took = np.where(files.decided < PENDING, files.decided - files.received, np.nan)[told.file]
    lines = []
    for task, method in product(TASKS, METHODS):
        cutoffs = np.unique(told.cutoff[told.task == TASKS.index(task)]).tolist()
        lines += [_line(took, told, method, task, cutoff) for cutoff in (None, *cutoffs)]
    return lines


def write(histories: Histories, told: Told, path: Path) -> None:
    """Write a row a file, cut-off and method to a Parquet file, whole or not at all."""
    # pyarrow takes longer to load than most files take to read.
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    def named(names: Any, code: Ints) -> pa.Array:
        codes = pa.array(code, pa.int32())
        return pa.DictionaryArray.from_arrays(codes, pa.array(names, pa.string()))

    files = histories.files
    table = pa.table(
        {
            "case_id": named(histories.cases, told.file).cast(pa.string()),
            "cutoff": pa.array(told.cutoff.astype("datetime64[D]"), pa.date32()),
            "task": named(TASKS, told.task).cast(pa.string()),
            "stratum": named(histories.strata, files.stratum[told.file]).cast(pa.string()),
            "age_days": pa.array(told.age, pa.int32()),
            "p50_days": _days(told.p50),
            "p80_days": _days(told.p80),
            "method": named(METHODS, told.method).cast(pa.string()),
        }
    )
    fresh = path.with_name(f"{path.name}.new")
    parquet.write_table(table, fresh, compression="zstd")
    fresh.replace(path)


def _days(days: Floats) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    return pa.array(days, pa.float64(), from_pandas=True)


def _line(took: Floats, told: Told, method: str, task: str, cutoff: int | None) -> Line:
    of = (told.task == TASKS.index(task)) & (told.method == METHODS.index(method))
    if cutoff is not None:
        of &= told.cutoff == cutoff
    found = score(took[of], told.cutoff[of], told.p50[of], told.p80[of])
    on = None if cutoff is None else day_of_number(cutoff)
    waiting, untold = (int(np.isnan(one[of]).sum()) for one in (took, told.p80))
    return Line(method, task, on, found, waiting, untold)
