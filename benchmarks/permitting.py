"""What it adds to a page to ask who may see the file, and to write down that they did."""

from collections.abc import Iterator

from benchmarks.house import House, summary
from benchmarks.results import Result, result
from benchmarks.timing import middle

_CLIENTS = 100


def run(
    *, files: int = 10_000, rounds: int = 5, looks: int = 500, clients: int = _CLIENTS
) -> Iterator[Result]:
    """Yield what asking adds to the page of both who may see it, and what writing it down does."""
    with House() as house:
        house.run("benchmarks.clients", "people", str(clients))
        house.run("benchmarks.clients", "files", "0", str(files))
        with house.session(keeper=True) as session:
            session.execute("VACUUM ANALYZE")
        house.parvis("figures", "refresh")
        house.parvis("manage", "collectstatic", "--no-input", "-v", "0")
        house.settle()
        seen: list[dict[str, float]] = [
            summary(house.run("benchmarks.opening", str(looks), str(seed)))
            for seed in range(rounds)
        ]
    for name, with_it, without, page in (
        ("client", "client", "bare", "client-page"),
        ("holder", "holder", "bare", "holder-page"),
        ("written", "written", "holder", "holder-page"),
    ):
        added = [one[with_it] - one[without] for one in seen]
        shares = [more / one[page] for more, one in zip(added, seen, strict=True)]
        whole = middle([one[page] for one in seen])
        yield result(
            f"permission.{name}", middle(added), "ms", baseline=whole, ratio=middle(shares)
        )
