"""Opening a file of case histories: which format it has, by its content and then by its name."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from parvis.channels.casefiles.case_table import CaseTable
from parvis.channels.casefiles.columns import columns_of
from parvis.channels.casefiles.delimited import UTF_16, DelimitedRows
from parvis.channels.casefiles.event_table import EventTable
from parvis.channels.casefiles.model import CaseFile, FileBroken
from parvis.channels.casefiles.source import Source
from parvis.channels.casefiles.table import Table
from parvis.channels.casefiles.values import Values
from parvis.channels.casefiles.xes import XesFile
from parvis.programs.schema import Columns

BLANK = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
"""What may stand before the first `<` of a text: byte order marks, half characters, space."""


def open_file(
    path: Path,
    columns: Columns | None = None,
    *,
    now: datetime,
    time_zone: ZoneInfo,
    as_told: bool = False,
) -> CaseFile:
    """Open a file of case histories: XES, CSV or Parquet, the first two plain or gzip.

    `columns` says which columns of a table hold what; without it, their usual names do.
    A time without an offset is in `time_zone`, and one after `now` is a fault. Moments come in UTC,
    or with `as_told` in the offset that the file gives them.
    Raises `FileBroken` if the file is missing, empty, unreadable or of no known format.
    """
    values = Values(now=now, time_zone=time_zone, as_told=as_told)
    try:
        start = start_of(path)
        if start.lstrip(BLANK).startswith(b"<"):
            return XesFile(path, values)
        table = _table(path, start)
    except OSError as error:
        raise FileBroken(f"{path} cannot be read: {error.strerror}.") from error
    columns = columns_of(table.header, columns)
    if columns.activity and columns.at:
        return EventTable(table, columns, values)
    return CaseTable(table, columns, values)


def start_of(path: Path) -> bytes:
    """Return the first bytes of the file, unpacked."""
    if path.is_dir():
        raise FileBroken(f"{path} is a directory; name a file.")
    if path.exists() and not path.is_file():
        raise FileBroken(f"{path} is not a file but a pipe or a device; save it as a file first.")
    source = Source(path)
    start = next(source.chunks(), b"")
    if not start.strip(BLANK):
        raise FileBroken(f"{path}: {source.broken or 'the file is empty.'}")
    return start


def _table(path: Path, start: bytes) -> Table:
    """Return the table that the file holds, by its first bytes, and then by its name."""
    if start.startswith(b"PAR1"):
        # pyarrow takes longer to load than most files take to read.
        from parvis.channels.casefiles.parquet import ParquetRows  # noqa: PLC0415

        return ParquetRows(path)
    name = path.name.lower().removesuffix(".gz")
    if start.startswith(b"PK"):
        raise FileBroken(f"{path} is a workbook or an archive. Save the sheet as “CSV UTF-8”.")
    if name.endswith((".xes", ".xml")):
        raise FileBroken(f"{path} is named as an event log (XES), but does not begin with <.")
    if name.endswith(".parquet"):
        raise FileBroken(f"{path} is named as Parquet, but does not begin with PAR1.")
    if b"\0" in start.partition(b"\n")[0] and not start.startswith(UTF_16):
        raise FileBroken(f"{path} is of no known format; XES, CSV and Parquet are.")
    return DelimitedRows(path)
