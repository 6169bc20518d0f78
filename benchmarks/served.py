"""A house that serves: `parvis serve` beside us, on a port of its own, until it is told to end."""

import json
import re
import socket
import subprocess
import sys
import time
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from benchmarks.browsing import header_of, sign_in, sign_in_form
from benchmarks.house import House, summary
from benchmarks.timing import TOP, ProgramFailed

PAGE, API = "/en/applications/NUMBER/", "/api/applications/NUMBER"
CONNECTIONS = 16
_PATIENCE_S = 60
_LAST_OF_THE_DAY, _COUNTS_WITHIN_S = "Dates: ", 1_800
_AS_FROM_A_PROXY = {"X-Forwarded-For": "127.0.0.1"}


class Served:
    """A server of a house, as anybody starts it; use it in a `with`."""

    def __init__(self, house: House, **settings: str) -> None:
        self._house = house
        self._settings = settings
        self.port = free_port()

    def __enter__(self) -> Self:
        self._said = (self._house.home / "serve.log").open("w+")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "parvis", "serve", "--port", str(self.port)],
            cwd=TOP,
            # As a department does: behind a proxy, which takes slow lines upon itself.
            env=self._house.environment | {"PARVIS_PROXIES": "1"} | self._settings,
            stdout=self._said,
            stderr=self._said,
        )
        try:
            self._wait()
            self._until_counted()
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leave()

    def _leave(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._said.close()

    def _wait(self) -> None:
        ends = time.monotonic() + _PATIENCE_S
        while not answers(self.port):
            if self._process.poll() is not None or time.monotonic() > ends:
                self._said.seek(0)
                raise ProgramFailed(f"parvis serve:\n{self._said.read()}")
            time.sleep(0.1)

    def _until_counted(self) -> None:
        """Wait until it has done what it does once a day: that takes half of this machine."""
        ends = time.monotonic() + _COUNTS_WITHIN_S
        while _LAST_OF_THE_DAY not in Path(self._said.name).read_text():
            if time.monotonic() > ends:
                raise ProgramFailed("parvis serve counted too long")
            time.sleep(1)

    def sign_in(self, email: str) -> str:
        """Sign in through the form; return the cookies as a browser sends them back."""
        with closing(HTTPConnection("127.0.0.1", self.port)) as door:
            cookies, form = sign_in_form(door, email, _AS_FROM_A_PROXY)
            sign_in(door, cookies, form, _AS_FROM_A_PROXY)
        return header_of(cookies)

    def plan(self, people: list[dict[str, Any]], cookies: list[str]) -> dict[str, Any]:
        """Return who asks: some by the cookies of the form, the others by sessions made for them.

        Those have the cookies of somebody who has seen a page, too.
        """
        [*_, others] = cookies
        rest = [re.sub(r"sessionid=\w+", f"sessionid={one['session']}", others) for one in people]
        every = [*cookies, *rest[len(cookies) :]]
        with self._house.session() as session:
            found = session.execute(
                "SELECT id, client_id FROM applications_application ORDER BY id"
            )
            np.save(self._house.home / "files.npy", np.array(found.fetchall(), dtype=np.int64))
        return {
            "port": self.port,
            "connections": CONNECTIONS,
            "files": str(self._house.home / "files.npy"),
            "cookies": {one["client"]: kept for one, kept in zip(people, every, strict=True)},
        }

    def ask(
        self, plan: dict[str, Any], path: str, *, seconds: float, seed: int
    ) -> dict[str, float]:
        """Have a process of its own ask for files by this path; return what it saw."""
        written = self._house.home / "plan.json"
        written.write_text(json.dumps(plan | {"path": path, "seconds": seconds, "seed": seed}))
        seen: dict[str, float] = summary(self._house.run("benchmarks.asking", written))
        return seen


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def answers(port: int) -> bool:
    """Tell whether the front door opens."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)) as door:
        try:
            door.request("GET", "/en/")
            return door.getresponse().status == HTTPStatus.OK
        except OSError:
            return False
