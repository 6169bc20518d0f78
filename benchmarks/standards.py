"""Service standards and backlog over many files: how fast any day is told, and how fast counted."""

import time
from collections.abc import Iterator, Sequence
from itertools import pairwise

from benchmarks.caseload import FACTS_A_FILE
from benchmarks.house import House, pool, summary
from benchmarks.lookup import NAMES
from benchmarks.results import Result, result
from benchmarks.timing import cores

DAYS_ASKED = 50


def run(sizes: Sequence[int] = (1_000_000,)) -> Iterator[Result]:
    """Yield, at each size, the rate of counting, and how long questions of any day take."""
    for size in sizes:
        with House() as house:
            yield from _at(house, size)


def _at(house: House, size: int) -> Iterator[Result]:
    name = f"standards.{NAMES.get(size, str(size))}"
    marks = [size * n // cores() for n in range(cores() + 1)]
    began = time.perf_counter()
    pool(house, "benchmarks.caseload", [(str(a), str(b - a)) for a, b in pairwise(marks) if b > a])
    print(f"  {size:,} files loaded in {time.perf_counter() - began:.0f} s")
    house.settle()
    first = house.parvis("figures", "refresh")
    yield result(f"{name}.count-rate", size * FACTS_A_FILE / first.seconds, "facts/s")
    with house.session(keeper=True) as session:
        session.execute("VACUUM ANALYZE")
    house.settle()
    again = house.parvis("figures", "refresh")
    yield result(f"{name}.count-again", again.seconds, "s")
    for question, ms in summary(house.run("benchmarks.surveying", str(DAYS_ASKED), "1")).items():
        yield result(f"{name}.{question}", ms, "ms")
    whole = house.parvis("standards", "--on", "2020-06-30", "--json")
    yield result(f"{name}.command", whole.seconds * 1_000, "ms")
