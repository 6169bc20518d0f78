"""Keep what could not be read: one JSON object a line, so that it can be mended and sent again."""

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from parvis.channels.casefiles import Reject

if TYPE_CHECKING:
    from io import TextIOWrapper


class Rejects:
    """A file of rejected records, made with the first of them and readable by its owner only."""

    def __init__(self, folder: Path, *, source: Path, at: datetime) -> None:
        self._path = folder / f"{at:%Y%m%dT%H%M%S%f}-{source.name}.jsonl"
        self._file: TextIOWrapper | None = None
        self.count = 0
        self.first: str | None = None
        """Where the first of them stands, and what is wrong with it."""

    @property
    def path(self) -> Path | None:
        """Where the rejects are, if there are any."""
        return self._path if self.count else None

    def keep(self, reject: Reject) -> None:
        """Keep one record: line, case, field, reason, and what it said."""
        if self._file is None:
            self.first = f"line {reject.line:,}, {reject.reason}"
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self._file = os.fdopen(descriptor, "w", encoding="utf-8")
        self._file.write(orjson.dumps(reject._asdict()).decode() + "\n")
        self.count += 1

    def close(self) -> None:
        """Have all of them on disk."""
        if self._file is not None:
            self._file.close()
