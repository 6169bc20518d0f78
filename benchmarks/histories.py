"""Real case histories, read in place where they are at hand, as files to tell dates of."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.timing import TOP
from parvis.channels.casefiles import Reject, SourceCase, open_file
from parvis.engines.forecasting.calendar import day_number, first_of
from parvis.engines.forecasting.files import Files, Ints, Touches, files_of
from parvis.programs.schema import Columns

_AFTER_ALL = datetime(2026, 1, 1, tzinfo=UTC)
_TABLE = ".csv.gz"


@dataclass(frozen=True, slots=True)
class Set:
    """Files of one department, and the days on which dates are told of them."""

    name: str
    title: str
    names: tuple[str, ...]
    first: date
    last: date
    months: int = 1
    """From one cut-off to the next."""
    by: str | None = None
    """The column of a table that parts it; logs are parted by their files where it is given."""

    @property
    def cutoffs(self) -> Ints:
        """Return the days on which dates are told."""
        from_, to = (day.year * 12 + day.month - 1 - 1970 * 12 for day in (self.first, self.last))
        return first_of(np.arange(from_, to + 1, self.months))


_WORKERS = ("h2b_cases_2004_2019.csv.gz",)
_BUILDING = tuple(f"T_BPIC15_{number}.xes.gz" for number in (1, 2, 3))
_WHILE_BUILDING = (date(2011, 10, 1), date(2014, 6, 1))
WORKERS = Set("workers", "H-2B, 2012–2018", _WORKERS, date(2012, 1, 1), date(2018, 12, 1))
SETS = (
    WORKERS,
    Set("workers-by-state", "H-2B by state", _WORKERS, WORKERS.first, WORKERS.last, by="state"),
    Set("building", "BPIC15, three together", _BUILDING, *_WHILE_BUILDING),
    Set("building-each", "BPIC15, each of three", _BUILDING, *_WHILE_BUILDING, by="log"),
    Set("fines", "Road fines", ("road_fine.xes.gz",), date(2003, 1, 1), date(2009, 10, 1), 3),
    Set("environment", "Env. permits", ("env_permit.xes.gz",), date(2011, 4, 1), date(2011, 12, 1)),
)


def path_of(name: str, files: Path | None) -> Path:
    """Return where a file is, or should be."""
    told = os.environ.get("PARVIS_BENCH_FILES")
    folder = files or (Path(told) if told else TOP.parent / "shared" / "data" / "casework")
    below = folder / "casework" / name
    return below if below.exists() else folder / name


def missing(of: Set, files: Path | None) -> list[str]:
    """Return the names of a set's files that are not at hand."""
    return [name for name in of.names if not path_of(name, files).exists()]


def cases(path: Path, by: str | None = None) -> Iterator[SourceCase]:
    """Yield the cases of a file, of a table with both dates; its column `by` is their outcome."""
    columns = None
    if path.name.endswith(_TABLE):
        columns = Columns(case="case_id", received="received_on", decided="decided_on", outcome=by)
    source = open_file(path, columns, now=_AFTER_ALL, time_zone=ZoneInfo("UTC"), as_told=True)
    for case in source.read():
        if not isinstance(case, Reject) and len(case.events) > (columns is not None):
            yield case


def files_in(of: Set, files: Path | None) -> Files:
    """Return the files of a set: received with the first event, decided with the last.

    What happened on them is told where there are events of their own; alike in all logs of a set.
    """
    received, decided, stratum = [], [], []
    touches: list[tuple[int, int, int]] = []
    strata: dict[str, int] = {}
    kinds: dict[str, int] = {}
    for name in of.names:
        table = name.endswith(_TABLE)
        for case in cases(path_of(name, files), of.by if table else None):
            days = [day_number(event.at.date()) for event in case.events]
            part = (case.outcome if table else name) if of.by else None
            if not table:
                codes = [kinds.setdefault(one.activity, len(kinds)) for one in case.events]
                of_case = [len(received)] * len(days)
                touches += zip(of_case, days, codes, strict=True)
            received.append(min(days))
            decided.append(max(days))
            stratum.append(strata.setdefault(part or "", len(strata)))
    reached = None
    if touches:
        file, day, kind = np.array(touches, dtype=np.int64).T
        reached = Touches(file, day, kind)
    return files_of(received, decided, stratum, reached)
