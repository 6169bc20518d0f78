"""A mail server that counts what it takes: which messages, how often, and when each came first.

As a program: `python -m benchmarks.mail_server PORT FILE`, until its input ends. FILE gets a line a
mail: the moment, and the Message-ID.
"""

import asyncio
import re
import socket
import sys
import time
from pathlib import Path
from typing import TextIO

from aiosmtpd.smtp import SMTP, Envelope, Session

_ID = re.compile(rb"^Message-ID: *(\S+)", re.IGNORECASE | re.MULTILINE)


class Counts:
    """Takes everything, and writes down what it was."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a mail."""
        content = envelope.content
        found = _ID.search(content if isinstance(content, bytes) else b"")
        name = found[1].decode() if found else "?"
        self._file.write(f"{time.time():.6f} {name}\n")
        self._file.flush()
        return "250 2.0.0 taken"


async def _serve(port: int, file: TextIO) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Counts(file)), "127.0.0.1", port)
    async with server:
        await loop.run_in_executor(None, sys.stdin.read)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


def taken(path: Path) -> list[tuple[float, str]]:
    """Return when each mail came, and its Message-ID."""
    lines = path.read_text().splitlines() if path.exists() else []
    return [(float(at), name) for at, name in (line.split(" ", 1) for line in lines)]


if __name__ == "__main__":
    with Path(sys.argv[2]).open("a") as written:
        asyncio.run(_serve(int(sys.argv[1]), written))
