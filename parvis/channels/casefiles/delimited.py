"""Tables as text (CSV), read row by row: comma, semicolon, tab or bar; UTF-8; plain or gzip."""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from operator import itemgetter
from pathlib import Path

from parvis.channels.casefiles.model import LONGEST_RECORD, FileBroken
from parvis.channels.casefiles.source import Source
from parvis.channels.casefiles.table import Row

DELIMITERS = ",;\t|"
LONGEST_LINE = 16 << 20
UTF_16 = (b"\xff\xfe", b"\xfe\xff")

OPEN_QUOTE = "the row cannot be read ({error}): is a quotation mark left open?"
WIDTH = "{found} fields, but {expected} columns"
NO_END = "the last line has no end, so it may be cut: if it is whole, put an end to it"


class DelimitedRows:
    """The rows of a CSV file."""

    def __init__(self, path: Path) -> None:
        self._source = Source(path)
        self._lines = _Lines(self._source)
        first = next(self._lines, "")
        if self.broken:
            raise self.broken
        headers = [next(csv.reader([first], delimiter=mark), []) for mark in DELIMITERS]
        header = max(headers, key=len)
        self._delimiter = DELIMITERS[headers.index(header)]
        self.header = [name.strip() for name in header]
        if len(header) < 2:  # noqa: PLR2004 - a case number and anything else
            raise FileBroken(
                "the first line should name the columns, with , ; | or a tab between them; "
                f"it says “{first.strip()[:100]}”.",
                line=1,
            )
        self._source = Source(path)
        self._lines = _Lines(self._source)

    @property
    def broken(self) -> FileBroken | None:
        """Why the rows ended before the file did, if so."""
        return self._lines.broken

    def progress(self) -> float:
        """Return the share of the file's bytes read so far, 0 to 1."""
        return self._source.progress()

    def record(self) -> str:
        """Return the row just read as it stands in the file."""
        return "".join(self._lines.taken)[:LONGEST_RECORD].rstrip("\r\n")

    def rows(self, names: Sequence[str | None]) -> Iterator[Row]:
        """Yield each row: the line where it begins, the fields of these columns, what is wrong."""
        lines = self._lines = _Lines(self._source)
        table = csv.reader(lines, delimiter=self._delimiter, strict=True)
        width = len(self.header)
        pick = itemgetter(*[width if name is None else self.header.index(name) for name in names])
        next(lines)
        while True:
            lines.taken.clear()
            line, fault = lines.number + 1, None
            try:
                row = next(table)
            except StopIteration:
                return
            except csv.Error as error:
                # A quotation mark left open takes the rows after it along: only one is at fault.
                lines.give_back()
                start = lines.taken[0][:LONGEST_RECORD]
                row = next(csv.reader([start], delimiter=self._delimiter), [""])
                fault = OPEN_QUOTE.format(error=error)
            if not row:
                continue
            if lines.cut and not lines.left and (lines.broken or len(row) != width):
                fault = NO_END  # with all its fields it is whole: RFC 4180 asks for no last end
            elif len(row) != width:
                fault = fault or WIDTH.format(found=len(row), expected=width)
            row += [""] * (width + 1 - len(row))
            row[width] = ""  # what a column that the table does not have reads as
            yield line, pick(row), fault


class _Lines:
    """The lines of a text, one by one, with their number; those of a bad row can be given back."""

    def __init__(self, source: Source) -> None:
        self.number = 0
        self.taken: list[str] = []
        """The lines of the row being read."""
        self.cut = False
        """The last line taken has no end."""
        self.broken: FileBroken | None = None
        self._text = self._decoded(source)
        self._again: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._text)
        self.number += 1
        self.taken.append(line)
        return line

    @property
    def left(self) -> bool:
        """Whether lines that were given back are still to be read."""
        return bool(self._again)

    def give_back(self) -> None:
        """Let all lines taken but the first be read again."""
        again = self.taken[1:]
        del self.taken[1:]
        self.number -= len(again)
        self._again.extendleft(reversed(again))

    def _decoded(self, source: Source) -> Iterator[str]:
        number, tail, codec = 1, b"", "utf-8-sig"  # which leaves out a byte order mark
        for chunk in source.chunks():
            lines = (tail + chunk).splitlines(keepends=True)
            # A return may have its line feed in the next chunk.
            tail = b"" if lines[-1].endswith(b"\n") else lines.pop()
            if len(tail) > LONGEST_LINE:
                self.broken = FileBroken(
                    "a line is longer than 16 MB; no table has that.", line=number
                )
                return
            for line in lines:
                try:
                    yield line.decode(codec)
                except UnicodeDecodeError as error:
                    self.broken = _not_utf_8(line, error, number)
                    return
                number, codec = number + 1, "utf-8"
        if source.broken:
            self.broken = FileBroken(source.broken, line=number)
        if tail:
            self.cut = not tail.endswith(b"\r")
            yield tail.decode(codec, errors="ignore")  # half a character, if it is cut


def _not_utf_8(line: bytes, error: UnicodeDecodeError, number: int) -> FileBroken:
    if line.startswith(UTF_16):
        what, encoding = "the file is UTF-16, not UTF-8", "UTF-16"
    else:
        what, encoding = f"the byte {line[error.start]:02x} is not UTF-8", "WINDOWS-1252"
    return FileBroken(
        f"{what}. Save the file as “CSV UTF-8”, or convert it: iconv -f {encoding} -t UTF-8.",
        line=number,
    )
