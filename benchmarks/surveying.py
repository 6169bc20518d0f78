"""Ask for figures of days chosen by chance: `python -m benchmarks.surveying COUNT SEED`.

Prints, as JSON, the milliseconds at the median and of the slowest: of totals, of every split at
once (program, office, 24 months), and of the first page of files behind a common and a rare figure.
"""

import json
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.caseload import DAYS, FIRST_DAY
from parvis.jobs.cli.house import open_house

if TYPE_CHECKING:
    from collections.abc import Callable

_WARM_UP = 3
_SECOND_YEAR = 365


def main(count: int, seed: int) -> dict[str, float]:
    """Return the times of each question, each asked of as many days."""
    from parvis.lib import clock  # noqa: PLC0415 - in an open house
    from parvis.readers.standards.behind import Figure, Kind, files_behind  # noqa: PLC0415
    from parvis.readers.standards.standing import survey  # noqa: PLC0415

    chance = np.random.default_rng(seed)
    now = clock.now()
    days = [
        (FIRST_DAY + timedelta(days=int(day))).date()
        for day in chance.integers(_SECOND_YEAR, DAYS, _WARM_UP + count)
    ]
    asked: dict[str, Callable[[int], object]] = {
        "totals": lambda n: survey(days[n], now=now, months=1).whole.waiting.files,
        "splits": lambda n: survey(days[n], now=now).offices,
        "program": lambda n: survey(days[n], now=now, program="study-permit").offices,
        "files": lambda n: files_behind(Figure.of(Kind.LATE, on=days[n]), most=50),
        "rare-files": lambda n: files_behind(
            Figure.of(
                Kind.DECIDED_LATE,
                on=days[n],
                since=days[n],
                program="study-permit",
                office="visa-office-paris",
            ),
            most=50,
        ),
    }
    told = {}
    for name, ask in asked.items():
        took = []
        for n in range(len(days)):
            began = time.perf_counter()
            ask(n)
            took.append((time.perf_counter() - began) * 1_000)
        told[f"{name}-p50"], told[f"{name}-slowest"] = np.percentile(
            took[_WARM_UP:], [50, 100]
        ).tolist()
    return told


if __name__ == "__main__":
    open_house()
    print(json.dumps(main(*map(int, sys.argv[1:]))))
