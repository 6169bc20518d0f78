"""Reading what comes to the address that bounces return to.

A bounce is a report (RFC 3464) or, from servers that know no better, a plain text with our message
somewhere inside. Of which message it speaks is told by the sealed name in the address that it came
to, else by the Message-ID of ours that it refers to or quotes. Whether the seal is ours is for the
notices room to say.
"""

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser

from parvis.casework.notices.references import SHAPE
from parvis.casework.notices.status import Verdict
from parvis.casework.notices.ways import Returned

LARGEST = 256 * 1024
"""Bytes that are read of a mail: whole reports are a few thousand."""
_PARSER = BytesParser(policy=policy.compat32)
_TO = re.compile(rf"\+{SHAPE}@", re.IGNORECASE)
_ID = re.compile(rf"<{SHAPE}@", re.IGNORECASE)
_CAME_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To")
_REFERS_TO = ("In-Reply-To", "References", "X-Failed-Recipients-Message-ID", "Original-Message-ID")
_STATUS = re.compile(r"^Status:\s*([245]\.\d{1,3}\.\d{1,3})", re.IGNORECASE | re.MULTILINE)
_ACTION = re.compile(r"^Action:\s*(\w+)", re.IGNORECASE | re.MULTILINE)
_CODE = re.compile(r"\b([45]\.\d{1,3}\.\d{1,3})\b")
_SMTP = re.compile(r"(?:^|:)\s*(5[05]\d)[ -]", re.MULTILINE)
_FROM_A_SERVER = re.compile(
    r"mailer-daemon|postmaster|mail delivery (sub)?system|^<>$", re.IGNORECASE
)
_FAILED = re.compile(
    r"undeliver|delivery (status notification|has failed|failure|failed)|returned mail|"
    r"failure notice|mail delivery failed|could not be delivered|not be delivered|rejected|"
    r"non (remis|délivré|distribu)|échec de (la )?(remise|distribution)|"
    r"n[’']a pas pu être (remis|distribu)",
    re.IGNORECASE,
)
_BY_MACHINES = frozenset({"auto_reply", "bulk", "junk", "list"})
_MARKS = ("X-Autoreply", "X-Autorespond")
# As mail programs begin it, with the colon: a person may well write about an absence.
_AWAY = re.compile(r"^(automatic reply|out of office|réponse automatique)\s*:", re.IGNORECASE)
_DELAYED = re.compile(
    r"delayed|still being retried|will (keep|continue) trying|warning: message|"
    r"retard|nouvelles? tentatives?",
    re.IGNORECASE,
)


def read_returned(content: bytes) -> Returned:
    """Return what a mail is: a message of ours that came back or is late, or some answer."""
    mail = _PARSER.parsebytes(content[:LARGEST])
    report = _report(mail)
    name = _name(mail, content[:LARGEST])
    if report is not None:
        actions = {one.lower() for one in _ACTION.findall(report)}
        status = _STATUS.search(report)
        code = status[1] if status else ""
        if "failed" in actions or (not actions and code.startswith("5")):
            return Returned(Verdict.RETURNED, name, code)
        return Returned(Verdict.DELAYED, name, code)
    subject, words = _words(mail)
    by_a_server = _FROM_A_SERVER.search(_header(mail, "From"))
    unsigned = by_a_server or _header(mail, "Return-Path").strip() == "<>"
    if by_a_server and _DELAYED.search(subject) and not _FAILED.search(subject):
        return Returned(Verdict.DELAYED, name)
    # An autoresponder may have no return path either, and quote anything below.
    if unsigned and (_FAILED.search(subject) or (by_a_server and _FAILED.search(words))):
        return Returned(Verdict.RETURNED, name, _code(words))
    return Returned(Verdict.ANSWERED if unsigned or _is_automatic(mail) else Verdict.WRITTEN, name)


def _is_automatic(mail: Message) -> bool:
    """Tell whether a machine says that it wrote a mail (RFC 3834, and what came before it)."""
    submitted = _header(mail, "Auto-Submitted").strip().lower()
    return (
        submitted not in {"", "no"}
        or _header(mail, "Precedence").strip().lower() in _BY_MACHINES
        or any(field in mail for field in _MARKS)
        or _AWAY.search(_header(mail, "Subject")) is not None
    )


def _report(mail: Message) -> str | None:
    """Return the part of a report that machines read, where the mail is one."""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            inside = part.get_payload()
            if isinstance(inside, list):
                # Written out by hand: the library refuses to write what it has read of some mails.
                heads = [one for one in inside if isinstance(one, Message)]
                return "\n".join(f"{name}: {told}" for one in heads for name, told in one.items())
            return _text(part)
    return None


def _name(mail: Message, content: bytes) -> str | None:
    """Return the name of the message that a mail speaks of, sealed or pretending to be."""
    for field, shape in (
        *((field, _TO) for field in _CAME_TO),
        *((field, _ID) for field in _REFERS_TO),
    ):
        for told in mail.get_all(field, ()):
            if found := shape.search(str(told)):
                return f"{found[1]}-{found[2]}".lower()
    for text in _quoted(mail, content):
        if found := _ID.search(text) or _TO.search(text):
            return f"{found[1]}-{found[2]}".lower()
    return None


def _quoted(mail: Message, content: bytes) -> Iterator[str]:
    """Yield what may quote our message: what is attached, then the whole."""
    for part in mail.walk():
        if part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}:
            inside = part.get_payload()
            yield str(inside[0]) if isinstance(inside, list) and inside else _text(part)
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            yield _text(part)
    yield content.decode("ascii", "replace")


def _words(mail: Message) -> tuple[str, str]:
    body = next((_text(one) for one in mail.walk() if one.get_content_maintype() == "text"), "")
    return _header(mail, "Subject"), body


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return str(part.get_payload())
    return content.decode("utf-8", "replace")


def _header(mail: Message, name: str) -> str:
    """Return a header as people read it; nothing where it cannot be."""
    told = mail[name]
    if told is None:
        return ""
    try:
        whole = EmailMessage(policy=policy.default)
        whole["Subject"] = " ".join(str(told).split())
        return str(whole["Subject"])
    except (ValueError, LookupError):
        return str(told)


def _code(words: str) -> str:
    if found := _CODE.search(words):
        return found[1]
    return f"5.0.0 {found[1]}" if (found := _SMTP.search(words)) else ""
