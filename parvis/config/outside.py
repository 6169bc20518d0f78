"""What the environment says of the way out: mail, texts, and the address that links begin with."""

import os
from dataclasses import dataclass, field
from email.utils import parseaddr

from django.core.exceptions import ImproperlyConfigured

from parvis.casework.enquiries.mails import Post, Scanner
from parvis.casework.notices.status import Way
from parvis.casework.notices.ways import Carrier
from parvis.channels.mail.folder import MailFolder
from parvis.channels.mail.inbox import Inbox
from parvis.channels.mail.replying import Replies, ReplyFolder
from parvis.channels.mail.smtp import Server, Smtp
from parvis.channels.scanner.clamd import Clamd
from parvis.channels.texts.folder import TextFolder
from parvis.config.environment import Environment

_SECURITY = ("none", "starttls", "tls")
_PORTS = {
    "SMTP": {"none": 25, "starttls": 587, "tls": 465},
    "IMAP": {"none": 143, "starttls": 143, "tls": 993},
    "ENQUIRIES": {"none": 143, "starttls": 143, "tls": 993},
}


@dataclass(frozen=True, kw_only=True)
class Outside:
    """Where messages go, and where they come back to."""

    address: str
    """What links begin with, without a slash at the end."""
    mailbox: str
    """To which address, with a message's name added to it, bounces return."""
    smtp: Server | None
    inbox: Inbox | None
    enquiries: Inbox | None
    """Where mail to all lines arrives; their addresses lead to this one mailbox."""
    checked_by: str
    """How the department's own server calls itself where it says whether a sender is genuine."""
    texts_to: str
    texts_token: str = field(repr=False)


def read_outside(house: Environment) -> Outside:
    """Return it; raise `ImproperlyConfigured` naming what is wrong."""
    mailbox = os.environ.get("PARVIS_RETURN", "") or parseaddr(house.sender)[1]
    if mailbox.count("@") != 1 or any(one in mailbox for one in " \r\n<>+"):
        raise ImproperlyConfigured(
            "PARVIS_RETURN is an address such as bounces@example.org, without a plus."
        )
    smtp, imap, enquiries = _server("SMTP"), _server("IMAP"), _server("ENQUIRIES")
    inbox = None
    if imap is not None:
        if not imap.user:
            raise ImproperlyConfigured("To read bounces, set PARVIS_IMAP_USER, too.")
        inbox = _inbox(imap, "IMAP")
    if enquiries is not None and not enquiries.user:
        raise ImproperlyConfigured("To read enquiries, set PARVIS_ENQUIRIES_USER, too.")
    texts_to = os.environ.get("PARVIS_TEXTS_URL", "")
    if house.production and texts_to and not texts_to.startswith("https://"):
        raise ImproperlyConfigured("In production, PARVIS_TEXTS_URL begins with https://.")
    return Outside(
        address=_address(house),
        mailbox=mailbox,
        smtp=smtp,
        inbox=inbox,
        enquiries=None if enquiries is None else _inbox(enquiries, "ENQUIRIES"),
        checked_by=os.environ.get("PARVIS_MAIL_CHECKED_BY", ""),
        texts_to=texts_to,
        texts_token=os.environ.get("PARVIS_TEXTS_TOKEN", ""),
    )


def carriers(house: Environment, outside: Outside) -> dict[Way, Carrier]:
    """Return who takes messages out; folders of the house where the department names nobody."""
    mail: Carrier
    if outside.smtp is None:
        mail = MailFolder(house.home / "mail", sender=house.sender, mailbox=outside.mailbox)
    else:
        mail = Smtp(outside.smtp, sender=house.sender, mailbox=outside.mailbox)
    texts: Carrier = TextFolder(house.home / "texts")
    if outside.texts_to:
        # It takes a tenth of every command's start, and few have one.
        from parvis.channels.texts.gateway import Gateway  # noqa: PLC0415

        texts = Gateway(outside.texts_to, outside.texts_token)
    return {Way.EMAIL: mail, Way.TEXT: texts}


def scanner() -> Scanner | None:
    """Return who looks for harm in documents; None where nobody does, and they wait."""
    where = os.environ.get("PARVIS_CLAMD", "")
    if not where:
        return None
    host, _, port = where.rpartition(":")
    if not where.startswith("/") and not (host and port.isdigit()):
        raise ImproperlyConfigured(
            "PARVIS_CLAMD is a socket's path, or a host and a port as 127.0.0.1:3310."
        )
    return Clamd(where)


def enquiry_post(house: Environment, outside: Outside) -> Post:
    """Return who takes answers to enquiries out."""
    if outside.smtp is None:
        return ReplyFolder(house.home / "mail", sender=house.sender)
    return Replies(outside.smtp, sender=house.sender, mailbox=outside.mailbox)


def _address(house: Environment) -> str:
    told = os.environ.get("PARVIS_ADDRESS", "").rstrip("/")
    if told:
        if not told.startswith(("https://", "http://")) or any(one.isspace() for one in told):
            raise ImproperlyConfigured("PARVIS_ADDRESS begins with https:// or http://.")
        return told
    return f"https://{house.allowed_hosts[0]}" if house.production else "http://localhost:8000"


def _inbox(server: Server, kind: str) -> Inbox:
    return Inbox(
        host=server.host,
        port=server.port,
        user=server.user,
        password=server.password,
        security=server.security,
        folder=os.environ.get(f"PARVIS_{kind}_FOLDER", "") or "INBOX",
        written=os.environ.get(f"PARVIS_{kind}_WRITTEN", "") or "Written",
    )


def _server(kind: str) -> Server | None:
    host = os.environ.get(f"PARVIS_{kind}_HOST", "")
    if not host:
        return None
    standard = "starttls" if kind == "SMTP" else "tls"
    security = os.environ.get(f"PARVIS_{kind}_SECURITY", "") or standard
    if security not in _SECURITY:
        raise ImproperlyConfigured(
            f"PARVIS_{kind}_SECURITY is {security!r}; say {', '.join(_SECURITY)}."
        )
    port = os.environ.get(f"PARVIS_{kind}_PORT", "") or str(_PORTS[kind][security])
    if not port.isdigit():
        raise ImproperlyConfigured(f"PARVIS_{kind}_PORT is {port!r}; say a number.")
    return Server(
        host=host,
        port=int(port),
        user=os.environ.get(f"PARVIS_{kind}_USER", ""),
        password=os.environ.get(f"PARVIS_{kind}_PASSWORD", ""),
        security=security,
    )
