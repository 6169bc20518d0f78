"""What a file of case histories holds, whatever its format: cases, and records that could not be read."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple, Protocol


class SourceEvent(NamedTuple):
    """One event of a case as another system recorded it."""

    at: datetime
    """Aware."""
    activity: str
    lifecycle: str | None
    line: int
    """Where it stands in the file, from 1 (row number for Parquet)."""


class SourceCase(NamedTuple):
    """A whole case: its number there, and its events in the order of the file."""

    number: str
    line: int
    events: list[SourceEvent]


class Reject(NamedTuple):
    """A record that could not be read: where it stands, why, and what it said."""

    line: int
    case: str | None
    field: str | None
    reason: str
    record: str
    """As it stood in the file, at most 2,000 characters."""


class CaseFile(Protocol):
    """An open file of case histories."""

    def read(self) -> Iterator[SourceCase | Reject]:
        """Yield whole cases and rejects, in one pass; raise `FileBroken` where the file itself ends badly."""

    def progress(self) -> float:
        """Return the share of the file's bytes read so far, 0 to 1."""


class FileBroken(Exception):
    """The file cannot be read further: what is wrong, on which line, and what to do; cases before it stand."""
