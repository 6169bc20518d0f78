"""Opening a file of contact events: which format it has, by its content."""

from datetime import datetime
from pathlib import Path

from parvis.channels.casefiles.delimited import DelimitedRows
from parvis.channels.casefiles.model import FileBroken
from parvis.channels.casefiles.opening import BLANK, start_of
from parvis.channels.contacts.anonymous_bank import FIRST_COLUMN, AnonymousBank
from parvis.channels.contacts.events import EventTable, JsonLines
from parvis.channels.contacts.model import ContactFile


def open_contacts(path: Path, *, now: datetime) -> ContactFile:
    """Open a file of contact events: JSON lines or a table, plain or gzip.

    Raises `FileBroken` if the file is missing, empty, unreadable or of no known format.
    """
    try:
        start = start_of(path).lstrip(BLANK)
        if start.startswith(b"{"):
            return JsonLines(path, now)
        rows = DelimitedRows(path)
    except OSError as error:
        raise FileBroken(f"{path} cannot be read: {error.strerror}.") from error
    if rows.header[0] == FIRST_COLUMN:
        return AnonymousBank(rows)
    return EventTable(rows, now)
