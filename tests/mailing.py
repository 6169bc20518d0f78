"""A real mail server of each kind on this machine, in processes of their own."""

import email
import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from pathlib import Path

from parvis.channels.mail.inbox import Inbox
from parvis.channels.mail.smtp import Server, Smtp

SENDER = "Parvis <no-reply@parvis.example.org>"
MAILBOX = "bounces@parvis.example.org"
_SERVER = """
import asyncio, pathlib, sys
from aiosmtpd.controller import Controller

class Keeps:
    folder = pathlib.Path(sys.argv[2])

    async def handle_MAIL(self, server, session, envelope, address, options):
        if "mistyped" in address:
            return "553 5.1.8 no sender of ours"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if "nobody" in address:
            return "550 5.1.1 no such mailbox"
        if "later" in address:
            return "451 4.7.1 greylisted, come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count = len(list(self.folder.glob("*.eml"))) + 1
        path = self.folder / f"{self.count:06}.eml"
        head = f"X-Return-Path: {envelope.mail_from}\\r\\nX-To: {envelope.rcpt_tos[0]}\\r\\n"
        path.with_suffix(".new").write_bytes(head.encode() + envelope.content)
        path.with_suffix(".new").rename(path)
        if "slow" in envelope.rcpt_tos[0]:
            await asyncio.sleep(1)
        return "250 2.0.0 taken"

controller = Controller(Keeps(), hostname="127.0.0.1", port=int(sys.argv[1]))
controller.start()
sys.stdin.read()
controller.stop()
"""
_DOVECOT = """
protocols = imap
listen = 127.0.0.1
base_dir = {place}/run
state_dir = {place}/state
log_path = {place}/log
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{place}/mail
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={place}/mail
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    ends = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < ends
            time.sleep(0.05)
        else:
            return


class SmtpServer:
    """A server that keeps what it takes.

    Addresses with `nobody` or `later` in them it refuses, and senders with `mistyped`.
    """

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.folder, self.port = folder, port or free_port()
        self.folder.mkdir(exist_ok=True)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "SmtpServer":
        """Have it listen."""
        command = [sys.executable, "-c", _SERVER, str(self.port), str(self.folder)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE)
        _wait_for(self.port)
        return self

    def stop(self) -> None:
        """Have it gone, from one moment to the next."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    @property
    def server(self) -> Server:
        """How to reach it."""
        return Server(host="127.0.0.1", port=self.port, security="none", timeout_s=5)

    @property
    def carrier(self) -> Smtp:
        """What hands mail to it."""
        return Smtp(self.server, sender=SENDER, mailbox=MAILBOX)

    def mails(self) -> list[EmailMessage]:
        """Return what it took, in order."""
        return [
            email.message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in sorted(self.folder.glob("*.eml"))
        ]


@contextmanager
def mailbox(place: Path) -> Iterator[tuple[Inbox, Path]]:
    """Run Dovecot with one mailbox; give how to read it, and the folder in which mail arrives."""
    dovecot = shutil.which("dovecot") or "/usr/sbin/dovecot"
    as_root = os.geteuid() == 0
    user = pwd.getpwnam("nobody") if as_root else pwd.getpwuid(os.geteuid())
    port = free_port()
    for name in ("run", "state", "mail", "mail/new", "mail/cur", "mail/tmp"):
        (place / name).mkdir(mode=0o700)
        if name.startswith("mail"):
            os.chown(place / name, user.pw_uid, user.pw_gid)
    for above in (place, *place.parents[:3]):
        above.chmod(0o755)
    names = {"user": "dovenull", "group": "dovecot"} if as_root else {}
    names |= {} if as_root else {"user": user.pw_name, "group": user.pw_name}
    conf = place / "dovecot.conf"
    conf.write_text(
        _DOVECOT.format(place=place, port=port, uid=user.pw_uid, gid=user.pw_gid, **names)
    )
    process = subprocess.Popen([dovecot, "-F", "-c", str(conf)], stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        inbox = Inbox(
            host="127.0.0.1",
            port=port,
            user="bounces",
            password="secret",  # noqa: S106 - of a mailbox that lives as long as its test
            security="none",
        )
        yield inbox, place / "mail" / "new"
    finally:
        process.terminate()
        process.wait(timeout=20)


def deliver(folder: Path, *contents: bytes) -> None:
    """Put mails into a mailbox, as a server of the department's would."""
    known = folder.stat()
    for number, content in enumerate(contents):
        path = folder / f"{time.time_ns()}.{number:07}.test"
        path.write_bytes(content)
        os.chown(path, known.st_uid, known.st_gid)
