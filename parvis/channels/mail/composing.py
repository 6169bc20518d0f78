"""A letter as a mail (RFC 5322): what makes servers and autoresponders treat it as what it is.

Python's own `EmailMessage` reads and folds every header anew, which takes longer than to send the
mail. So it is asked once for what is the same in many mails; the rest is put beside it as bytes.
"""

from binascii import b2a_qp
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache

from parvis.casework.notices.ways import Letter, Refused

_NOT_AN_ADDRESS = "5.1.3"
"""Bad destination mailbox address syntax (RFC 3463)."""
_LONGEST_LINE = 900
"""Shorter than any server refuses (RFC 5321, 4.5.3.1.6), and longer than an address can be."""


def returns_to(name: str, mailbox: str) -> str:
    """Return the address to which a message comes back: its sealed name beside the mailbox's own.

    A mailbox called bounces gets what goes to bounces+…, as most servers deliver it (RFC 5233).
    """
    user, _, domain = mailbox.rpartition("@")
    return f"{user}+{name}@{domain}"


def mail_of(letter: Letter, *, sender: str, mailbox: str, at: datetime) -> bytes:
    """Return a letter as a mail, with the ends of lines that SMTP wants.

    Raises `Refused` where its address is none: a line break in it would be a header of somebody
    else's making, and is never folded, escaped or taken out.
    """
    boundary = f"=_{letter.name}"
    head = [
        f"To: {plain_address(letter.address)}",
        f"Date: {format_datetime(at)}",
        f"Message-ID: {message_id(letter.name, mailbox)}",
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
    ]
    return b"\r\n".join(
        (
            _same(sender, letter.subject, letter.language) + "\r\n".join(head).encode("ascii"),
            b"",
            *_part("plain", letter.text, boundary),
            *_part("html", letter.html, boundary),
            f"--{boundary}--".encode(),
            b"",
        )
    )


def message_id(name: str, mailbox: str) -> str:
    """Return the Message-ID of a message: the same each time it is sent."""
    return f"<{name}@{mailbox.rpartition('@')[2]}>"


def plain_address(address: str) -> str:
    """Return an address as a header has it; refuse what is more, or less, than one."""
    try:
        found = Address(addr_spec=address)
    except (ValueError, HeaderParseError, IndexError):
        raise Refused(_NOT_AN_ADDRESS) from None
    plain = found.addr_spec
    if not found.domain or not plain.isascii() or len(plain) > _LONGEST_LINE:
        raise Refused(_NOT_AN_ADDRESS)
    if not plain.isprintable() or " " in plain:
        raise Refused(_NOT_AN_ADDRESS)
    return plain


@lru_cache(maxsize=64)
def _same(sender: str, subject: str, language: str) -> bytes:
    """Return the headers that many mails have alike.

    Some say that a machine wrote it, so that none answers (RFC 3834; Exchange's own).
    """
    mail = EmailMessage(policy=SMTP)
    try:
        mail["From"] = sender
        mail["Subject"] = subject
    except (ValueError, HeaderParseError):
        raise Refused(_NOT_AN_ADDRESS) from None
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["Precedence"] = "bulk"
    mail["Content-Language"] = language
    mail["MIME-Version"] = "1.0"
    return mail.as_bytes().removesuffix(b"\r\n")


def _part(kind: str, text: str, boundary: str) -> tuple[bytes, ...]:
    content = b2a_qp("\r\n".join(text.splitlines()).encode() + b"\r\n", istext=True)
    return (
        f"--{boundary}".encode(),
        f"Content-Type: text/{kind}; charset=utf-8".encode(),
        b"Content-Transfer-Encoding: quoted-printable",
        b"",
        content,
    )
