"""Case histories as arrays: read from a file of another system, day by day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from parvis.channels.casefiles import CaseFile, FileBroken, Reject, SourceCase
from parvis.channels.casefiles.case_table import CaseTable
from parvis.engines.forecasting.calendar import day_number
from parvis.engines.forecasting.files import PENDING, Files, Ints, Touches, files_of
from parvis.programs.vocabulary import DECIDED


@dataclass(frozen=True)
class Histories:
    """Files to forecast, with what they are called; n of each."""

    files: Files
    cases: Sequence[str]
    strata: Sequence[str]
    """The name of each stratum, by its code."""
    broken: FileBroken | None = None
    """Why the file could not be read to its end, if so."""
    unnamed: bool = False
    """Whether no event of a log was called as told, so that each case ends with its last."""


def read(
    file: CaseFile,
    *,
    by_outcome: bool,
    decided_by: str | None,
    keep: Callable[[Reject], None],
    progress: Callable[[float], None],
) -> Histories:
    """Read the cases of a file: those of a table by their dates, those of a log by their events.

    In a table a case without a decision still waits, and its outcome names its stratum where
    `by_outcome`. In a log a case is received with its first event, and each event is a stage that
    it reached. It is decided with the first event that is called `decided_by`, and still waits
    without one; with its last event where no such name is told, or none is called so. Rejects are
    handed to `keep`.
    """
    received, decided, stratum = [], [], []
    cases: list[str] = []
    touches: list[tuple[int, int, int]] = []
    strata: dict[str, int] = {}
    stages: dict[str, int] = {}
    table, broken = isinstance(file, CaseTable), None
    try:
        for case in file.read():
            progress(file.progress())
            if isinstance(case, Reject):
                keep(case)
                continue
            days = [day_number(event.at.date()) for event in case.events]
            first, last = _dates(case, days) if table else (min(days), max(days))
            received.append(first)
            decided.append(last)
            stratum.append(strata.setdefault((by_outcome and case.outcome) or "", len(strata)))
            if not table:
                touches += [
                    (len(cases), day, stages.setdefault(event.activity, len(stages)))
                    for day, event in zip(days, case.events, strict=True)
                ]
            cases.append(case.number)
    except FileBroken as error:
        broken = error
    reached = None
    if touches:
        columns = np.array(touches, dtype=np.int64).T
        reached = Touches(columns[0], columns[1], columns[2])
    unnamed = decided_by is not None and not table and decided_by not in stages
    if reached is not None and decided_by in stages:
        decided = _first_days(reached, stages[decided_by], len(cases)).tolist()
    files = files_of(received, decided, stratum, reached)
    return Histories(files, cases, list(strata), broken, unnamed)


def _dates(case: SourceCase, days: Sequence[int]) -> tuple[int, int]:
    """Return the days on which a table says that a case was received and decided."""
    return days[0], days[-1] if case.events[-1].activity == DECIDED else PENDING


def _first_days(touches: Touches, kind: int, files: int) -> Ints:
    """Return the first day of a kind of touch on each of so many files; `PENDING` without one."""
    first = np.full(files, PENDING)
    mine = touches.kind == kind
    np.minimum.at(first, touches.file[mine], touches.day[mine])
    return first
