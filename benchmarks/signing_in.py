"""Sign-ins through the form, against nothing but the hash of as many passwords."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.clients import PASSWORD
from benchmarks.house import House, summary
from benchmarks.results import Result, result
from benchmarks.served import Served
from benchmarks.timing import cores, middle
from parvis.config.hashing import PasswordHasher

_CLIENTS, _AT_ONCE = 500, 16
_WARM_UP_S = 5


def run(*, rounds: int = 3, seconds: float = 40, clients: int = _CLIENTS) -> Iterator[Result]:
    """Yield how many sign in within a minute, and how many passwords alone could be checked."""
    with House() as house:
        people = summary(house.run("benchmarks.clients", "people", str(clients)))
        plan = {"emails": [one["email"] for one in people], "at_once": _AT_ONCE}
        with Served(house) as served:
            _enter(house, plan | {"port": served.port, "seconds": min(seconds, _WARM_UP_S)})
            seen = []
            for _ in range(rounds):
                now = _enter(house, plan | {"port": served.port, "seconds": seconds})
                now["hashes"] = hashes_a_minute(seconds / 4)
                print("  " + ", ".join(f"{k} {v:,.1f}" for k, v in now.items()), flush=True)
                seen.append(now)
    rate, hashes = (middle([one[name] for one in seen]) for name in ("rate", "hashes"))
    share = middle([one["rate"] / one["hashes"] for one in seen])
    yield result("signing-in.rate", rate, "sign-ins/min", baseline=hashes, ratio=share)
    yield result("signing-in.hashes", hashes, "passwords/min")
    for point in ("p50", "p99"):
        yield result(f"signing-in.{point}", middle([one[point] for one in seen]), "ms")


def _enter(house: House, plan: dict[str, object]) -> dict[str, float]:
    written = house.home / "entering.json"
    written.write_text(json.dumps(plan))
    seen: dict[str, float] = summary(house.run("benchmarks.entering", written))
    return seen


def hashes_a_minute(seconds: float) -> float:
    """Return how many passwords all cores check in a minute, doing nothing else."""
    with ProcessPoolExecutor(cores(), get_context("spawn")) as pool:
        return sum(pool.map(_hashes, [seconds] * cores()))


def _hashes(seconds: float) -> float:
    hasher = PasswordHasher()
    kept = hasher.encode(PASSWORD, "")
    began, checked = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        hasher.verify(PASSWORD, kept)
        checked += 1
    return checked / (time.perf_counter() - began) * 60
