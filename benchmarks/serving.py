"""The tracker's page and its API as `parvis serve` gives them, against `pgbench -S`."""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from benchmarks.house import House, pool, summary
from benchmarks.lookup import NAMES
from benchmarks.memory import load_into_memory
from benchmarks.reading import make_table, read
from benchmarks.results import Result, result
from benchmarks.served import API, CONNECTIONS, PAGE, Served
from benchmarks.timing import cores, middle
from benchmarks.weight import first_page, weigh
from parvis.lib.references import application_number

_PATHS = {"page": PAGE, "api": API}
_BY_THE_FORM = 5
_CLIENTS = 100
_WARM_UP_S = 5
_DEMOS = 3


@dataclass(frozen=True, slots=True)
class Site:
    """A house that serves, and who asks there."""

    house: House
    served: Served
    plan: dict[str, Any]
    somebody: tuple[str, str]
    """The cookies of one client, and the number of a file of theirs."""


def run(
    sizes: Sequence[int] = (10_000, 1_000_000),
    *,
    rounds: int = 9,
    seconds: float = 5,
    clients: int = _CLIENTS,
    demo: Sequence[str] = (),
) -> Iterator[Result]:
    """Yield rates and times of page and API at each size, against pgbench and the first size.

    And the time to the first page of `parvis demo`, which is called with these words more.
    """
    with ExitStack() as stack:
        sites = {size: open_site(stack, size, clients) for size in sizes}
        for site in sites.values():
            for path in _PATHS.values():
                site.served.ask(site.plan, path, seconds=min(seconds, _WARM_UP_S), seed=99)
        smallest = sites[sizes[0]]
        yield from weigh(smallest.served, *smallest.somebody)
        # All sizes in every round, so that a slow minute of the machine is shared by all.
        seen = [
            {size: _round(site, seconds, seed) for size, site in sites.items()}
            for seed in range(rounds)
        ]
    yield from first_page(min(rounds, _DEMOS), demo)
    for size in sizes:
        yield from _told(size, [one[size] for one in seen], [one[sizes[0]] for one in seen])


def walls(
    *, files: int = 10_000, rounds: int = 5, seconds: float = 10, clients: int = _CLIENTS
) -> Iterator[Result]:
    """Yield the page's rate behind the second wall, against the same house without it."""
    with ExitStack() as stack:
        behind = open_site(stack, files, clients)
        open_ = stack.enter_context(Served(behind.house, PARVIS_BEHIND_WALL="0"))
        for served in (behind.served, open_):
            served.ask(behind.plan, PAGE, seconds=min(seconds, _WARM_UP_S), seed=99)
        rates = []
        for seed in range(rounds):
            with_wall, without = (
                served.ask(behind.plan, PAGE, seconds=seconds, seed=seed)["rate"]
                for served in (behind.served, open_)
            )
            print(f"  behind the wall {with_wall:,.0f}, without it {without:,.0f} pages/s")
            rates.append((with_wall, without))
    yield result(
        "wall.page-rate",
        middle([one for one, _ in rates]),
        "pages/s",
        baseline=middle([other for _, other in rates]),
        ratio=middle([one / other for one, other in rates]),
    )


def open_site(stack: ExitStack, size: int, clients: int) -> Site:
    """Have a house with so many files of so many clients serve until the stack is left."""
    house = stack.enter_context(House())
    people = summary(house.run("benchmarks.clients", "people", str(clients)))
    marks = [size * n // cores() for n in range(cores() + 1)]
    began = time.perf_counter()
    tasks = [("files", str(a), str(b - a)) for a, b in pairwise(marks) if b > a]
    pool(house, "benchmarks.clients", tasks)
    print(f"  {size:,} files of {clients} clients opened in {time.perf_counter() - began:.0f} s")
    make_table(house, size)
    with house.session(keeper=True) as session:
        session.execute("VACUUM ANALYZE")
    house.parvis("figures", "refresh")
    load_into_memory(house)
    house.settle()
    served = stack.enter_context(Served(house))
    cookies = [served.sign_in(one["email"]) for one in people[:_BY_THE_FORM]]
    with house.session() as session:
        [[id_]] = session.execute(
            "SELECT min(id) FROM applications_application WHERE client_id = %s",
            [people[0]["client"]],
        )
    return Site(house, served, served.plan(people, cookies), (cookies[0], application_number(id_)))


def _round(site: Site, seconds: float, seed: int) -> dict[str, float]:
    """Return what page, API and pgbench did, one after the other within the same quarter minute.

    The machine's speed moves within a minute, and pgbench's by more than a page's: many short
    rounds tell more than a few long ones.
    """
    seen = {
        f"{name}-{what}": value
        for name, path in _PATHS.items()
        for what, value in site.served.ask(site.plan, path, seconds=seconds, seed=seed).items()
    }
    seen["pgbench"] = read(site.house, connections=CONNECTIONS, seconds=seconds)
    print("  " + ", ".join(f"{name} {value:,.1f}" for name, value in seen.items()), flush=True)
    return seen


def _told(
    size: int, seen: Sequence[dict[str, float]], first: Sequence[dict[str, float]]
) -> Iterator[Result]:
    group = f"serving.{NAMES.get(size, size)}"
    pgbench = middle([one["pgbench"] for one in seen])
    yield result(f"{group}.pgbench", pgbench, "reads/s")
    for name, unit in (("page", "pages/s"), ("api", "answers/s")):
        rate = middle([one[f"{name}-rate"] for one in seen])
        share = middle([one[f"{name}-rate"] / one["pgbench"] for one in seen])
        yield result(f"{group}.{name}-rate", rate, unit, baseline=pgbench, ratio=share)
        kept = middle(
            [
                one[f"{name}-rate"] / few[f"{name}-rate"]
                for one, few in zip(seen, first, strict=True)
            ]
        )
        few = middle([one[f"{name}-rate"] for one in first])
        yield result(f"{group}.{name}-kept", rate, unit, baseline=few, ratio=kept)
        for point in ("p50", "p99"):
            yield result(
                f"{group}.{name}-{point}", middle([one[f"{name}-{point}"] for one in seen]), "ms"
            )
