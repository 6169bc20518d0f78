"""Reading what people write to a line: a mail as it is, however badly it is made.

Nothing in a mail is believed but what the department's own server adds to its head: whether the
sender's domain vouches for it (RFC 8601). What cannot be read is left as it came, never refused.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from email.errors import HeaderParseError
from email.message import Message
from email.utils import getaddresses
from hashlib import sha256

from imap_tools import MailMessage

from parvis.casework.enquiries.mails import Attached, Incoming
from parvis.casework.enquiries.status import Sender
from parvis.casework.notices.status import Verdict
from parvis.channels.mail.returned import read_returned
from parvis.engines.language.plain import plain_of_html

_LONGEST_TEXT = 1_000_000
_LONGEST_ID = 255
_BEGINNING = 64 * 1024
"""Bytes of a mail that are kept as they came."""
_MOST_REFERENCES = 50
_MOST_ATTACHED = 100
_ID = re.compile(r"<([^<>\s]{1,255})>")
_OURS = re.compile(rb"enquiry\.[0-9a-f]{1,16}\.[0-9a-f]{1,16}\.[0-9a-f]{12}@[a-z0-9.-]{1,200}")
_LISTS = frozenset({"List-Id", "List-Unsubscribe"})
_RESULTS = re.compile(r"^\s*([^\s;]+)")
_VOUCHED = re.compile(r"(?is)\s*dmarc\s*=\s*pass\b.*?\sheader\.from\s*=\s*(\S+)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_COMMENT = re.compile(r"\([^()]*\)")


def read_asked(content: bytes, *, trusted: str, ours: frozenset[str]) -> Incoming:
    """Return a mail as it was understood.

    `trusted` is how the department's own server calls itself where it says what it found
    (Authentication-Results); empty where none does. `ours` are the addresses of our own.
    """
    mail = MailMessage.from_bytes(content)
    head = mail.obj
    address = _address(str(head.get("From", "")))
    return Incoming(
        message_id=_message_id(head, content),
        sender=_sender(head, content, by_us=address in ours),
        address=address,
        vouched=bool(address) and _vouched(head, address, trusted),
        to=tuple(_addressed(head)),
        subject=_subject(mail),
        text=_text(head),
        refers_to=tuple(_references(head, content)),
        attached=tuple(_attached(mail)),
        whole=content[:_BEGINNING],
    )


def _message_id(head: Message, content: bytes) -> str:
    found = _ID.search(str(head.get("Message-ID", "")))
    return _letters(found[1]) if found else f"{sha256(content).hexdigest()}@none"


def _sender(head: Message, content: bytes, *, by_us: bool) -> Sender:
    verdict = read_returned(content).verdict
    if verdict is Verdict.RETURNED:
        return Sender.BOUNCE
    by_person = verdict is Verdict.WRITTEN and not by_us and not _LISTS & set(head)
    return Sender.PERSON if by_person else Sender.MACHINE


def _vouched(head: Message, address: str, trusted: str) -> bool:
    """Tell whether the server vouches for a sender: what a sender adds stands further down."""
    told = str(head.get("Authentication-Results", ""))
    server = _RESULTS.match(told)
    if not trusted or server is None or server[1].lower() != trusted.lower():
        return False
    # What a sender says of themselves is told in quotes or as a comment: nothing there counts.
    results = _COMMENT.sub(" ", _QUOTED.sub(" ", told)).split(";")
    found = [one for part in results if (one := _VOUCHED.match(part))]
    return len(found) == 1 and found[0][1].lower() == address.rpartition("@")[2]


def _address(told: str) -> str:
    """Return the one address that a header names; nothing where it names none, or several."""
    found = [one for _, one in getaddresses([told]) if one]
    if len(found) != 1:
        return ""
    address = found[0].strip().lower()
    plain = address.count("@") == 1 and address.isascii() and address.isprintable()
    return address if plain and " " not in address and len(address) <= 320 else ""  # noqa: PLR2004 - RFC 3696


def _addressed(head: Message) -> Iterator[str]:
    for name in ("Delivered-To", "X-Original-To", "To", "Cc"):
        told = [str(one) for one in head.get_all(name, [])]
        yield from (_letters(one).strip().lower() for _, one in getaddresses(told) if one)


def _references(head: Message, content: bytes) -> Iterator[str]:
    """Yield what a mail answers, the nearest first; of a bounce, our message inside it."""
    seen = set[str]()
    for name in ("In-Reply-To", "References"):
        named = _ID.findall(_letters(str(head.get(name, ""))))
        for one in reversed(named[-_MOST_REFERENCES:]):
            if one not in seen:
                seen.add(one)
                yield one
    for found in _OURS.findall(content[: 4 * _BEGINNING])[:_MOST_REFERENCES]:
        ours = found.decode()
        if ours not in seen:
            seen.add(ours)
            yield ours


def _subject(mail: MailMessage) -> str:
    """Return what a mail is about, on one line."""
    with suppress(LookupError, ValueError, HeaderParseError):
        return " ".join(_letters(mail.subject).split())
    return " ".join(_letters(str(mail.obj.get("Subject", ""))).split())


def _text(head: Message) -> str:
    """Return what a mail says as plain text; made of its HTML where it has no other."""
    parts: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    for part in head.walk():
        kind = part.get_content_type()
        if kind in parts and part.get_filename() is None:
            parts[kind].append(_decoded(part))
    text = "\n".join(parts["text/plain"])
    if not text.strip():
        text = plain_of_html("\n".join(parts["text/html"])[: 4 * _LONGEST_TEXT])
    return _letters(text)[:_LONGEST_TEXT]


def _letters(text: str) -> str:
    """Return a text without what no database keeps: NUL, and halves of letters (surrogates)."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _decoded(part: Message) -> str:
    """Return a part's words, in the letters that it says or, where those fail, in likely ones."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return str(part.get_payload())
    for letters in (part.get_content_charset(), "utf-8"):
        with suppress(LookupError, ValueError):
            return content.decode(letters or "utf-8")
    return content.decode("cp1252", "replace")


def _attached(mail: MailMessage) -> Iterator[Attached]:
    for one in mail.attachments[:_MOST_ATTACHED]:
        content, name = b"", ""
        with suppress(LookupError, ValueError, TypeError):
            content = bytes(one.payload)
        with suppress(LookupError, ValueError, TypeError, HeaderParseError):
            name = " ".join(_letters(one.filename).split())
        if content:
            yield Attached(name=name.replace("\\", "/").rpartition("/")[2], content=content)
