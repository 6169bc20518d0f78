"""Agents who ask for the next enquiry, and people who write: `python -m benchmarks.support_doors`.

`next PLAN` has each agent sign in and ask every few seconds, as if no enquiry took them longer,
until they have as many as they can; it prints how long each answer took, and what was given.
`write PLAN` has people send the form, each from an address of their own, as fast as it is taken; it
prints how many a second, and the numbers that they were told. A plan is a file of JSON.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.browsing import Cookies, address_of, form_at, post, sign_in, sign_in_form
from benchmarks.timing import ProgramFailed

_ASK, _NEXT = "/en/enquiries/new/", "/en/support/next/"
_ENQUIRY = re.compile(r"/support/enquiries/([^/]+)/$")
_NUMBER = re.compile(r'class="number">([^<]+)<')
_AT_ONCE = 16


def ask_for_the_next(plan: dict[str, Any]) -> dict[str, Any]:
    """Have every agent ask; return the milliseconds of each answer and the numbers given."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        # Whoever signs in keeps a core busy: first all do, then they ask.
        every = list(
            pool.map(lambda one: _signed_in(plan["port"], *one), enumerate(plan["emails"]))
        )
    with ThreadPoolExecutor(len(every)) as pool:
        worked = list(pool.map(lambda one: _work(plan, *one), enumerate(every)))
    return {
        "took": [one for took, _ in worked for one in took],
        "given": [one for _, given in worked for one in given],
    }


def _signed_in(port: int, number: int, email: str) -> Cookies:
    came_from = address_of(number)
    with closing(HTTPConnection("127.0.0.1", port)) as door:
        cookies, form = sign_in_form(door, email, came_from)
        sign_in(door, cookies, form, came_from)
        return cookies


def _work(plan: dict[str, Any], number: int, cookies: Cookies) -> tuple[list[float], list[str]]:
    chance = np.random.default_rng(number)
    headers = address_of(number) | {"X-CSRFToken": cookies["csrftoken"]}
    took, given = list[float](), list[str]()
    with closing(HTTPConnection("127.0.0.1", plan["port"])) as door:
        while True:
            time.sleep(chance.uniform(0, 2 * plan["pause_s"]))
            began = time.perf_counter()
            answer, _ = post(door, _NEXT, cookies, {}, headers)
            if (found := _ENQUIRY.search(answer.headers.get("Location", ""))) is None:
                return took, given
            took.append((time.perf_counter() - began) * 1000)
            given.append(found[1])


def write(plan: dict[str, Any]) -> dict[str, Any]:
    """Have people write for so many seconds; return how many a second, and their numbers."""
    numbers, began = count(), time.perf_counter()

    def again(_: int) -> list[str]:
        told = []
        with closing(HTTPConnection("127.0.0.1", plan["port"])) as door:
            cookies, token = form_at(door, _ASK, address_of(0))
            while time.perf_counter() - began < plan["seconds"]:
                told.append(_sent(door, next(numbers), cookies, token))
        return told

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        told = [one for some in pool.map(again, range(_AT_ONCE)) for one in some]
    return {"rate": len(told) / (time.perf_counter() - began), "told": told}


def _sent(door: HTTPConnection, number: int, cookies: Cookies, token: str) -> str:
    form = {
        "csrfmiddlewaretoken": token,
        "email": f"person{number}@example.net",
        "subject": f"My question {number}",
        "words": "How do I tell you my new address? I moved to Halifax last week.",
    }
    answer, page = post(door, _ASK, cookies, form, address_of(number))
    found = _NUMBER.search(page)
    if answer.status != HTTPStatus.OK or found is None:
        raise ProgramFailed(f"the form answered {answer.status}")
    return found[1]


_DOES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "next": ask_for_the_next,
    "write": write,
}

if __name__ == "__main__":
    print(json.dumps(_DOES[sys.argv[1]](json.loads(Path(sys.argv[2]).read_text()))))
