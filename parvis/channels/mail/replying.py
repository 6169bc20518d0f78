"""An answer as a mail: it goes on with the thread that it answers, and says who wrote it.

Handed to the same server as notices; without one, kept in a folder of the house to look at.
"""

from email.errors import HeaderParseError
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from parvis.casework.enquiries.mails import Reply
from parvis.casework.notices.ways import NotNow, Refused
from parvis.channels.keeping import keep
from parvis.channels.mail.composing import plain_address
from parvis.channels.mail.smtp import Line, SenderRefused, Server
from parvis.lib import clock


def mail_of(reply: Reply, *, sender: str) -> bytes:
    """Return an answer as a mail; raise `Refused` where its address or subject cannot be one."""
    mail = EmailMessage(policy=SMTP)
    try:
        mail["From"] = reply.sender or sender
        mail["To"] = plain_address(reply.address)
        mail["Subject"] = " ".join(reply.subject.split())
        mail["Date"] = format_datetime(clock.now())
        mail["Message-ID"] = f"<{reply.message_id}>"
        if reply.answers and reply.answers.isascii() and reply.answers.isprintable():
            mail["In-Reply-To"] = mail["References"] = f"<{reply.answers}>"
        # No autoresponder is to answer (RFC 3834; Exchange's own). An answer is a person's, though.
        if reply.by_machine:
            mail["Auto-Submitted"] = "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All" if reply.by_machine else "OOF, AutoReply"
        mail.set_content(reply.text, cte="quoted-printable")
        # After its contents, which take all headers of contents with them.
        mail["Content-Language"] = reply.language
    except (ValueError, HeaderParseError):
        raise Refused("5.1.3") from None
    return mail.as_bytes()


class Replies(Line):
    """Hands answers to a server of the department's."""

    def __init__(self, server: Server, *, sender: str, mailbox: str) -> None:
        super().__init__(server)
        self._sender, self._mailbox = sender, mailbox

    def reply(self, reply: Reply) -> None:
        """Hand an answer over; raise one of the exceptions of `notices.ways` where that failed."""
        mail = mail_of(reply, sender=self._sender)
        try:
            self.hand_over(mail, to=reply.address, returns_to=reply.sender or self._mailbox)
        except SenderRefused as error:
            # A line's own address, mistyped perhaps: the other lines' answers go out.
            raise NotNow(*error.args) from error


class ReplyFolder:
    """Keeps each answer as a file that mail programs open."""

    def __init__(self, folder: Path, *, sender: str) -> None:
        self._folder, self._sender = folder, sender

    def reply(self, reply: Reply) -> None:
        """Keep an answer; the same one again takes its own place."""
        name = reply.message_id.partition("@")[0]
        keep(self._folder / f"{name}.eml", mail_of(reply, sender=self._sender))

    def close(self) -> None:
        """There is no line to let go."""
