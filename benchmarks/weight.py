"""What a browser fetches for one file's page, and how long a new house takes to its first page."""

import gzip
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from urllib.parse import urljoin

from benchmarks.house import House
from benchmarks.results import Result, result
from benchmarks.served import PAGE, Served, answers, free_port
from benchmarks.timing import TOP, ProgramFailed, middle

_LINK = re.compile(r"""<(?:link|script|img|use)\b[^>]*?(?:href|src)="(/static/[^"#]+)""")
_IN_STYLES = re.compile(r"""url\(["']?([^"')#]+)["']?\)""")
_FOR_EVER = "immutable"
_KILOBYTE = 1_000
_SLOWEST_S = 300
_LOOK_EVERY_S = 0.1


@dataclass(frozen=True, slots=True)
class _Came:
    body: bytes
    bytes: int
    """As they came, the head included."""
    kept: bool
    """Whether a browser keeps it without asking again."""


def weigh(served: Served, cookies: str, number: str) -> Iterator[Result]:
    """Yield the bytes of a first visit to a file's page, of the next, and of the page alone.

    Everything that the page and its styles name is fetched, as if all of it were needed: a browser
    fetches a font only once a text asks for it, so it fetches no more.
    """
    with closing(HTTPConnection("127.0.0.1", served.port)) as door:
        come, page = _all(door, PAGE.replace("NUMBER", number), cookies)
    first = sum(one.bytes for one in come.values())
    again = sum(one.bytes for one in come.values() if not one.kept)
    print("  " + ", ".join(f"{at} {one.bytes:,}" for at, one in come.items()))
    for name, weight in (("first-visit", first), ("next-visit", again), ("page", page.bytes)):
        yield result(f"serving.weight.{name}", weight / _KILOBYTE, "kB")


def _all(door: HTTPConnection, address: str, cookies: str) -> tuple[dict[str, _Came], _Came]:
    """Return a page and, by their addresses, everything that it and its styles name."""
    page = _fetch(door, address, cookies)
    waiting, come = _LINK.findall(page.body.decode()), {address: page}
    while waiting:
        at = waiting.pop()
        if at not in come:
            come[at] = _fetch(door, at, cookies)
            if at.endswith(".css"):
                found = _IN_STYLES.findall(come[at].body.decode())
                waiting += [urljoin(at, name) for name in found if not name.startswith("data:")]
    return come, page


def _fetch(door: HTTPConnection, at: str, cookies: str) -> _Came:
    door.request("GET", at, headers={"Cookie": cookies, "Accept-Encoding": "gzip"})
    answer = door.getresponse()
    body = answer.read()
    if answer.status != HTTPStatus.OK:
        raise ProgramFailed(f"{at}: {answer.status}")
    head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
    packed = answer.getheader("Content-Encoding") == "gzip"
    return _Came(
        gzip.decompress(body) if packed else body,
        len(body) + head,
        _FOR_EVER in (answer.getheader("Cache-Control") or ""),
    )


def first_page(rounds: int, demo: Sequence[str] = ()) -> Iterator[Result]:
    """Yield the seconds from `parvis demo` in a new house, as `make demo` calls it, to a page.

    Or as it is called with these words more.
    """
    yield result("serving.demo.first-page", middle([_first_page(demo) for _ in range(rounds)]), "s")


def _first_page(words: Sequence[str]) -> float:
    with House() as house:
        house.cluster.reset()
        port = free_port()
        began = time.perf_counter()
        demo = subprocess.Popen(
            [sys.executable, "-m", "parvis", "demo", "--port", str(port), *words],
            cwd=TOP,
            env=house.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            while not answers(port):
                if demo.poll() is not None or time.perf_counter() - began > _SLOWEST_S:
                    raise ProgramFailed("parvis demo came to no page")
                time.sleep(_LOOK_EVERY_S)
            return time.perf_counter() - began
        finally:
            os.killpg(demo.pid, signal.SIGTERM)
            demo.wait()
