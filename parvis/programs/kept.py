"""Data of a file each, those that come with Parvis and on top the house's own.

What does not load is told in the log and spares the others, so that one bad file of a house never
takes a page away.
"""

import logging
import os
from collections.abc import Callable, Collection
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from parvis.programs.lines import read_lines
from parvis.programs.mistakes import KNOWN_KEYS, Mistake, ProgramRefused, place_of, told

_log = logging.getLogger(__name__)
Said = TypeVar("Said", bound=BaseModel)


class Coded(Protocol):
    """What has a code, under which it is found."""

    @property
    def code(self) -> str:
        """Return it."""
        ...


Kind = TypeVar("Kind", bound=Coded)
Load = Callable[[Path], Kind]
"""What loads a file, or raises `ProgramRefused` or `OSError`."""


def load(path: Path, kind: type[Said], known: Collection[str] = KNOWN_KEYS) -> Said:
    """Load one file as what `kind` describes; `known` are the keys that such a file has.

    Raises `ProgramRefused` with file, line and field of every mistake, `OSError` where the file
    cannot be opened.
    """
    lines = read_lines(path)
    try:
        return kind.model_validate(lines.data)
    except ValidationError as refused:
        raise ProgramRefused(
            [
                Mistake(path, lines.find(place)[1], field_of(place), told(error, known))
                for error in refused.errors(include_url=False)
                for place in [place_of(error)]
            ]
        ) from None


def files(folder: Path) -> list[Path]:
    """Return the files of a folder that hold data of their own, by name."""
    # Asked for at every page that names a topic, and mostly there are none: a glob takes longer.
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    return [folder / name for name in names if name.endswith(".yaml") and name[0] not in "_."]


def of_house(folder: Path, loads: Load[Kind]) -> dict[str, Kind]:
    """Return the house's own by code; a server that runs sees one as soon as it is there."""
    found = [_as_of(file, _changed(file), loads) for file in files(folder)]
    return {one.code: one for one in found if one}


def field_of(place: Collection[str | int]) -> str:
    """Return a place as people write it, and count: a list from 1."""
    return ".".join(str(key + 1) if isinstance(key, int) else key for key in place)


def _changed(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=8_192)
def _as_of(file: Path, _changed_ns: int, loads: Load[Kind]) -> Any:
    """Return what a file of the house's own holds; None if it does not load."""
    try:
        return loads(file)
    except ProgramRefused as refused:
        _log.error("A file of this house does not load:\n%s", refused)
    except OSError as error:
        _log.error("A file of this house does not load: %s: %s", file, error.strerror)
    return None
