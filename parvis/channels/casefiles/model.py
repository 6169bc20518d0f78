"""What a file of case histories holds, whatever its format: cases, and records at fault."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple, Protocol

LONGEST_RECORD = 2_000
"""How much of a rejected record is kept, in characters."""


class SourceEvent(NamedTuple):
    """One event of a case as another system recorded it."""

    at: datetime
    """In UTC, unless the file was opened to be told as it stands."""
    activity: str
    lifecycle: str | None
    line: int
    """Where it stands in the file, from 1 (row number for Parquet)."""


class SourceCase(NamedTuple):
    """A whole case: its number there, and its events in the order of the file."""

    number: str
    line: int
    events: list[SourceEvent]
    outcome: str | None = None
    """Where the file tells it apart from the events (one row a case)."""


class Reject(NamedTuple):
    """A record that could not be read: where it stands, why, and what it said."""

    line: int
    case: str | None
    field: str | None
    reason: str
    record: str
    """As it stood in the file, at most 2,000 characters."""


class CaseFile(Protocol):
    """A file of case histories, not yet read."""

    events_read: int
    """Events met so far, good and bad."""

    def read(self) -> Iterator[SourceCase | Reject]:
        """Yield whole cases and rejects, in one pass; raise `FileBroken` where the file breaks."""

    def progress(self) -> float:
        """Return the share of the file's bytes read so far, 0 to 1."""


class FileBroken(Exception):
    """The file cannot be read further: what is wrong, where, what to do; cases before it stand."""

    def __init__(self, what: str, *, line: int | None = None) -> None:
        super().__init__(what if line is None else f"Line {line:,}: {what}")
        self.what, self.line = what, line


class ColumnsUnknown(FileBroken):
    """The names of a table's columns do not say which holds what: they have to be told."""

    def __init__(self, what: str, has: str) -> None:
        super().__init__(f"{what} {has}")
        self.has = has
        """Which columns there are, in a sentence."""


def left_out(reject: Reject, events: int, *, whose: str = "the case's other") -> Reject:
    """Return the reject with what became of the other events of its case: they are left out too."""
    if not events:
        return reject
    rest = f"{events:,} event was" if events == 1 else f"{events:,} events were"
    return reject._replace(reason=f"{reject.reason}; {whose} {rest} not imported")
