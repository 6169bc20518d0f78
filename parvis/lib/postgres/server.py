"""The server's process: whether it runs, and starting and stopping it as the right user."""

import os
import pwd
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from parvis.lib.postgres import binaries
from parvis.lib.postgres.errors import NotOurs, PostgresError
from parvis.lib.postgres.place import SOCKET, Place
from parvis.lib.postgres.settings import server_settings

_PATIENCE = 120
"""Seconds for a server to come up or go down: replaying the log after a crash can take a while."""
_READY_LINE = 7
"""The line of postmaster.pid, from 0, that says how far the server is."""
_PROC = Path("/proc")


def pid(where: Place) -> int | None:
    """Return the process that serves this data, or None; a number left by a crash is no server."""
    lines = _pid_file(where)
    found = int(lines[0]) if lines and lines[0].isdigit() else None
    return found if found is not None and _serves(found, where) else None


def is_ready(where: Place) -> bool:
    """Return whether the server takes connections, from the file it keeps about itself."""
    lines = _pid_file(where)
    return len(lines) > _READY_LINE and lines[_READY_LINE] == "ready" and pid(where) is not None


def was_killed(where: Place) -> bool:
    """Return whether a server left the number of its process behind, which one that stops takes."""
    return bool(_pid_file(where)) and pid(where) is None


def wait(where: Place, *, until_gone: bool = False) -> None:
    """Wait while a server is on its way up or down: until it is gone, or (by default) is ready."""
    deadline = time.monotonic() + _PATIENCE
    while (found := pid(where)) is not None and (until_gone or not is_ready(where)):
        if time.monotonic() > deadline:
            raise PostgresError(f"The server (process {found}) does not answer; see {where.log}.")
        time.sleep(0.02)


def launch(where: Place) -> None:
    """Start the server over its data and return when it takes connections; none may be running."""
    programs = binaries.find(major(where))
    if where.socket != where.files:
        _make_socket_directory(where)
    write(where, where.settings, server_settings(where.socket))
    # Both are left by a crash. PostgreSQL would refuse to start where some other process has since
    # been given the number in them; we know that none of ours runs.
    (where.data / "postmaster.pid").unlink(missing_ok=True)
    (where.socket / f"{SOCKET}.lock").unlink(missing_ok=True)
    command = (programs / "pg_ctl", "start", "--wait", f"--timeout={_PATIENCE}")
    deadline = time.monotonic() + 10
    while True:
        try:
            return run(where, *command, "-D", where.data, "-l", where.log)
        except PostgresError as error:
            # After a kill -9 the server's children take a moment to notice, and hold its memory.
            if "shared memory block" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def stop(where: Place) -> None:
    """Have the server shut down, cutting off whoever is connected, and wait until it is gone."""
    if (found := pid(where)) is not None:
        os.kill(found, signal.SIGINT)
        wait(where, until_gone=True)


def end_orphans(where: Place) -> None:
    """End a server whose data was deleted under it: leaving, it would take our socket along."""
    orphans = [found for found in _processes() if _serves(found, where)]
    for orphan in orphans:
        with suppress(ProcessLookupError):
            os.kill(orphan, signal.SIGQUIT)
    deadline = time.monotonic() + 10
    while any(_serves(orphan, where) for orphan in orphans) and time.monotonic() < deadline:
        time.sleep(0.02)


def major(where: Place) -> int:
    """Return the major version that made the data."""
    return int((where.data / "PG_VERSION").read_text())


def write(where: Place, path: Path, text: str) -> None:
    """Write a file that the server's user, and nobody else, reads."""
    path.write_text(text)
    path.chmod(0o600)
    os.chown(path, where.uid, -1)


def run(where: Place, *command: str | Path, told: str = "") -> None:
    """Run a program of PostgreSQL's as the server's user; raise `PostgresError` with its words."""
    as_server: dict[str, Any] = {}
    if os.geteuid() == 0:
        user = pwd.getpwuid(where.uid)
        as_server = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    # Not our environment: PGDATA, PGPORT and their like speak of other servers.
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(  # noqa: S603
        command,
        input=told,
        text=True,
        capture_output=True,
        check=False,
        cwd="/",
        env=environment,
        **as_server,
    )
    if done.returncode:
        logged = where.log.read_text(errors="replace")[-1500:] if where.log.exists() else ""
        raise PostgresError(f"{Path(command[0]).name}: {done.stderr.strip()}\n{logged}".strip())


def _pid_file(where: Place) -> list[str]:
    with suppress(OSError):
        text = (where.data / "postmaster.pid").read_text()
        return [line.strip() for line in text.split("\n")]
    return []


def _serves(process: int, where: Place) -> bool:
    """Return whether that process is a live server of this data and one that we may signal."""
    try:
        os.kill(process, 0)
        if not _PROC.is_dir():
            return True  # macOS: the number alone must do
        command = (_PROC / str(process) / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return command[0].endswith(b"postgres") and os.fsencode(where.data) in command


def _processes() -> Iterator[int]:
    return (int(path.name) for path in _PROC.glob("[0-9]*"))


def _make_socket_directory(where: Place) -> None:
    """Make the short directory for the socket; one that somebody else made first is refused."""
    with suppress(FileExistsError):
        where.socket.mkdir(mode=0o700)
        os.chown(where.socket, where.uid, -1)
    found = where.socket.lstat()
    if found.st_uid != where.uid or found.st_mode & 0o777 != 0o700:  # noqa: PLR2004 - ours alone
        raise NotOurs(
            f"{where.socket} was made by another user; set PARVIS_HOME to a shorter path."
        )
