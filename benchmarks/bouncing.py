"""A hundred thousand messages that come back at once, each to be read, noted and listed."""

from collections.abc import Iterator

from benchmarks.house import House, summary
from benchmarks.results import Result, result


def run(*, many: int = 100_000) -> Iterator[Result]:
    """Yield how many a second are acted on, and whether each was."""
    with House() as house:
        told = summary(house.run("benchmarks.bounced", str(many)))
    yield result("bounces.rate", many / told["seconds"], "bounces/s")
    yield result("bounces.seconds", told["seconds"], "s")
    yield result("bounces.returned", told["returned"], "messages", baseline=many)
    yield result("bounces.listed", told["listed"], "people", baseline=many)
