"""Tables with one row an event, in any order: grouped by case on disk, so memory stays flat."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from parvis.channels.casefiles.delimited import NO_END
from parvis.channels.casefiles.model import FileBroken, Reject, SourceCase, SourceEvent, left_out
from parvis.channels.casefiles.numbers import Numbers
from parvis.channels.casefiles.table import Table
from parvis.channels.casefiles.values import LONGEST, Unreadable, Values, text
from parvis.programs.schema import Columns

MOST_EVENTS = 100_000
BREAKS_OFF = "the table breaks off here, so the case may not be whole"
NONE_WHOLE = (
    "The events of a case are scattered in this table, so no case is known to be whole: "
    "none is imported."
)
NO_ROOM = (
    "the events cannot be put in order on disk, in the directory for temporary files, "
    "which needs room for twice the unpacked table"
)
SHELF = """
    PRAGMA journal_mode = off;
    PRAGMA synchronous = off;
    PRAGMA temp_store = file;
    PRAGMA cache_size = -4000;
    CREATE TABLE event (first, number, line, activity, at, lifecycle, field, reason, record);
    BEGIN;
"""
"""A database that is deleted when it is closed: nothing in it need survive."""
SHELVE = "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"

Shelved = tuple[int, str, int, str, str, str, str | None, str | None, str | None]


class EventTable:
    """A table with one row an event."""

    def __init__(self, table: Table, columns: Columns, values: Values) -> None:
        self._table = table
        self._names = (columns.case, columns.activity, columns.at, columns.lifecycle)
        self._values = values
        self._doubtful: set[str] = set()
        self._scattered = False
        self._given = 0
        self.events_read = 0

    def progress(self) -> float:
        """Return how far the reading is, 0 to 1: half is the file, half the cases given."""
        return (self._table.progress() + self._given / max(self.events_read, 1)) / 2

    def read(self) -> Iterator[SourceCase | Reject]:
        """Yield whole cases and rejects by their first line, once the whole table has been read.

        Raises `FileBroken` where the table breaks off: before any case, if the rows of a case were
        scattered up to there, since then no case is known to be whole.
        """
        # A generator may be closed by another thread than the one that read from it.
        shelf = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        with closing(shelf):
            try:
                shelf.executescript(SHELF)
                shelf.executemany(SHELVE, self._rows())
                broken = self._table.broken
                if broken and self._scattered:
                    raise FileBroken(f"{broken.what} {NONE_WHOLE}", line=broken.line)
                yield from self._cases(shelf)
            except sqlite3.OperationalError as error:
                raise FileBroken(f"{NO_ROOM} ({error})") from error
        if broken:
            raise broken

    def _rows(self) -> Iterator[Shelved]:
        numbers, previous = Numbers(), ""
        self._doubtful, self._scattered = set(), False
        self._given = self.events_read = 0
        for line, fields, fault in self._table.rows(self._names):
            self.events_read += 1
            case, activity, at, lifecycle = fields
            number = case.strip()[:LONGEST]
            field, reason = (None, fault) if fault else self._fault(fields)
            if fault == NO_END and previous.startswith(number):
                # Its number may be cut as well, and then it is the case of the row before.
                self._doubtful.add(previous)
            if fault == NO_END and not activity and not at:
                number = ""
            first = numbers.seen_on(number, line) if number else None
            if not fault:
                self._scattered |= first is not None and number != previous
                previous = number
            if reason:
                record = self._table.record()
                yield first or line, number, line, "", "", "", field, reason, record
            else:
                yield first or line, number, line, activity, at, lifecycle, None, None, None
        if self._table.broken:
            self._doubtful.add(previous)

    def _fault(self, fields: Sequence[str]) -> tuple[str | None, str | None]:
        """Return which field of a row cannot be read, and why; nothing if all can."""
        column = 0
        try:
            text(fields[0])
            for column, read in enumerate((self._word, self._moment, self._lifecycle), 1):
                read(fields[column])
        except Unreadable as error:
            return self._names[column], str(error)
        return None, None

    def _cases(self, shelf: sqlite3.Connection) -> Iterator[SourceCase | Reject]:
        rows = shelf.execute("SELECT * FROM event ORDER BY first, number, line")
        for (first, number), group in groupby(rows, key=itemgetter(0, 1)):
            events: list[SourceEvent] = []
            rejects: list[Reject] = []
            total = 0
            for _, _, line, activity, at, lifecycle, field, reason, record in group:
                total += 1
                if total > MOST_EVENTS:
                    events, rejects = [], []
                elif reason:
                    rejects.append(Reject(line, number or None, field, reason, record))
                else:
                    step = self._lifecycle(lifecycle)
                    events.append(SourceEvent(self._moment(at), self._word(activity), step, line))
            self._given += total
            whole = Reject(first, number, self._names[0], "", "")
            if total > MOST_EVENTS:
                yield whole._replace(reason=f"a case of more than {MOST_EVENTS:,} events")
            elif rejects:
                yield from (left_out(reject, total - 1) for reject in rejects)
            elif number in self._doubtful:
                yield left_out(whole._replace(reason=BREAKS_OFF), total, whose="its")
            else:
                yield SourceCase(number, first, events)

    def _word(self, value: str) -> str:
        return self._values.words.get(value) or self._values.word(value)

    def _moment(self, value: str) -> datetime:
        return self._values.moments.get(value) or self._values.moment(value)

    def _lifecycle(self, value: str) -> str | None:
        return self._word(value) if value and not value.isspace() else None
