"""Look files up as a page does and time each: `python -m benchmarks.looking_up FILES COUNT SEED`.

Prints, as JSON, the milliseconds at the median and the 99th percentile, by either of their numbers.
"""

import gc
import json
import sys
import time
from collections.abc import Sequence

import numpy as np

from benchmarks.filling import FACTS_A_FILE, source_number
from parvis.jobs.cli.house import open_house

_WARM_UP = 20
_NANOSECONDS = 1_000_000


def look_up(numbers: Sequence[str]) -> list[float]:
    """Return how many milliseconds each file took with all its facts, found by its number."""
    from parvis.casework.applications import selectors  # noqa: PLC0415
    from parvis.casework.events import log  # noqa: PLC0415

    took = []
    for number in numbers:
        began = time.perf_counter_ns()
        [file] = selectors.files_numbered(number)
        facts = log.history(file.id)
        took.append((time.perf_counter_ns() - began) / _NANOSECONDS)
        if len(facts) != FACTS_A_FILE:
            raise RuntimeError(f"{number} has {len(facts)} facts")
    return took


def main(files: int, count: int, seed: int) -> dict[str, float]:
    """Look up files chosen by chance, each as likely as any other, by their two numbers."""
    from parvis.lib.references import application_number  # noqa: PLC0415

    chance = np.random.default_rng(seed)
    # In a house that only `filling` filled, subjects are numbered without a gap, from 1.
    own = [application_number(id_) for id_ in chance.integers(1, files + 1, _WARM_UP + count)]
    theirs = [source_number(n) for n in chance.integers(0, files, _WARM_UP + count)]
    told = {}
    gc.freeze()
    for name, numbers in (("own", own), ("source", theirs)):
        look_up(numbers[:_WARM_UP])  # connects, and loads what PostgreSQL knows of its own tables
        took = look_up(numbers[_WARM_UP:])
        told[f"{name}-p50"], told[f"{name}-p99"] = np.percentile(took, [50, 99]).tolist()
    return told


if __name__ == "__main__":
    open_house()
    print(json.dumps(main(*map(int, sys.argv[1:]))))
