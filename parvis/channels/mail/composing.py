"""A letter as a mail (RFC 5322): what makes servers and autoresponders treat it as what it is."""

from collections.abc import Iterator
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from parvis.casework.notices.ways import Letter, Refused

_NOT_AN_ADDRESS = "5.1.3"
"""Bad destination mailbox address syntax (RFC 3463)."""


def returns_to(name: str, mailbox: str) -> str:
    """Return the address to which a message comes back: its sealed name beside the mailbox's own.

    A mailbox called bounces gets what goes to bounces+…, as most servers deliver it (RFC 5233).
    """
    user, _, domain = mailbox.rpartition("@")
    return f"{user}+{name}@{domain}"


def mail_of(letter: Letter, *, sender: str, mailbox: str, at: datetime) -> EmailMessage:
    """Return a letter as a mail.

    Raises `Refused` where its address is none: a line break in it would be a header of somebody
    else's making, and is never folded, escaped or taken out.
    """
    mail = EmailMessage(policy=SMTP)
    try:
        mail["To"] = Address(addr_spec=letter.address)
        mail["Subject"] = letter.subject
    except (ValueError, HeaderParseError, IndexError):
        raise Refused(_NOT_AN_ADDRESS) from None
    mail["From"] = sender
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id(letter.name, mailbox)
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    for name, value in _automatic(letter.language):
        mail[name] = value
    return mail


def message_id(name: str, mailbox: str) -> str:
    """Return the Message-ID of a message: the same each time it is sent."""
    return f"<{name}@{mailbox.rpartition('@')[2]}>"


def _automatic(language: str) -> Iterator[tuple[str, str]]:
    """Yield what says that a machine wrote it, so that none answers (RFC 3834; Exchange's own)."""
    yield "Auto-Submitted", "auto-generated"
    yield "X-Auto-Response-Suppress", "All"
    yield "Precedence", "bulk"
    yield "Content-Language", language
