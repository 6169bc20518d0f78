"""What it adds to a page to ask who may see the file, and to write down that they did."""

from collections.abc import Iterator

from benchmarks.house import House, summary
from benchmarks.results import Result, result
from benchmarks.timing import middle

_CLIENTS = 100


def run(*, files: int = 10_000, rounds: int = 5, looks: int = 500) -> Iterator[Result]:
    """Yield what asking adds to the page, as a share of all of it, for both who may see it."""
    with House() as house:
        house.run("benchmarks.clients", "people", str(_CLIENTS))
        house.run("benchmarks.clients", "files", "0", str(files))
        with house.session(keeper=True) as session:
            session.execute("VACUUM ANALYZE")
        house.parvis("figures", "refresh")
        house.settle()
        seen: list[dict[str, float]] = [
            summary(house.run("benchmarks.opening", str(looks), str(seed)))
            for seed in range(rounds)
        ]
    for who in ("client", "holder"):
        page = middle([one[f"{who}-page"] for one in seen])
        share = middle([(one[who] - one["bare"]) / one[f"{who}-page"] for one in seen])
        added = middle([one[who] - one["bare"] for one in seen])
        yield result(f"permission.{who}", added, "ms", baseline=page, ratio=share)
