"""Run a program and see, from outside it, how long it took and how much memory it held."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from threading import Event, Thread

TOP = Path(__file__).parents[1]
_PROC = Path("/proc")
_LOOK_EVERY = 0.1
_KILOBYTE = 1024


class ProgramFailed(RuntimeError):
    """The program that was to be timed did not do its work."""


@dataclass(frozen=True, slots=True)
class Timed:
    """What a program printed, and what it took: start-up and end included."""

    printed: str
    seconds: float
    peak_bytes: int
    """The most that each of its processes ever held in memory, added up."""


def timed(command: Sequence[str | Path], *, environment: Mapping[str, str]) -> Timed:
    """Run a command in the project's root; raise `ProgramFailed` where it ends badly."""
    peaks: dict[int, int] = {}
    ended = Event()
    with TemporaryFile("w+") as printed, TemporaryFile("w+") as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=TOP, env=dict(environment), stdout=printed, stderr=said
        )
        looking = Thread(target=_look, args=(process.pid, peaks, ended))
        looking.start()
        try:
            process.wait()
            seconds = time.perf_counter() - began
        finally:
            process.kill()  # only where we were interrupted does it still run
            ended.set()
            looking.join()
        printed.seek(0)
        said.seek(0)
        if process.returncode:
            raise ProgramFailed(f"{' '.join(map(str, command))}:\n{said.read()}{printed.read()}")
        return Timed(printed.read(), seconds, sum(peaks.values()))


def middle(values: Sequence[float]) -> float:
    """Return the median, so that neither the luckiest run nor the unluckiest is told."""
    return median(values)


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _look(process: int, peaks: dict[int, int], ended: Event) -> None:
    """Note, until it has ended, the most that each process of the family has held."""
    while not ended.wait(_LOOK_EVERY):
        for each in _family(process):
            peaks[each] = max(peaks.get(each, 0), _peak(each))


def _family(process: int) -> list[int]:
    """Return a process and all that it started, as far as they live."""
    found = [process]
    for each in found:
        try:
            threads = list((_PROC / str(each) / "task").iterdir())
            found += [int(c) for t in threads for c in (t / "children").read_text().split()]
        except OSError:
            continue
    return found


def _peak(process: int) -> int:
    """Return the most bytes that a process has held; 0 where the system does not tell."""
    try:
        lines = (_PROC / str(process) / "status").read_text().splitlines()
    except OSError:
        return 0
    told = next((line for line in lines if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(told.split()[1]) * _KILOBYTE
