"""What every table is, whatever its format: a header, and rows of text."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from parvis.channels.casefiles.model import FileBroken

Row = tuple[int, Sequence[str], str | None]
"""The line where a row begins, the fields asked for, and what is wrong with the row, if anything.

A row at fault has its fields as far as they can be told, so that its case is known.
"""


class Table(Protocol):
    """A table, open for reading."""

    header: list[str]

    @property
    def broken(self) -> FileBroken | None:
        """Why the rows ended before the file did, if so."""

    def rows(self, names: Sequence[str | None]) -> Iterator[Row]:
        """Yield the rows with the fields of these columns; empty for None."""

    def record(self) -> str:
        """Return the row just read as it stands in the file."""

    def progress(self) -> float:
        """Return the share of the file read so far, 0 to 1."""
