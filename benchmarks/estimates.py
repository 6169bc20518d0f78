"""How often dates came true on real histories, told as they would have been told at the time.

What the project promises of them is in docs/estimates.md, and what was chosen on which years.
"""

import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from statistics import mean

import numpy as np

from benchmarks.ablation import ablated
from benchmarks.alarming import Noticed, noticed, simulated
from benchmarks.histories import SETS, Set, files_in, missing
from benchmarks.remaining import remaining
from benchmarks.results import Result, result
from parvis.engines.forecasting.alarm import alarms, is_on, pace
from parvis.engines.forecasting.backtest import METHODS, Told, backtest
from parvis.engines.forecasting.files import PENDING, Files, Flags
from parvis.engines.forecasting.scores import Score, score
from parvis.engines.forecasting.snapshot import TASKS, Snapshot, Way

_APART = ("workers", "building", "fines", "environment")
"""Sets that hold different files: what is told of all together is of these."""
_LARGE = ("workers", "building", "fines")
_OURS = METHODS.index("parvis")
_OPEN = TASKS.index("open")
_YEAR = 365
MANY = 5_000_000
_STRATA, _NOW = 400, 20_000
_HEAD = "  {:24}{:11}{:11}{:>8}{:>12}{:>6}{:>11}{:>7}".format(
    "set", "task", "method", "n", "coverage80", "mad", "pinball80", "mae50"
)


def run(*, files: Path | None = None) -> Iterator[Result]:
    """Yield the scores of open files against the published rule, alarms and the time it takes."""
    told: dict[str, Score] = {}
    published: dict[str, Score] = {}
    lags: dict[str, Noticed] = {}
    for one in SETS:
        if gone := missing(one, files):
            print(f"  {one.title} is left out: {', '.join(gone)} not at hand")
            continue
        histories = files_in(one, files)
        rows = backtest(histories, one.cutoffs)
        print(_HEAD)
        for line, found in _lines(one, histories, rows):
            print(f"  {one.title:24}{line}{_row(found)}")
        open_ = rows.task == _OPEN
        told[one.name] = _score(histories, rows, open_ & (rows.method == _OURS))
        published[one.name] = _score(histories, rows, open_ & (rows.method != _OURS))
        for without, found in ablated(histories, one.cutoffs):
            print(f"  {one.title:24}{without:22}{_row(found)}")
        if one.name in _APART:
            lags[one.name] = _alarm(one, histories)
    for name, ours in told.items():
        yield from _results(name, ours, published[name])
    yield from _together(told, published)
    yield from _alarms(lags)
    for log, error in remaining(files):
        print(
            f"  remaining time, {log.name}: {error:.2f} days; DALSTM {log.dalstm}, GGNN {log.ggnn},"
            f" PGTNet {log.pgtnet}, median by prefix {log.median}"
        )
        name = log.name.replace(" ", "-")
        best = min(log.dalstm, log.ggnn, log.pgtnet)
        yield result(
            f"estimates.remaining.{name}", error, "days", baseline=best, ratio=error / best
        )
    yield _refresh()


