"""ClamAV's real daemon on this machine, with signatures of our own: nothing is fetched."""

import hashlib
import shutil
import signal
import subprocess
import time
from pathlib import Path

from parvis.channels.scanner.clamd import Clamd
from tests.mailing import free_port

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""What every scanner takes for a virus, and is none; in two parts, so that this file is not."""
MARK = b"parvis-test-of-what-is-harmful"
LONGEST = 1_000_000
"""So many bytes the daemon takes at most."""
_CONF = """
Foreground yes
{listens}
DatabaseDirectory {place}/signatures
TemporaryDirectory {place}
StreamMaxLength {longest}
ReadTimeout 2
CommandReadTimeout 2
ConcurrentDatabaseReload no
"""


class Daemon:
    """ClamAV's daemon; started in less than a second, since it knows two signatures."""

    def __init__(self, place: Path, *, tcp: bool) -> None:
        self._place, self._where_is_a_port = place, tcp
        self.where = f"127.0.0.1:{free_port()}" if tcp else str(place / "clamd.sock")
        listens = f"LocalSocket {self.where}"
        if tcp:
            listens = f"TCPAddr 127.0.0.1\nTCPSocket {self.where.rpartition(':')[2]}"
        signatures = place / "signatures"
        signatures.mkdir()
        digest = hashlib.md5(EICAR, usedforsecurity=False).hexdigest()
        (signatures / "tests.hdb").write_text(f"{digest}:{len(EICAR)}:Eicar-Test\n")
        (signatures / "tests.ndb").write_text(f"Parvis.Test:0:*:{MARK.hex()}\n")
        conf = _CONF.format(listens=listens, place=place, longest=LONGEST)
        (place / "clamd.conf").write_text(conf)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Have it listen."""
        clamd = shutil.which("clamd") or "/usr/sbin/clamd"
        self._process = subprocess.Popen(
            [clamd, "-c", str(self._place / "clamd.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ends = time.monotonic() + 60
        while not self._answers():
            assert time.monotonic() < ends
            assert self._process.poll() is None
            time.sleep(0.02)

    def kill(self) -> None:
        """Have it gone, from one moment to the next."""
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)
            self._process.kill()
            self._process.wait()
            self._process = None
            # What it leaves behind where it is killed, as a service manager takes it away.
            if not self._where_is_a_port:
                Path(self.where).unlink(missing_ok=True)

    def pause(self) -> None:
        """Have it take connections, and say nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Have it go on where it was paused."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def scanner(self, timeout_s: float = 20) -> Clamd:
        """Return who asks it."""
        return Clamd(self.where, timeout_s=timeout_s)

    def _answers(self) -> bool:
        try:
            with Clamd(self.where, timeout_s=1).line() as line:
                line.sendall(b"zPING\0")
                return line.recv(16).startswith(b"PONG")
        except OSError:
            return False
