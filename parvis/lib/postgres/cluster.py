"""A private PostgreSQL cluster: made at its first start, reached by its owner alone."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from parvis.lib.postgres import making, place, server
from parvis.lib.postgres.errors import PostgresError


@dataclass(frozen=True, slots=True)
class Status:
    """How a cluster stands."""

    running: bool
    pid: int | None
    version: str | None
    """The major version that made the data; None before the first start."""
    data: Path
    size: int
    """Bytes on disk."""
    url: str


class Cluster:
    """The PostgreSQL cluster of one home directory."""

    def __init__(self, home: Path) -> None:
        self.home = home.resolve()

    @property
    def url(self) -> str:
        """The address of the database, told without starting or touching anything."""
        socket = quote(str(self._place.socket), safe="")
        return f"postgresql://parvis@/parvis?host={socket}&port=5432"

    @property
    def _place(self) -> place.Place:
        return place.of(self.home)

    def start(self) -> None:
        """Have the server running and ready, making the cluster at the first call.

        Where it runs already this only reads one small file. Raises `PostgresError`.
        """
        if self._place.link.exists() and server.is_ready(self._place):
            return
        with self._alone():
            where = self._place
            making.refuse_foreign(where)
            if not (where.link.exists() and where.data.is_dir()):
                server.end_orphans(where)
                making.make(where)
            server.wait(where)
            if server.pid(where) is None:
                server.launch(where)

    def has_failed(self) -> bool:
        """Return whether the server is gone without having been stopped: killed, or its data is."""
        where = self._place
        return server.was_killed(where) or not where.data.is_dir()

    def stop(self) -> None:
        """Have the server not running; callers are cut off, nothing committed is lost."""
        if server.pid(self._place) is not None:
            with self._alone():
                server.stop(self._place)

    def reset(self) -> None:
        """Stop the server and delete all its data; a directory not ours is refused."""
        making.refuse_foreign(self._place)
        if not self._place.files.exists():
            return
        with self._alone():
            server.stop(self._place)
            making.delete(self._place)

    def status(self) -> Status:
        """Return how the cluster stands, without changing anything."""
        where = self._place
        made = os.access(where.data, os.R_OK)
        return Status(
            running=server.is_ready(where),
            pid=server.pid(where),
            version=str(server.major(where)) if made else None,
            data=where.data,
            size=_size(where.data),
            url=self.url,
        )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the cluster's lock, so that of two processes at once only one starts or stops it."""
        try:
            if not self.home.is_dir():
                self.home.mkdir(parents=True, exist_ok=True)
                # Whatever the umask: as root, the server's own user may have to walk through.
                self.home.chmod(0o755)
            lock = (self.home / "postgres.lock").open("a")
        except OSError as error:
            raise PostgresError(
                f"{self.home} cannot be written ({error.strerror}). Run as its owner, "
                "or set PARVIS_HOME to a directory of yours."
            ) from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _size(directory: Path) -> int:
    total = 0
    for folder, _, names in os.walk(directory):
        for name in names:
            with suppress(FileNotFoundError):
                total += Path(folder, name).lstat().st_size
    return total