def _lines(of: Set, files: Files, rows: Told) -> Iterator[tuple[str, Score]]:
    """Yield scores: of each task and method, of the early and the late cut-offs apart."""
    middle = of.cutoffs[len(of.cutoffs) // 2]
    halves = {"all": rows.cutoff >= 0, "early": rows.cutoff < middle, "late": rows.cutoff >= middle}
    for (task, task_name), (method, name), (half, when) in product(
        enumerate(TASKS), enumerate(METHODS), halves.items()
    ):
        line = f"{task_name + ' ' + half:11}{name:11}"
        yield line, _score(files, rows, (rows.task == task) & (rows.method == method) & when)
    if of.by is None and (calm := _calm(of, files, rows)).any():
        yield f"{'new calm':11}{'parvis':11}", _score(files, rows, calm)


def _calm(of: Set, files: Files, rows: Told) -> Flags:
    """Return which rows tell of new files on a day without an alarm."""
    first, last = int(files.received.min()) + _YEAR, int(of.cutoffs[-1]) + 1
    raised = alarms(pace(files.received, files.decided, first, last))
    loud = [day for day in of.cutoffs.tolist() if is_on(raised, day)]
    calm: Flags = (rows.task != _OPEN) & (rows.method == _OURS) & ~np.isin(rows.cutoff, loud)
    return calm


def _score(files: Files, rows: Told, of: Flags) -> Score:
    took = np.where(files.decided < PENDING, files.decided - files.received, np.nan)
    found = score(took[rows.file[of]], rows.cutoff[of], rows.p50[of], rows.p80[of])
    if found is None:
        raise ValueError("no date could be scored")
    return found


def _row(one: Score) -> str:
    return f"{one.n:8}{one.coverage80:12.1f}{one.mad:6.1f}{one.pinball80:11.2f}{one.mae50:7.1f}"


def _alarm(of: Set, files: Files) -> Noticed:
    """Print what the alarm did in the early and the late years; return it of all."""
    first, last = int(files.received.min()) + _YEAR, int(of.cutoffs[-1]) + 1
    middle = (first + last) // 2
    for when, since, until in (("early", first, middle), ("late", middle, last)):
        one = noticed(files, first, since, until)
        print(
            f"  {of.title:24}alarm {when}: lags {one.lags}, for nothing"
            f" {one.for_nothing / one.years:.2f} a year"
        )
    return noticed(files, first, first, last)


def _results(name: str, ours: Score, published: Score) -> Iterator[Result]:
    """Yield one set's scores of open files, the published rule's beside them."""
    for measure, unit in (
        ("coverage80", "%"),
        ("mad", "points"),
        ("pinball80", "days"),
        ("mae50", "days"),
    ):
        here, there = getattr(ours, measure), getattr(published, measure)
        ratio = here / there
        yield result(f"estimates.{name}.{measure}", here, unit, baseline=there, ratio=ratio)


def _together(told: dict[str, Score], published: dict[str, Score]) -> Iterator[Result]:
    """Yield what is told of all open files, each as good as another, and of all sets."""
    parts = [told[name] for name in _APART if name in told]
    if parts:
        files = sum(one.n for one in parts)
        kept = sum(one.coverage80 * one.n for one in parts) / files
        yield result("estimates.together.coverage80", kept, "%")
    ratios = [told[name].mae50 / published[name].mae50 for name in _LARGE if name in told]
    if ratios:
        yield result("estimates.together.mae50", mean(ratios), "of the published rule’s")


def _alarms(of: dict[str, Noticed]) -> Iterator[Result]:
    for name, one in of.items():
        if one.lags:
            share = one.in_time / len(one.lags)
            yield result(f"estimates.alarm.{name}-in-time", share, f"of {len(one.lags)} breaks")
        a_year = one.for_nothing / one.years
        yield result(f"estimates.alarm.{name}-for-nothing", a_year, "alarms a year")
    for a_day, uneven in product((1, 2, 5, 20), (0.0, 0.3)):
        found = list(simulated(a_day, uneven=uneven))
        in_time = sum(one.in_time for one in found) / len(found)
        nothing = mean(one.for_nothing / one.years for one in found)
        print(
            f"  made up, {a_day:3} a day, uneven {uneven}: in time {in_time:.0%},"
            f" for nothing {nothing:.2f} a year"
        )


def _refresh() -> Result:
    """Return how long all dates of five million made-up files take, in 400 strata."""
    rng = np.random.default_rng(1)
    received = np.sort(_NOW - rng.integers(0, 8 * _YEAR, MANY))
    stratum = rng.integers(0, _STRATA, MANY)
    took = (rng.gamma(2, 1, MANY) * (30 + stratum)).astype(np.int64)
    decided = np.where(received + took < _NOW, received + took, PENDING)
    none = np.zeros(0, np.int64)
    began, waiting = time.perf_counter(), 0
    order = np.argsort(stratum, kind="stable")
    ends = np.searchsorted(stratum[order], np.arange(1, _STRATA))
    for mine in np.split(order, ends):
        snapshot = Snapshot(received[mine], decided[mine], None, _NOW)
        outlook = snapshot.outlook("open", Way(by_load=True), none)
        waiting += len(outlook.dates(0.5).days & outlook.dates(0.8).days)
    seconds = time.perf_counter() - began
    print(f"  two dates each of {waiting:,} open files among {MANY:,} in {seconds:.1f} s")
    return result("estimates.seconds.refresh", seconds, "s")
