"""Sign in through the form, again and again: `python -m benchmarks.entering PLAN`.

The plan is a file of JSON: at which port, how many at once, for how long, and by which addresses.
Each sign-in is a browser's that was never there: the page with the form, then the post, which must
lead on with a session. Each comes from an address of its own, as a proxy would tell it, because so
many from one are refused.
"""

import json
import re
import sys
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.clients import PASSWORD

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
_COOKIE = re.compile(r"(\w+)=([^;]+)")
_FORM = "application/x-www-form-urlencoded"
_SEE_OTHER = 302
_MILLISECONDS = 1_000


class NotSignedIn(RuntimeError):
    """A sign-in that did not lead on."""


def enter(port: int, email: str, number: int) -> float:
    """Sign somebody in; return the milliseconds that the post took."""
    came_from = {"X-Forwarded-For": f"198.18.{number // 250 % 250}.{number % 250}"}
    with closing(HTTPConnection("127.0.0.1", port)) as door:
        door.request("GET", "/en/sign-in/", headers=came_from)
        answer = door.getresponse()
        [token, *_] = _TOKEN.findall(answer.read().decode())
        cookies = _cookies(answer.headers.get_all("Set-Cookie", []))
        form = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token}
        headers = {"Cookie": cookies, "Content-Type": _FORM, **came_from}
        began = time.perf_counter()
        door.request("POST", "/en/sign-in/", urllib.parse.urlencode(form), headers)
        answer = door.getresponse()
        answer.read()
        took = (time.perf_counter() - began) * _MILLISECONDS
    if answer.status != _SEE_OTHER or "sessionid" not in str(answer.headers):
        raise NotSignedIn(f"{email}: {answer.status}")
    return took


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


def _cookies(lines: list[str]) -> str:
    return "; ".join("=".join(_COOKIE.match(line).groups()) for line in lines)  # type: ignore[union-attr]


if __name__ == "__main__":
    print(json.dumps(measure(json.loads(Path(sys.argv[1]).read_text()))))
