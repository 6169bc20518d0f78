"""What a measurement found, by its name."""

from collections.abc import Iterable

from benchmarks.results import Result


def named(found: Iterable[Result]) -> dict[str, Result]:
    every = list(found)
    by_name = {one.name: one for one in every}
    assert len(by_name) == len(every)
    return by_name
