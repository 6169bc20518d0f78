"""Ask a server for files, over connections that stay open: `python -m benchmarks.asking PLAN`.

The plan is a file of JSON: where to ask, for how long, and which files each client has. Every
request is for a file chosen by chance, each as likely as any other, with the session of its client.
Every answer must be 200 and hold the number of that very file, or this program says what came and
ends with 1. One thread and bare sockets, so that it takes little from the server beside it.
"""

import json
import re
import selectors
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from parvis.lib.references import application_number

_GOOD, _END = b"HTTP/1.1 200", b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
_MOST = 1 << 18
_MILLISECONDS = 1_000


class WrongAnswer(RuntimeError):
    """An answer that was not the file that was asked for."""


@dataclass(slots=True)
class _Line:
    """One connection: what it waits for, and since when."""

    socket: socket.socket
    number: bytes = b""
    since: float = 0.0
    come: bytes = b""


class _Asker:
    def __init__(self, plan: dict[str, Any]) -> None:
        self._files = np.load(plan["files"])
        self._cookies = {int(client): cookie for client, cookie in plan["cookies"].items()}
        self._before, self._after = plan["path"].split("NUMBER")
        self._host = f"127.0.0.1:{plan['port']}"
        self._chance = np.random.default_rng(plan["seed"])
        self._next: list[int] = []

    def ask(self, line: _Line) -> None:
        """Send the next request."""
        if not self._next:
            self._next = self._chance.integers(0, len(self._files), 4_096).tolist()
        id_, client = self._files[self._next.pop()].tolist()
        number = application_number(id_)
        line.number = number.encode()
        line.come = b""
        request = (
            f"GET {self._before}{number}{self._after} HTTP/1.1\r\nHost: {self._host}\r\n"
            f"Cookie: {self._cookies[client]}\r\n\r\n"
        ).encode()
        line.since = time.perf_counter()
        line.socket.sendall(request)


def ask(plan: dict[str, Any]) -> dict[str, float]:
    """Ask as the plan says; return the rate, and the milliseconds that answers took."""
    asker, took = _Asker(plan), []
    looking = selectors.DefaultSelector()
    for _ in range(plan["connections"]):
        line = _Line(socket.create_connection(("127.0.0.1", plan["port"])))
        line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        looking.register(line.socket, selectors.EVENT_READ, line)
        asker.ask(line)
    began = time.perf_counter()
    ends = began + plan["seconds"]
    while time.perf_counter() < ends:
        for key, _ in looking.select(1):
            line = key.data
            if _came_whole(line):
                took.append((time.perf_counter() - line.since) * _MILLISECONDS)
                asker.ask(line)
    seconds = time.perf_counter() - began
    if not took:
        raise WrongAnswer(f"none came in {seconds:.1f} s")
    p50, p99 = np.percentile(took, [50, 99]).tolist()
    return {"rate": len(took) / seconds, "p50": p50, "p99": p99}


def _came_whole(line: _Line) -> bool:
    """Take in what has come; tell whether it is the whole answer, and refuse a wrong one.

    Nearly every answer comes in one piece, which is looked at where it is.
    """
    part = line.socket.recv(_MOST)
    line.come = come = line.come + part if line.come else part
    end = come.find(_END)
    if not part or (end >= 0 and not come.startswith(_GOOD)):
        raise WrongAnswer(f"{line.number!r}: {come[:500]!r}")
    if end < 0:
        return False
    length = _LENGTH.search(come, 0, end)
    if length is None:
        raise WrongAnswer(f"{line.number!r} has no length: {come[:500]!r}")
    if len(come) < end + len(_END) + int(length[1]):
        return False
    if come.find(line.number, end) < 0:
        raise WrongAnswer(f"not {line.number!r}: {come[end:][:500]!r}")
    return True


if __name__ == "__main__":
    print(json.dumps(ask(json.loads(Path(sys.argv[1]).read_text()))))
