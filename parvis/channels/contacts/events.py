"""Files with an event a line: JSON objects, or a table with the names of the fields on top."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from parvis.casework.contacts.facts import FIELDS, Unreadable, event_in_json, event_told
from parvis.channels.casefiles.delimited import LONGEST_LINE, DelimitedRows
from parvis.channels.casefiles.model import LONGEST_RECORD, FileBroken, Reject
from parvis.channels.casefiles.source import Source
from parvis.channels.contacts.model import Found

_NEEDED = ("event_id", "contact_id", "kind", "at")
_TOO_LONG = "a line is longer than 16 MB; no event has that."


class JsonLines:
    """A JSON object a line."""

    skipped = 0

    def __init__(self, path: Path, now: datetime) -> None:
        self._source, self._now = Source(path), now

    def progress(self) -> float:
        """Return the share of the file's bytes read so far, 0 to 1."""
        return self._source.progress()

    def read(self) -> Iterator[Found]:
        """Yield events and rejects."""
        for number, line in enumerate(self._lines(), 1):
            if not line.strip():
                continue
            try:
                yield event_in_json(line, now=self._now)
            except Unreadable as wrong:
                yield rejected(wrong, number, line.decode(errors="replace"))

    def _lines(self) -> Iterator[bytes]:
        tail, number = b"", 0
        for chunk in self._source.chunks():
            *lines, tail = (tail + chunk).split(b"\n")
            if len(tail) > LONGEST_LINE:
                raise FileBroken(_TOO_LONG, line=number + len(lines) + 1)
            yield from lines
            number += len(lines)
        if self._source.broken:
            raise FileBroken(self._source.broken, line=number + 1)
        yield tail


class EventTable:
    """A table: comma, semicolon, tab or bar; its columns are called as the fields are."""

    skipped = 0

    def __init__(self, rows: DelimitedRows, now: datetime) -> None:
        self._rows, self._now = rows, now
        lacking = [name for name in _NEEDED if name not in rows.header]
        if lacking:
            raise FileBroken(
                f"the first line should name the columns {', '.join(FIELDS)};"
                f" it lacks {', '.join(lacking)}.",
                line=1,
            )

    def progress(self) -> float:
        """Return the share of the file's bytes read so far, 0 to 1."""
        return self._rows.progress()

    def read(self) -> Iterator[Found]:
        """Yield events and rejects."""
        names = [name for name in FIELDS if name in self._rows.header]
        for line, values, fault in self._rows.rows(names):
            told = {name: value for name, value in zip(names, values, strict=True) if value}
            if fault:
                id_ = told.get("event_id")
                yield Reject(line, id_, None, fault, self._rows.record())
                continue
            try:
                yield event_told(told, now=self._now)
            except Unreadable as wrong:
                yield rejected(wrong, line, self._rows.record())
        if self._rows.broken:
            raise self._rows.broken


def rejected(wrong: Unreadable, line: int, record: str) -> Reject:
    """Return a record that cannot be taken, with what is wrong with it."""
    told = record[:LONGEST_RECORD].rstrip("\r\n")
    return Reject(line, None, wrong.field or None, str(wrong).removeprefix(": "), told)
