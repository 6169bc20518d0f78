"""How long a case still takes after each of its events, as it is measured in the literature.

The first 80 of 100 cases by their start teach, the others are asked about; all are finished, and
what became of the first is known whole, however late it was. That is easier than what a client
asks, since nothing is censored. Told after every event: the median of what was left after the same
event at about the same age, as in the stages of a date.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.histories import cases, path_of
from parvis.engines.forecasting.files import Floats, Ints

_TAUGHT = 0.8
_PARTS = 8
"""Ages are parted in so many, each with as many events."""
_LEAST = 20
"""Fewer cases alike say less than all with the same event last."""
_DAY = 86_400


class Log(NamedTuple):
    """An event log, and the errors that others published for it, in days."""

    name: str
    file: str
    dalstm: float
    ggnn: float
    pgtnet: float
    median: float


LOGS = (
    Log("env_permit", "env_permit.xes.gz", 1.55, 1.59, 1.46, 1.49),
    Log("BPIC15-1", "T_BPIC15_1.xes.gz", 29.3, 31.2, 20.4, 22.3),
    Log("BPIC15-2", "T_BPIC15_2.xes.gz", 47.0, 68.8, 37.9, 43.9),
    Log("BPIC15-3", "T_BPIC15_3.xes.gz", 15.1, 15.0, 15.6, 12.7),
    Log("road fines", "road_fine.xes.gz", 176, 174, 144, 218),
)


class _Events(NamedTuple):
    """After each event of each case, n of each: what it was, the days since its start, and left."""

    kind: Ints
    age: Floats
    left: Floats


def remaining(files: Path | None) -> Iterator[tuple[Log, float]]:
    """Yield each log that is at hand and the mean error in days, over all events."""
    for log in LOGS:
        path = path_of(log.file, files)
        if not path.exists():
            print(f"  {log.name} is left out: {log.file} is not at hand")
            continue
        taught, asked = _halves(path)
        yield log, float(np.abs(_told(taught, asked) - asked.left).mean())


def _halves(path: Path) -> tuple[_Events, _Events]:
    histories = [
        sorted(
            (event.at.timestamp() / _DAY, place, event.activity) for place, event in enumerate(c)
        )
        for c in (case.events for case in cases(path))
    ]
    histories.sort(key=lambda history: history[0][0])
    number = int(_TAUGHT * len(histories))
    kinds: dict[str, int] = {}
    return _events(histories[:number], kinds), _events(histories[number:], kinds)


def _events(histories: list[list[tuple[float, int, str]]], kinds: dict[str, int]) -> _Events:
    rows = [
        (kinds.setdefault(kind, len(kinds)), at - history[0][0], history[-1][0] - at)
        for history in histories
        for at, _, kind in history
    ]
    kind, age, left = np.array(rows).T
    return _Events(kind.astype(np.int64), age, left)


def _told(taught: _Events, asked: _Events) -> Floats:
    edges = np.quantile(taught.age, np.arange(1, _PARTS) / _PARTS)
    then, now = (one.kind * _PARTS + np.searchsorted(edges, one.age) for one in (taught, asked))
    told = np.full(len(now), np.median(taught.left))
    for before, here in ((taught.kind, asked.kind), (then, now)):
        for cell in np.unique(here):
            alike = taught.left[before == cell]
            if len(alike) >= _LEAST:
                told[here == cell] = np.median(alike)
    return told
