"""How well the number of files that will wait is forecast, on real counts of four departments.

Parameters were chosen on the early years (docs/backlog.md says how); of the later ones the results
are kept.
"""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import mean
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.results import Result, result
from benchmarks.timing import TOP
from parvis.channels.casefiles import Reject, open_file
from parvis.engines.forecasting.backlog import HORIZONS, HistoryTooShort, Record, track_record
from parvis.engines.forecasting.backlog_counts import Counts

_AFTER_ALL = datetime(2026, 1, 1, tzinfo=UTC)
_THERE = ZoneInfo("Europe/Amsterdam")
_PROGRAMS, _DAYS = 10, 3_000


@dataclass(frozen=True, slots=True)
class Program:
    """Whose files are counted: forecasts from `since` on, outcomes up to `until`.

    The files end some time after `until`: what was open at their end is not in them, or seems
    closed, so the last months cannot be scored.
    """

    name: str
    files: tuple[str, ...]
    since: date
    late_since: date
    until: date


_BUILDING = (date(2010, 12, 1), date(2013, 1, 1), date(2014, 6, 30))
PROGRAMS = (
    Program(
        "workers",
        ("h2b_cases_2004_2019.csv.gz",),
        *(date(2009, 1, 1), date(2013, 1, 1), date(2018, 6, 30)),
    ),
    Program(
        "fines",
        ("road_fine.xes.gz",),
        *(date(2001, 1, 1), date(2006, 1, 1), date(2011, 12, 31)),
    ),
    Program("building", tuple(f"T_BPIC15_{n}.xes.gz" for n in (1, 2, 3)), *_BUILDING),
    *(Program(f"building-{n}", (f"T_BPIC15_{n}.xes.gz",), *_BUILDING) for n in (1, 2, 3)),
    Program(
        "environment",
        ("env_permit.xes.gz",),
        *(date(2011, 1, 1), date(2011, 1, 1), date(2011, 12, 15)),
    ),
)


def run(*, files: Path | None = None) -> Iterator[Result]:
    """Yield errors of the later years against the better of two simple forecasts, and ranges."""
    late: dict[str, list[Record]] = {}
    for program in PROGRAMS:
        paths = [_path(name, files) for name in program.files]
        if not all(path.exists() for path in paths):
            print(f"  {program.name} is left out: {', '.join(program.files)} not at hand")
            continue
        early, late[program.name] = _records(program, *_days(paths))
        for years, records in (("early", early), ("late", late[program.name])):
            for one in records:
                print(_row(f"{program.name}, {years}", one))
    for name, records in late.items():
        for one in records:
            bar = _bar(one)
            yield result(
                f"backlog.{name}.{one.days}",
                one.error,
                "files",
                baseline=bar,
                ratio=one.error / bar,
            )
    for days in HORIZONS:
        records = [one for several in late.values() for one in several if one.days == days]
        if records:
            worst = max(one.error / _bar(one) for one in records)
            yield result(f"backlog.worst.{days}", worst, "of the better simple one’s error")
            inside = mean(one.inside for one in records)
            yield result(f"backlog.inside.{days}", inside, "of outcomes inside the range")
    yield _speed()


def _records(
    program: Program, came: np.ndarray, went: np.ndarray
) -> tuple[list[Record], list[Record]]:
    """Return the records of the early years and of the later ones; none where days are too few."""
    began = int(came.min())
    length = program.until.toordinal() - began + 1
    received, closed = (np.bincount(days - began, minlength=length) for days in (came, went))

    def between(since: date, until: date) -> list[Record]:
        end = until.toordinal() - began + 1
        found = []
        for horizon in HORIZONS:
            try:
                found += track_record(
                    received[:end],
                    closed[:end],
                    waiting=int((received[:end] - closed[:end]).sum()),
                    since=max(since.toordinal() - began, 0),
                    horizons=(horizon,),
                )
            except HistoryTooShort as short:
                print(f"  {program.name}, {horizon} days, {since} to {until}: {short}")
        return found

    return (
        between(program.since, program.late_since),
        between(program.late_since, program.until),
    )


def _days(paths: list[Path]) -> tuple[np.ndarray, np.ndarray]:
    """Return the days that cases came and ended: those of their first and last events."""
    spans = [
        (min(event.at for event in case.events), max(event.at for event in case.events))
        for path in paths
        for case in open_file(path, now=_AFTER_ALL, time_zone=_THERE, as_told=True).read()
        if not isinstance(case, Reject) and case.events
    ]
    numbers = np.array([(came.toordinal(), went.toordinal()) for came, went in spans])
    return numbers[:, 0], numbers[:, 1]


def _path(name: str, files: Path | None) -> Path:
    told = os.environ.get("PARVIS_BENCH_FILES")
    folder = files or (Path(told) if told else TOP.parent / "shared" / "data" / "casework")
    below = folder / "casework" / name
    return below if below.exists() else folder / name


def _bar(one: Record) -> float:
    return min(one.last_value_error, one.seasonal_error)


def _row(name: str, one: Record) -> str:
    return (
        f"  {name:22} {one.days:3} days, n {one.scored:3}: ours {one.error:7.1f}, last value"
        f" {one.last_value_error:7.1f}, a year before {one.seasonal_error:7.1f}, change of a year"
        f" before {one.seasonal_change_error:7.1f}; inside {one.inside:.0%}"
    )


def _speed() -> Result:
    """Return how long whole track records take, of made-up programs."""
    rng = np.random.default_rng(1)
    received = rng.poisson(20, (_PROGRAMS, _DAYS))
    closed = np.concatenate((np.zeros((_PROGRAMS, 60), dtype=np.int64), received[:, :-60]), axis=1)
    began = time.perf_counter()
    for came, went in zip(received, closed, strict=True):
        counts = Counts.of(came, went, waiting=int((came - went).sum()))
        track_record(counts.received, counts.closed, waiting=int(counts.waiting[-1]))
    return result("backlog.seconds.track-records", time.perf_counter() - began, "s")
