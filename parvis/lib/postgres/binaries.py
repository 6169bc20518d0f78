"""Where PostgreSQL's own programs are on this machine."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from parvis.lib.postgres.errors import PostgresMissing

OLDEST = 15
"""The first version whose databases can sort by an ICU locale."""

_INSTALLED = Path("/usr/lib/postgresql")


def find(major: int | None = None) -> Path:
    """Return the directory of the newest PostgreSQL's programs, or of this major version's.

    Data made by one major version can be read by no other, so an existing cluster names its own.
    PARVIS_PG_BIN, where set, is the only place looked at. Raises `PostgresMissing`.
    """
    for directory in _candidates():
        found = _major_of(directory)
        if found is not None and found >= OLDEST and major in {None, found}:
            return directory
    raise PostgresMissing(_what_to_install(major))


def _candidates() -> Iterator[Path]:
    if chosen := os.environ.get("PARVIS_PG_BIN"):
        yield Path(chosen)
        return
    versions = [path for path in _INSTALLED.glob("*/bin") if path.parent.name.isdigit()]
    yield from sorted(versions, key=lambda path: int(path.parent.name), reverse=True)
    if on_path := shutil.which("pg_ctl"):
        yield Path(on_path).resolve().parent


def _major_of(directory: Path) -> int | None:
    """Return the major version of a complete installation, or None where a program is lacking."""
    if not all((directory / name).is_file() for name in ("initdb", "pg_ctl", "postgres")):
        return None
    command: list[Path | str] = [directory / "postgres", "--version"]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603
    match = re.search(r"(\d+)", told)
    return int(match[1]) if match else None


def _what_to_install(major: int | None) -> str:
    if major is not None:
        return (
            f"This data was made by PostgreSQL {major}, which is not on this machine. Install it "
            f"(Debian, Ubuntu: apt-get install postgresql-{major}), or point PARVIS_PG_BIN at the "
            "directory with its initdb and pg_ctl."
        )
    return (
        f"PostgreSQL {OLDEST} or newer is not on this machine. Install it (Debian, Ubuntu: "
        "apt-get install postgresql; Red Hat: dnf install postgresql-server), point PARVIS_PG_BIN "
        "at the directory with its initdb and pg_ctl, or set DATABASE_URL to a server of your own."
    )
