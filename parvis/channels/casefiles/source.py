"""The bytes of a file, unpacked if it is gzip, with the share of it read so far."""

import zlib
from collections.abc import Iterator
from io import BufferedIOBase
from pathlib import Path

CHUNK = 1 << 16
GZIP = b"\x1f\x8b"

CUT = "the compressed file ends too early: it was cut. Fetch it again."
DAMAGED = "the compressed file is damaged here. Fetch it again."
WRONG_SUM = (
    "the sum that checks the compressed file is wrong: something before this line is not as it was "
    "written. Fetch it again, and import it again to put right what was read from it."
)


class Source:
    """A file as chunks of bytes; `broken` says afterwards why they ended before the file did."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = path.stat().st_size
        self.taken = 0
        self.broken: str | None = None

    def chunks(self) -> Iterator[bytes]:
        """Yield the file's bytes, unpacked, at most 64 KB at a time, and never an empty chunk."""
        self.taken, self.broken = 0, None
        try:
            with self.path.open("rb") as file:
                packed = file.read(len(GZIP)) == GZIP
                file.seek(0)
                pieces = self._pieces(file)
                yield from self._unpacked(pieces) if packed else pieces
        except OSError as error:
            self.broken = f"the file cannot be read: {error.strerror}."

    def progress(self) -> float:
        """Return the share of the file's bytes, as it is stored, taken so far."""
        return min(1.0, self.taken / self.size) if self.size else 1.0

    def _pieces(self, file: BufferedIOBase) -> Iterator[bytes]:
        while piece := file.read(CHUNK):
            self.taken += len(piece)
            yield piece

    def _unpacked(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        member = zlib.decompressobj(wbits=31)
        for piece in pieces:
            rest, full = piece, False
            while rest or full:
                if member.eof:  # several gzip files may follow one another, or zeros fill the end
                    rest = rest.lstrip(b"\0")
                    if not rest:
                        break
                    member = zlib.decompressobj(wbits=31)
                try:
                    # A bound on what comes out at once: a small file can unpack to anything.
                    chunk = member.decompress(rest, CHUNK)
                except zlib.error as error:
                    self.broken = WRONG_SUM if "data check" in str(error) else DAMAGED
                    return
                rest = member.unused_data if member.eof else member.unconsumed_tail
                full = len(chunk) == CHUNK and not member.eof
                if chunk:
                    yield chunk
        if not member.eof:
            self.broken = CUT
