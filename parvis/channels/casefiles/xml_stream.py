"""XML taken chunk by chunk: what is refused, where it breaks and why, how a piece of it reads."""

from collections.abc import Callable
from xml.parsers import expat

from parvis.channels.casefiles.model import LONGEST_RECORD, FileBroken

LONGEST_TAG = 16 << 20
CUT_SHORT = {
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
}


class XmlStream:
    """A stream of XML without document types, which can hide bombs and ways to other files."""

    def __init__(
        self, *, start: Callable[[str, list[str]], None], end: Callable[[str], None]
    ) -> None:
        # Interning every name costs more than comparing a few, and a hostile file fills it.
        self.parser = expat.ParserCreate(intern=None)
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = start
        self.parser.EndElementHandler = end
        self.parser.XmlDeclHandler = self._declare
        self.parser.StartDoctypeDeclHandler = self._refuse
        self._before = self._chunk = b""
        self._fed = 0
        self._encoding = "utf-8"

    @property
    def line(self) -> int:
        """The line being read, from 1."""
        return self.parser.CurrentLineNumber

    @property
    def place(self) -> int:
        """The byte being read, from 0."""
        return self.parser.CurrentByteIndex

    def take(self, chunk: bytes, *, last: bool = False) -> str | None:
        """Read a chunk; return what is wrong if the file cannot be read further."""
        self._fed += len(self._chunk)
        self._before, self._chunk = self._chunk, chunk
        try:
            self.parser.Parse(chunk, last)
        except expat.ExpatError as error:
            return self._explain(error)
        except LookupError:
            return f"its first line names an encoding that is not known, {self._encoding}."
        except (ValueError, FileBroken) as error:  # ValueError: an encoding that expat cannot take
            return str(error)
        if self._fed + len(chunk) - self.place > LONGEST_TAG:
            return "one tag is longer than 16 MB; no event log has that."
        return None

    def record(self, begin: int, tag: str) -> str:
        """Return the element that begins at this byte as it stands in the file.

        Empty if that is further back than the chunk before this one.
        """
        back = begin - self._fed
        if back < -len(self._before):
            return ""
        longest = 4 * LONGEST_RECORD  # no encoding takes more bytes a character
        if back < 0:
            piece = self._before[back:][:longest] + self._chunk[:longest]
        else:
            piece = self._chunk[back : back + longest]
        element = piece.decode(self._encoding, errors="replace")
        opening, closed, _ = element.partition(">")
        if not opening.endswith("/"):
            opening, closed, _ = element.partition(f"</{tag}>")
        return (opening + closed)[:LONGEST_RECORD]

    def _declare(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self._encoding = encoding or self._encoding

    def _refuse(self, *_declaration: object) -> None:
        raise FileBroken(
            "a DOCTYPE is refused, since it can hide a bomb or a way to other files. "
            "An event log needs none: delete it."
        )

    def _explain(self, error: expat.ExpatError) -> str:
        if error.code in CUT_SHORT:
            return "the log ends before it is closed: the file was cut. Fetch it again."
        byte = self._chunk[self.parser.ErrorByteIndex - self._fed :][:1]
        if byte > b"\x7f":
            return (
                f"the byte {byte.hex()} is not {self._encoding}. Save the file as UTF-8, "
                "or name the encoding that it really has in its first line."
            )
        return f"this is not well-formed XML ({expat.ErrorString(error.code)}). Export it again."
