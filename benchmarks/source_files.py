"""The event log that is imported: the real one where it is at hand, or one of the same shape."""

import gzip
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.timing import TOP

REAL = "road_fine.xes.gz"
REAL_CASES = 150_370
_END_OF_TRACE, _END = b"</trace>", b"</log>\n"
_FAST = 1


@dataclass(frozen=True, slots=True)
class SourceFile:
    """An event log to import, and whether we made it up."""

    path: Path
    made_up: bool


def source_file(folder: Path | None, *, scratch: Path, cases: int = REAL_CASES) -> SourceFile:
    """Return the real log, from `folder` or its usual place; where there is none, make one up."""
    told = os.environ.get("PARVIS_BENCH_FILES")
    usual = TOP.parent / "shared" / "data" / "casework"
    for place in (folder, Path(told) if told else None, usual):
        for found in (place / REAL, place / "casework" / REAL) if place else ():
            if found.is_file():
                return SourceFile(found, made_up=False)
    path = scratch / "made-up.xes.gz"
    with gzip.open(path, "wb", _FAST) as log:
        log.writelines(_log(cases))
    return SourceFile(path, made_up=True)


def half_of(whole: Path, *, scratch: Path) -> Path:
    """Return a log with the first half of the cases of another; each `</trace>` on its own line."""
    with gzip.open(whole, "rb") as log:
        left = sum(_END_OF_TRACE in line for line in log) // 2
    path = scratch / f"half-of-{whole.name}"
    with gzip.open(whole, "rb") as log, gzip.open(path, "wb", _FAST) as half:
        for line in log:
            half.write(line)
            left -= _END_OF_TRACE in line
            if not left:
                break
        half.write(_END)
    return path


# The commonest histories of the real log, with how many of a hundred cases have them.
_SENT = ("Create Fine", "Send Fine")
_DELIVERED = (*_SENT, "Insert Fine Notification", "Add penalty")
_HISTORIES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (40, (*_DELIVERED, "Send for Credit Collection")),
    (33, ("Create Fine", "Payment")),
    (15, _SENT),
    (7, (*_DELIVERED, "Payment")),
    (5, (*_DELIVERED, "Payment", "Payment")),
)
# An element in the real log has about as many attributes that nobody reads.
_UNREAD = b"""\
\t\t\t<float key="amount" value="35.0"/>
\t\t\t<int key="article" value="157"/>
\t\t\t<string key="vehicleClass" value="A"/>
"""


def _log(cases: int) -> Iterator[bytes]:
    """Yield a log like the real one, always the same."""
    many = [history for count, history in _HISTORIES for _ in range(count)]
    # 37 and 100 have no common factor: every history comes, and its neighbours are of other kinds.
    first = datetime(2006, 1, 2, 9, tzinfo=UTC)
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n'
    for number in range(cases):
        yield f'\t<trace>\n\t\t<string key="concept:name" value="A{number}"/>\n'.encode()
        at = first + timedelta(hours=number % 50_000)
        for activity in many[number * 37 % len(many)]:
            yield _event(activity, at)
            at += timedelta(days=30)
        yield b"\t</trace>\n"
    yield _END


def _event(activity: str, at: datetime) -> bytes:
    told = (
        f'\t\t\t<date key="time:timestamp" value="{at.isoformat(timespec="milliseconds")}"/>\n'
        '\t\t\t<string key="lifecycle:transition" value="complete"/>\n'
        f'\t\t\t<string key="concept:name" value="{activity}"/>\n'
    ).encode()
    return b"\t\t<event>\n" + _UNREAD + told + b"\t\t</event>\n"
