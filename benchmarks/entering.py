"""Sign in through the form, again and again: `python -m benchmarks.entering PLAN`.

The plan is a file of JSON: at which port, how many at once, for how long, and by which addresses.
Each sign-in is a browser's that was never there: the page with the form, then the post, which must
lead on with a session. Each comes from an address of its own, as a proxy would tell it, because so
many from one are refused.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.browsing import address_of, sign_in, sign_in_form

_MILLISECONDS = 1_000


def enter(port: int, email: str, number: int) -> float:
    """Sign somebody in; return the milliseconds that the post took."""
    came_from = address_of(number)
    with closing(HTTPConnection("127.0.0.1", port)) as door:
        cookies, form = sign_in_form(door, email, came_from)
        began = time.perf_counter()
        sign_in(door, cookies, form, came_from)
        return (time.perf_counter() - began) * _MILLISECONDS


def measure(plan: dict[str, Any]) -> dict[str, float]:
    """Sign in as the plan says; return how many a minute, and the milliseconds that posts took."""
    numbers, ends = count(), time.perf_counter() + plan["seconds"]
    began = time.perf_counter()

    def again(_: int) -> list[float]:
        took = []
        while time.perf_counter() < ends:
            number = next(numbers)
            took.append(enter(plan["port"], plan["emails"][number % len(plan["emails"])], number))
        return took

    with ThreadPoolExecutor(plan["at_once"]) as pool:
        took = [one for part in pool.map(again, range(plan["at_once"])) for one in part]
    minutes = (time.perf_counter() - began) / 60
    p50, p99 = np.percentile(took, [50, 99]).tolist()
    return {"rate": len(took) / minutes, "p50": p50, "p99": p99}


if __name__ == "__main__":
    print(json.dumps(measure(json.loads(Path(sys.argv[1]).read_text()))))
