"""Contents on a disk of this machine, under their digests."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO

from parvis.casework.documents.store import StoreFailed, pieces

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Disk:
    """Keeps each content in one file, readable by its owner only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, digest: str, content: BinaryIO) -> None:
        """Keep contents so that they outlive a crash from here on; raise `StoreFailed` if not.

        Written aside and renamed, so that no reader ever meets half of it.
        """
        path = self._path(digest)
        try:
            if path.exists():
                # Whoever wrote it may not have come to the end of this yet.
                _to_disk(path.parent)
                return
            for folder in (self._folder, path.parent):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with _aside(self._folder) as (file, aside):
                for piece in pieces(content):
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
                aside.replace(path)
            for folder in (path.parent, self._folder, self._folder.parent):
                _to_disk(folder)
        except OSError as error:
            # The reason only: the path beside it would say nothing to anybody.
            raise StoreFailed(error.strerror) from error

    def holds(self, digest: str) -> bool:
        """Return whether contents are kept under this digest."""
        return self._path(digest).is_file()

    def open(self, digest: str) -> BinaryIO:
        """Return contents to read; raise `FileNotFoundError` where there are none."""
        return self._path(digest).open("rb")

    def _path(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise ValueError("a digest is 64 hexadecimal digits")
        return self._folder / digest[:2] / digest


@contextmanager
def _aside(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """Give a new file (mode 0600) to write into; it is gone at the end unless it was renamed."""
    number, name = mkstemp(prefix="aside-", dir=folder)
    try:
        with os.fdopen(number, "wb") as file:
            yield file, Path(name)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


def _to_disk(folder: Path) -> None:
    """Have the names in a folder outlive a crash of the machine."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
