"""Tables in Parquet: numbers, dates and times are turned to the text that a CSV file would hold."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from parvis.channels.casefiles.model import LONGEST_RECORD, FileBroken
from parvis.channels.casefiles.table import Row

ROWS_AT_ONCE = 4_096
BUFFER = 1 << 20
UNREADABLE = (pa.ArrowException, OSError, UnicodeDecodeError)


class ParquetRows:
    """The rows of a Parquet file; their number stands for the line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._row = 0
        self._names: Sequence[str | None] = ()
        self._fields: Sequence[str] = ()
        self.broken: FileBroken | None = None
        try:
            with parquet.ParquetFile(path) as file:
                self._total = file.metadata.num_rows
                self.header: list[str] = file.schema_arrow.names
        except UNREADABLE as error:
            raise FileBroken(
                f"{path} is Parquet, but cannot be opened ({error}): it may be cut. Fetch it again."
            ) from error

    def progress(self) -> float:
        """Return the share of the rows read so far, 0 to 1."""
        return self._row / self._total if self._total else 1.0

    def record(self) -> str:
        """Return what was read of the row just read."""
        pairs = zip(self._names, self._fields, strict=True)
        return ", ".join(f"{name}={field}" for name, field in pairs if name)[:LONGEST_RECORD]

    def rows(self, names: Sequence[str | None]) -> Iterator[Row]:
        """Yield each row: its number, the fields of these columns; none is at fault in itself."""
        self.broken, self._row, self._names = None, 0, names
        wanted = [name for name in names if name is not None]
        try:
            with parquet.ParquetFile(self._path, buffer_size=BUFFER, pre_buffer=False) as file:
                for batch in file.iter_batches(ROWS_AT_ONCE, columns=wanted, use_threads=False):
                    blank = [""] * len(batch)
                    columns = [_texts(batch.column(name)) if name else blank for name in names]
                    for fields in zip(*columns, strict=True):
                        self._row, self._fields = self._row + 1, fields
                        yield self._row, fields, None
        except UNREADABLE as error:
            self.broken = FileBroken(
                f"the Parquet file cannot be read further ({error}). Fetch it again.",
                line=self._row + 1,
            )


def _texts(column: pa.Array) -> list[str]:
    """Return the values as text, empty for null; times with a zone in UTC."""
    if pa.types.is_timestamp(column.type) and column.type.tz:
        column = column.cast(pa.timestamp(column.type.unit, "UTC"))
    texts: list[str] = pc.fill_null(column.cast(pa.string()), "").to_pylist()
    return texts
