"""ClamAV's daemon, asked over a socket of this machine or of another.

The one command of it that we need is written out here (clamd(8), INSTREAM): the clients on PyPI are
under the GPL, or have been left alone for years.
"""

import socket
from struct import pack
from typing import BinaryIO

from parvis.casework.documents.store import PIECE
from parvis.casework.enquiries.status import Scan

_TIMEOUT_S = 60.0
_LONGEST_ANSWER = 4096
_NO_MORE = pack("!L", 0)


class Clamd:
    """Has documents scanned; where the daemon is not there, they wait."""

    def __init__(self, where: str, *, timeout_s: float = _TIMEOUT_S) -> None:
        """Take where it listens: a path, or a host and a port as `127.0.0.1:3310`."""
        self._where, self._timeout_s = where, timeout_s

    def scan(self, content: BinaryIO) -> Scan:
        """Return what was found; `Scan.WAITING` where the daemon is not there."""
        try:
            with self.line() as line:
                answer = _asked(line, content)
        except OSError:
            return Scan.WAITING
        if answer.endswith(" OK"):
            return Scan.CLEAN
        if answer.endswith(" FOUND"):
            return Scan.HARMFUL
        # Without an answer it was stopped in the middle; an error is of this document.
        return Scan.UNKNOWN if answer.endswith("ERROR") else Scan.WAITING

    def line(self) -> socket.socket:
        """Return a new line to the daemon; raises `OSError` where it is not there."""
        if self._where.startswith("/"):
            line = socket.socket(socket.AF_UNIX)
            line.settimeout(self._timeout_s)
            try:
                line.connect(self._where)
            except OSError:
                line.close()
                raise
            return line
        host, _, port = self._where.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=self._timeout_s)


def _asked(line: socket.socket, content: BinaryIO) -> str:
    """Return what the daemon says of a document; it may say so before it has heard the whole."""
    try:
        line.sendall(b"zINSTREAM\0")
        while piece := content.read(PIECE):
            line.sendall(pack("!L", len(piece)) + piece)
        line.sendall(_NO_MORE)
    except (BrokenPipeError, ConnectionResetError):
        pass
    answer = b""
    try:
        while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
            if not (some := line.recv(_LONGEST_ANSWER)):
                break
            answer += some
    except ConnectionResetError:
        # It hung up before it had heard the whole, as on what is too large: what it said stands.
        pass
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()
