"""Webhooks to a receiver that fails a third of the time, with the worker killed on the way."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.house import House, summary
from benchmarks.results import Result, result
from benchmarks.timing import TOP, ProgramFailed

_RECEIVERS, _FACTS = 4, 5
_WAITS = "1,1,1,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2"
"""Days, as seconds: a message would have to fail nineteen times to be given up."""
_SILENT_S = 31
_PATIENCE_S = 600


class Receiver:
    """The receiver, a program of its own beside us; use it in a `with`."""

    def __init__(self, house: House) -> None:
        self._secrets = house.home / "secrets.json"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.receiving", self._secrets],
            cwd=TOP,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.port = int(self._line())

    def __enter__(self) -> "Receiver":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def know(self, secrets: dict[str, str]) -> None:
        """Have it know the secrets, and be ready."""
        self._secrets.write_text(json.dumps(secrets))
        print(file=self._process.stdin, flush=True)
        self._line()

    def seen(self) -> dict[str, int]:
        """Return what it saw; it is over then."""
        told, _ = self._process.communicate()
        found: dict[str, int] = json.loads(told)
        return found

    def _line(self) -> str:
        told: Any = self._process.stdout
        line: str = told.readline()
        if not line:
            raise ProgramFailed("the receiver ended")
        return line


def run(*, deliveries: int = 50_000) -> Iterator[Result]:
    """Yield how fast messages are sent and taken, and what was lost, mixed up or sent twice."""
    with House() as house, Receiver(house) as receiver:
        urls = [f"http://127.0.0.1:{receiver.port}/{nth}" for nth in range(_RECEIVERS)]
        files = deliveries // (_RECEIVERS * _FACTS)
        receiver.know(summary(house.run("benchmarks.telling", "fill", str(files), *urls)))
        began = time.perf_counter()
        house.parvis("work", "--queue", "urgent", "--queue", "bulk", "--once")
        spread_s = time.perf_counter() - began
        seconds = _sent(house, kill_at=deliveries // 3)
        left, seen = _left(house), receiver.seen()
    print(f"  {left} {seen}", flush=True)
    arrived = seen["messages"]
    requests = seen["requests"]
    yield result("webhooks.spread", deliveries / spread_s, "deliveries made/s")
    yield result(
        "webhooks.arrived", arrived, "messages", baseline=deliveries, ratio=arrived / deliveries
    )
    yield result("webhooks.rate", deliveries / seconds, "messages taken/s")
    yield result("webhooks.requests", requests / seconds, "requests/s")
    yield result("webhooks.failed", seen["failed"] / requests * 100, "% of requests failed")
    for name in ("out of order", "unsigned", "mistaken"):
        yield result(f"webhooks.{name.replace(' ', '-')}", seen.get(name, 0), "messages")
    yield result("webhooks.repeated", seen.get("repeated", 0), "messages", baseline=left["repeats"])
    yield result("webhooks.given-up", left["otherwise"] + left["waiting"], "messages")


def _sent(house: House, *, kill_at: int) -> float:
    """Send everything, kill the worker once on the way; return how long workers worked."""
    seconds, killed = 0.0, False
    ends = time.monotonic() + _PATIENCE_S
    while True:
        began = time.perf_counter()
        with _Worker(house) as worker:
            while (left := _left(house))["waiting"] and (killed or left["delivered"] < kill_at):
                if time.monotonic() > ends:
                    raise ProgramFailed(f"not all was sent: {left}")
                time.sleep(1)
            seconds += time.perf_counter() - began
            if not left["waiting"]:
                return seconds
            worker.kill()
        killed = True
        be_silent(house)
        house.run("benchmarks.telling", "rescue")


def be_silent(house: House) -> None:
    """Wait until nobody in that house has heard of a killed worker for half a minute."""
    time.sleep(_SILENT_S)


class _Worker:
    """A worker of the queue, as `parvis serve` starts it; use it in a `with`."""

    def __init__(self, house: House) -> None:
        ours = {"PARVIS_WEBHOOK_NETWORKS": "127.0.0.1/32", "PARVIS_WEBHOOK_WAITS_S": _WAITS}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "parvis", "work", "--queue", "webhooks"],
            cwd=TOP,
            env=house.environment | ours,
        )

    def __enter__(self) -> "_Worker":
        return self

    def __exit__(self, *_: Any) -> None:
        self._process.terminate()
        self._process.wait()

    def kill(self) -> None:
        """Kill it as a machine that fails does."""
        os.kill(self._process.pid, signal.SIGKILL)


def _left(house: House) -> dict[str, int]:
    with house.session() as session:
        row = session.execute(
            "SELECT count(*) FILTER (WHERE state = 'waiting'),"
            " count(*) FILTER (WHERE state = 'delivered'),"
            " count(*) FILTER (WHERE state NOT IN ('waiting', 'delivered')),"
            " coalesce(sum(repeats), 0) FROM webhooks_delivery"
        ).fetchone()
    names = ("waiting", "delivered", "otherwise", "repeats")
    return dict(zip(names, map(int, row or ()), strict=True))
