"""Mail out of the house over SMTP, one line for many messages."""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field

from parvis.casework.notices.ways import Letter, NotNow, Refused, Unreachable, Unsure
from parvis.channels.mail.composing import mail_of, returns_to
from parvis.lib import clock

_CODE = re.compile(rb"^([245]\.\d{1,3}\.\d{1,3})\b")
_FOR_GOOD = 500
_OK = 250
_TAKEN = frozenset({250, 251})


@dataclass(frozen=True, kw_only=True)
class Server:
    """Where mail is handed over."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    security: str = "starttls"
    """`starttls`, `tls` from the first byte, or `none` on one's own machine."""
    timeout_s: float = 20.0


class SenderRefused(Unreachable):
    """The server takes nothing from this address of ours; from another it may."""


class Line:
    """A line to a server, opened when it is needed and kept for what comes next."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._line: smtplib.SMTP | None = None

    def hand_over(self, mail: bytes, *, to: str, returns_to: str) -> None:
        """Hand a mail over; raise one of the exceptions of `notices.ways` where that failed."""
        line = self._ready(returns_to)
        try:
            _accepted(line.rcpt(to))
        except smtplib.SMTPServerDisconnected as error:
            self.close()
            raise Unreachable from error
        except (NotNow, Refused):
            self._again(line)
            raise
        try:
            code, answer = line.data(mail)
        except smtplib.SMTPDataError as error:
            code, answer = error.smtp_code, b""
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Unsure from error
        if code != _OK:
            # What it says of the words is said of us, and no fault of whom we write to.
            self._again(line)
            raise NotNow(code, answer)

    def close(self) -> None:
        """Let the line go; the next message opens another."""
        line, self._line = self._line, None
        if line is not None:
            with suppress(OSError, smtplib.SMTPException):
                line.quit()
            line.close()

    def _ready(self, sender: str) -> smtplib.SMTP:
        """Return a line on which the sender was said; a line that has gone stale is opened anew."""
        for line in (self._line, None):
            try:
                fresh = line or self._open()
                code, answer = fresh.mail(sender)
            except (OSError, smtplib.SMTPException) as error:
                self.close()
                if line is None:
                    raise Unreachable from error
                continue
            if code == _OK:
                return fresh
            # Whatever it says of the sender is said of us, and no fault of whom we write to.
            self.close()
            if line is None:
                raise SenderRefused(code, answer)
        raise Unreachable

    def _open(self) -> smtplib.SMTP:
        told = self._server
        if told.security == "tls":
            line: smtplib.SMTP = smtplib.SMTP_SSL(
                told.host, told.port, timeout=told.timeout_s, context=ssl.create_default_context()
            )
        else:
            line = smtplib.SMTP(told.host, told.port, timeout=told.timeout_s)
        self._line = line
        if told.security == "starttls":
            line.starttls(context=ssl.create_default_context())
        line.ehlo_or_helo_if_needed()
        if told.user:
            line.login(told.user, told.password)
        return line

    def _again(self, line: smtplib.SMTP) -> None:
        """Have the line forget the message at hand, or let it go."""
        try:
            line.rset()
        except (OSError, smtplib.SMTPException):
            self.close()


class Smtp(Line):
    """Hands notices to a server of the department's."""

    def __init__(self, server: Server, *, sender: str, mailbox: str) -> None:
        super().__init__(server)
        self._sender, self._mailbox = sender, mailbox

    def send(self, letter: Letter) -> None:
        """Hand a message over; raise one of the port's exceptions where that failed."""
        mail = mail_of(letter, sender=self._sender, mailbox=self._mailbox, at=clock.now())
        self.hand_over(mail, to=letter.address, returns_to=returns_to(letter.name, self._mailbox))


def _accepted(answer: tuple[int, bytes]) -> None:
    code, words = answer
    if code not in _TAKEN:
        raise _refusal(code, words)


def _refusal(code: int, words: bytes) -> Exception:
    """Return what a refusal means: for good, with the code that says why, or for now."""
    if code < _FOR_GOOD:
        return NotNow(code)
    found = _CODE.match(words)
    return Refused(found[1].decode() if found else f"5.0.0 {code}")
