"""Where a cluster's files lie, and who owns them. Answers without touching anything.

Ordinarily all is in `HOME/postgres`. PostgreSQL refuses to run as root, so as root the server runs
as the system's `postgres` user (or as whoever owns the files already); where that user cannot reach
the home, /root for one, the files lie under /var/lib/parvis and `HOME/postgres` is a link to them.
"""

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

SERVER_USER = "postgres"
SOCKET = ".s.PGSQL.5432"
_FAR = Path("/var/lib/parvis")
_LONGEST_SOCKET = 107
"""Bytes that the kernel takes for the name of a socket (`sun_path`, without its closing zero)."""


def default_home() -> Path:
    """Return where Parvis keeps its files: PARVIS_HOME, or `.parvis` in the current directory."""
    named = os.environ.get("PARVIS_HOME") or ".parvis"
    return _whole(named, "" if named.startswith("/") else str(Path.cwd()))


@lru_cache(maxsize=16)
def _whole(named: str, within: str) -> Path:
    """Return a directory's whole path; to follow its links takes longer than a query."""
    return Path(within, named).resolve()


@dataclass(frozen=True, slots=True)
class Place:
    """The directories of one cluster."""

    link: Path
    """`HOME/postgres`: the files themselves, or a link to where they are."""
    files: Path
    socket: Path
    """Where the socket lies: in `files`, or in a short directory of its own if that is too long."""
    uid: int
    """Whom the server runs as."""

    @property
    def data(self) -> Path:
        return self.files / "data"

    @property
    def log(self) -> Path:
        return self.files / "server.log"

    @property
    def settings(self) -> Path:
        """Our settings, and the mark by which a directory is known to be ours."""
        return self.files / "parvis.conf"


def of(home: Path) -> Place:
    """Return where the cluster of this home lies, or would lie."""
    link = home / "postgres"
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    uid, files = os.geteuid(), link
    if uid == 0:
        uid = _server_uid(link)
        if not link.is_dir() or link.is_symlink():
            near = not link.is_symlink() and _reaches(uid, home) and _fits(link)
            files = link if near else _FAR / name
    socket = files if _fits(files) else Path("/tmp") / f"parvis-{uid}-{name}"  # noqa: S108 - made 0700, owner checked
    return Place(link=link, files=files, socket=socket, uid=uid)


def _server_uid(link: Path) -> int:
    """Return whom root lets the server run as: the files' owner, or the system's own user."""
    if link.is_dir() and (owner := link.stat().st_uid) != 0:
        return owner
    try:
        return pwd.getpwnam(SERVER_USER).pw_uid
    except KeyError:
        return 0  # PostgreSQL is not installed; starting will say so


def _reaches(uid: int, home: Path) -> bool:
    """Return whether that user may walk down to this home, as far as the home exists."""
    ways = [path.stat() for path in (home, *home.parents) if path.exists()]
    return all(way.st_mode & (stat.S_IXUSR if way.st_uid == uid else stat.S_IXOTH) for way in ways)


def _fits(directory: Path) -> bool:
    return len(os.fsencode(directory / SOCKET)) <= _LONGEST_SOCKET
