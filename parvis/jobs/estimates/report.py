"""A replay in words and as data."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from parvis.engines.forecasting.backtest import METHODS
from parvis.engines.forecasting.scores import Score
from parvis.engines.forecasting.snapshot import TASKS
from parvis.jobs.estimates.backtesting import Line
from parvis.jobs.estimates.histories import Histories

_HEAD = ("coverage80", "mad", "pinball80", "mae50")
_IN_A_MONTH = ("coverage80", "pinball80", "mae50")
"""The mean of months says nothing of one: how far its share is from 80 can be seen."""
_IN_A_MONTH_HEAD = "".join(f"{name:>11}" for name in _IN_A_MONTH)
_MEANING = """\
coverage80  share decided by the date that 80 of 100 should be decided by; 80 is right
mad         how far that share is from 80 in a month, on average
pinball80   what that date costs, in days: late counts four times as much as early; less is better
mae50       days between the date for half of the files and the day of the decision"""
_TASK = {
    "new": "new: received in the 30 days from the cut-off",
    "open": "open: received before the cut-off and still waiting",
}


def as_data(lines: Sequence[Line], histories: Histories, rejected: int) -> dict[str, Any]:
    """Return the scores by method and task, of all cut-offs and of each."""
    scores: dict[str, Any] = {}
    for method in METHODS:
        scores[method] = {}
        for task in TASKS:
            mine = [line for line in lines if (line.method, line.task) == (method, task)]
            scores[method][task] = {
                **_data(mine[0]),
                "by_cutoff": [{"cutoff": str(one.cutoff), **_data(one)} for one in mine[1:]],
            }
    return {"files": len(histories.files), "rejected": rejected, "methods": scores}


def as_text(lines: Sequence[Line], histories: Histories) -> str:
    """Return the scores as a table, all cut-offs first, and then month by month."""
    files = len(histories.files)
    parts = [f"{files:,} files" + _strata(histories), ""]
    for task in TASKS:
        mine = [line for line in lines if line.task == task]
        whole = [line for line in mine if line.cutoff is None]
        parts += [_TASK[task], *_table(whole), *_untold(whole), *_unscored(whole[0]), ""]
        parts += [*_by_month(mine), ""]
    return "\n".join([*parts, _MEANING])


def _unscored(line: Line) -> list[str]:
    """Say that what still waits is not scored, and that this flatters: the quick come in first."""
    if not line.waiting:
        return []
    said = "So dates look kept more often than they are; end with an earlier month."
    return [f"  Not scored: {line.waiting:,} dates, of files that still wait. {said}"]


def _untold(lines: Iterable[Line]) -> list[str]:
    """Say how many dates could not be told, since nothing had been decided by then."""
    return [
        f"  No date by {line.method}: {line.untold:,} times, as nothing had been decided by then."
        for line in lines
        if line.untold
    ]


def _strata(histories: Histories) -> str:
    number = len(histories.strata)
    return f" in {number:,} strata" if number > 1 else ""


def _table(lines: Iterable[Line]) -> list[str]:
    rows = [f"  {'method':<10}{'n':>10}" + "".join(f"{name:>12}" for name in _HEAD)]
    for line in lines:
        if line.score is None:
            rows.append(f"  {line.method:<10}{0:>10}  {_no_score(line)}")
            continue
        values = "".join(f"{getattr(line.score, name):>12.1f}" for name in _HEAD)
        rows.append(f"  {line.method:<10}{line.score.n:>10,}{values}")
    return rows


def _no_score(line: Line) -> str:
    if line.untold:
        return "nothing to score: no date could be told of a file that was decided"
    return "nothing to score: no such file was decided"


def _by_month(lines: Sequence[Line]) -> list[str]:
    """Return the scores of each cut-off: of each method in turn, under the names of both."""
    months = sorted({line.cutoff for line in lines if line.cutoff is not None})
    found = {(line.cutoff, line.method): line.score for line in lines}
    if not months:
        return []
    methods = "".join(f"  {name:<31}" for name in METHODS).rstrip()
    heads = f"  {'cut-off':<12}{'n':>8}" + _IN_A_MONTH_HEAD * len(METHODS)
    rows = []
    for month in months:
        scores = [found.get((month, method)) for method in METHODS]
        n = max((one.n for one in scores if one), default=0)
        rows.append(f"  {month!s:<12}{n:>8,}" + "".join(map(_in_a_month, scores)))
    return [f"  {'':<20}{methods}", heads, *rows]


def _in_a_month(score: Score | None) -> str:
    if score is None:
        return "".join(f"{'–':>11}" for _ in _IN_A_MONTH)
    return "".join(f"{getattr(score, name):>11.1f}" for name in _IN_A_MONTH)


def _data(line: Line) -> dict[str, Any]:
    unscored = {"waiting": line.waiting, "untold": line.untold}
    if line.score is None:
        return {"n": 0} | dict.fromkeys(_HEAD) | unscored
    return asdict(line.score) | unscored
