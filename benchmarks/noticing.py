"""Notices a second through a local mail server, with a worker killed half-way; and urgent ones."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.house import House, Session, summary
from benchmarks.mail_server import free_port, taken
from benchmarks.results import Result, result

_PATIENCE_S = 600


class Told:
    """A house that tells people, and the mail server that takes what it sends."""

    def __init__(self, house: House, mails: Path) -> None:
        self.house, self.mails, port = house, mails, free_port()
        server = [sys.executable, "-m", "benchmarks.mail_server", str(port), str(mails)]
        self._server = subprocess.Popen(server, stdin=subprocess.PIPE)
        self.environment = house.environment | {
            "PARVIS_SMTP_HOST": "127.0.0.1",
            "PARVIS_SMTP_PORT": str(port),
            "PARVIS_SMTP_SECURITY": "none",
        }

    def close(self) -> None:
        """End the server."""
        self._server.communicate()

    def note(self, count: int, sort: str) -> float:
        """Note that so many people are to be told something; return just before when it was."""
        found = summary(self.house.run("benchmarks.noticed", str(count), sort))
        return float(found["noted"])

    @contextmanager
    def working(self) -> Iterator["subprocess.Popen[bytes]"]:
        """Run the workers of every queue."""
        command = [sys.executable, "-m", "parvis", "work"]
        process = subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(60)

    def until(self, count: int) -> list[tuple[float, str]]:
        """Wait until so many different mails came, and return all."""
        ends = time.monotonic() + _PATIENCE_S
        found = taken(self.mails)
        while len({name for _, name in found}) < count:
            if time.monotonic() > ends:
                raise TimeoutError(f"{len(found)} mails of {count}")
            time.sleep(0.1)
            found = taken(self.mails)
        return found


def run(*, many: int = 20_000, killed: int = 6_000) -> Iterator[Result]:
    """Yield the rate, what a killed worker repeats and loses, and how long an urgent one waits."""
    with House() as house, _told(house, "killed") as told:
        told.note(killed, "bulk")
        with told.working() as workers:
            told.until(killed // 2)
            died = time.time()
            _kill_the_sender(workers.pid)
            found = told.until(killed)
        times = Counter(name for _, name in found)
        first = min(at for at, _ in found)
        last = max(at for at, _ in found)
        up = [at for at, _ in found if at < died]
        yield result("notices.rate", len(up) / (max(up) - first), "notices/s")
        yield result("notices.rate-with-kill", killed / (last - first), "notices/s")
        yield result("notices.lost", killed - len(times), "of 6,000")
        yield result("notices.repeated", sum(times.values()) - len(times), "a killed worker")
    with House() as house, _told(house, "urgent") as told:
        told.note(many, "bulk")
        with told.working():
            told.until(500)
            with house.session() as session:
                noted = told.note(1, "urgent")
                came = _urgent(session, told)
            waiting = many + 1 - len({one for _, one in taken(told.mails)})
        yield result("notices.urgent", came - noted, "s")
        yield result("notices.behind", waiting, "bulk notices waiting meanwhile")


def _urgent(session: Session, told: Told) -> float:
    """Return when the urgent message came."""
    ends = time.monotonic() + _PATIENCE_S
    while time.monotonic() < ends:
        row = session.execute(
            "SELECT to_hex(id) FROM notices_message WHERE urgent AND sent_at IS NOT NULL"
        ).fetchone()
        if row is not None:
            for at, name in taken(told.mails):
                if name.startswith(f"<{row[0]}-"):
                    return at
        time.sleep(0.02)
    raise TimeoutError("the urgent notice did not come")


@contextmanager
def _told(house: House, name: str) -> Iterator[Told]:
    made = Told(house, house.home / f"{name}.txt")
    try:
        yield made
    finally:
        made.close()


def _kill_the_sender(parent: int) -> None:
    """Kill the worker that sends what is much, without a warning."""
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (path / "cmdline").read_bytes().split(b"\0")
            status = (path / "stat").read_text().rpartition(")")[2].split()
            if b"bulk" in command and int(status[1]) == parent:
                os.kill(int(path.name), signal.SIGKILL)
                return
    raise LookupError("no worker of the queue bulk")
