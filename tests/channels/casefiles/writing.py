"""Files of case histories as other systems write them, and one way to read them back."""

import csv
import gzip
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import quoteattr
from zoneinfo import ZoneInfo

from parvis.channels.casefiles import FileBroken, Reject, SourceCase, open_file
from parvis.programs.schema import Columns

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TORONTO = ZoneInfo("America/Toronto")

Event = tuple[str | None, str | None, str | None]
"""An activity, a time, a lifecycle, as written; None to leave one out."""
Case = tuple[str, Sequence[Event]]


class Got(NamedTuple):
    """What reading a file gave."""

    cases: list[SourceCase]
    rejects: list[Reject]
    broken: FileBroken | None

    @property
    def numbers(self) -> list[str]:
        return [case.number for case in self.cases]

    @property
    def histories(self) -> list[Case]:
        return [
            (
                case.number,
                [(event.activity, event.at.isoformat(), event.lifecycle) for event in case.events],
            )
            for case in self.cases
        ]


def read(path: Path, columns: Columns | None = None) -> Got:
    """Read a file to its end, or to where it breaks."""
    got = Got([], [], None)
    try:
        for each in open_file(path, columns, now=NOW, time_zone=TORONTO).read():
            (got.cases if isinstance(each, SourceCase) else got.rejects).append(each)  # type: ignore[arg-type]
    except FileBroken as broken:
        return got._replace(broken=broken)
    return got


def event(
    activity: str | None, at: str | None = "2024-05-31T09:30:00Z", lifecycle: str | None = None
) -> str:
    """Return one event of a log, on a line of its own for each element."""
    said = {"concept:name": activity, "time:timestamp": at, "lifecycle:transition": lifecycle}
    lines = [
        f"<string key={quoteattr(key)} value={quoteattr(value)}/>"
        for key, value in said.items()
        if value is not None
    ]
    return "\n".join(["<event>", *lines, "</event>"])


def trace(number: str | None, *events: str) -> str:
    """Return one case of a log."""
    name = "" if number is None else f'<string key="concept:name" value={quoteattr(number)}/>'
    return "\n".join(["<trace>", name, *events, "</trace>"])


def log(*traces: str, start: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    """Return a whole log."""
    return "\n".join([start, "<log>", *traces, "</log>"])


def xes(cases: Iterable[Case]) -> str:
    """Return a log that holds these cases."""
    return log(*(trace(number, *(event(*each) for each in events)) for number, events in cases))


def event_table(cases: Iterable[Case], delimiter: str = ",") -> str:
    """Return a table with one row an event that holds these cases."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(["case_id", "activity", "timestamp", "lifecycle"])
    for number, events in cases:
        writer.writerows([number, activity, at, step or ""] for activity, at, step in events)
    return text.getvalue()


def write(path: Path, content: str | bytes) -> Path:
    """Write a file, packed if its name says so."""
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path
