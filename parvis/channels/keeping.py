"""Keeping what would go out as files, where a department has not said where it goes."""

import os
from pathlib import Path

from parvis.casework.notices.ways import Unreachable


def keep(path: Path, content: bytes) -> None:
    """Write a file whole, readable by its owner only; raise `Unreachable` where that fails."""
    aside = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
        aside.replace(path)
    except OSError as error:
        raise Unreachable(error.strerror) from error
