"""Look-up of one file with all its facts, among few files and among many."""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import pairwise

from benchmarks.filling import FACTS_A_FILE
from benchmarks.house import House, pool, summary
from benchmarks.memory import drop_caches, load_into_memory
from benchmarks.results import Result, result
from benchmarks.timing import cores, middle

NAMES = {10_000: "10-thousand", 1_000_000: "1-million", 5_000_000: "5-million"}
_COLD_FROM = 5_000_000
_ANOTHER_SEED = 99
_WORTH_TIMING = 1_000_000
"""Facts; to load fewer takes hardly longer than to start."""


def run(
    sizes: Sequence[int] = (10_000, 1_000_000),
    *,
    rounds: int = 5,
    looks: int = 3_000,
    cold_looks: int = 500,
    cold_from: int = _COLD_FROM,
) -> Iterator[Result]:
    """Yield look-up times at each size against the first, load rates and bytes a fact."""
    with ExitStack() as stack:
        houses = {size: stack.enter_context(House()) for size in sizes}
        for size, house in houses.items():
            yield from _load(house, size)
        for size, house in houses.items():
            if size >= cold_from:
                yield from _cold(house, size, cold_looks)
            load_into_memory(house)
        # All sizes in every round, so that a slow minute of the machine is shared by all.
        found = [
            {size: _look(house, size, looks, seed) for size, house in houses.items()}
            for seed in range(rounds)
        ]
    for name in found[0][sizes[0]]:
        at = {size: middle([one[size][name] for one in found]) for size in sizes}
        for size in sizes:
            yield result(
                f"lookup.{_named(size)}.{name}",
                at[size],
                "ms",
                baseline=at[sizes[0]],
                ratio=at[size] / at[sizes[0]],
            )


def _load(house: House, size: int) -> Iterator[Result]:
    marks = [size * n // cores() for n in range(cores() + 1)]
    began = time.perf_counter()
    pool(house, "benchmarks.filling", [(str(a), str(b - a)) for a, b in pairwise(marks) if b > a])
    seconds = time.perf_counter() - began
    with house.session(keeper=True) as session:
        session.execute("VACUUM ANALYZE")
        found = session.execute(
            "SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('events_event')"
        ).fetchone()
    house.settle()
    facts = size * FACTS_A_FILE
    print(f"  {size:,} files, {facts:,} facts loaded in {seconds:.0f} s")
    if facts >= _WORTH_TIMING:
        yield result(f"lookup.{_named(size)}.load-rate", facts / seconds, "facts/s")
    if found:
        yield result(f"lookup.{_named(size)}.bytes-a-fact", float(found[0]) / facts, "bytes")


def _look(house: House, size: int, count: int, seed: int) -> dict[str, float]:
    done = house.run("benchmarks.looking_up", str(size), str(count), str(seed))
    told: dict[str, float] = summary(done)
    print(f"  {size:,} files: " + ", ".join(f"{name} {ms:.3f} ms" for name, ms in told.items()))
    return told


def _cold(house: House, size: int, count: int) -> Iterator[Result]:
    house.cluster.stop()
    dropped = drop_caches()
    house.cluster.start()
    what = "ms" if dropped else "ms, after a restart only: this system keeps its file cache"
    for name, value in _look(house, size, count, _ANOTHER_SEED).items():
        yield result(f"lookup.{_named(size)}.cold-{name}", value, what)


def _named(size: int) -> str:
    return NAMES.get(size, str(size))
