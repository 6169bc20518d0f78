"""A mail as the room takes it, and the ports by which mails come and go.

Whoever reads a mail understands its form alone: who it belongs to, and what may be made of it, is
for this room to say.
"""

from dataclasses import dataclass
from typing import BinaryIO, Protocol

from django.conf import settings

from parvis.casework.enquiries.status import Channel, Scan, Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A document in a mail or a form, with the name that its sender gave it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A mail as it was understood; every part may be empty, for mails are what they are."""

    message_id: str
    """Its own without the brackets; of one that has none, made of its digest."""
    sender: Sender
    address: str
    """Who says they wrote it, in lower case."""
    vouched: bool
    """Whether the department's own server vouches that the address is the sender's."""
    to: tuple[str, ...]
    subject: str
    text: str
    refers_to: tuple[str, ...]
    """Message-IDs that it answers, the nearest first."""
    attached: tuple[Attached, ...]
    whole: bytes
    """Its beginning as it came."""
    channel: Channel = Channel.EMAIL
    into: int | None = None
    """The conversation that it was written into, by whoever may: on its own page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer, ready to go."""

    message_id: str
    answers: str
    """The Message-ID that it answers; empty where there is none."""
    sender: str
    """The address of its line; empty where the line has none, and the house's own stands there."""
    address: str
    subject: str
    language: str
    text: str
    by_machine: bool = False
    """Whether nobody wrote it, so that no machine answers it either."""


class Post(Protocol):
    """Takes answers out of the house; raises what `notices.ways` names where that failed."""

    def reply(self, reply: Reply) -> None:
        """Hand an answer over."""

    def close(self) -> None:
        """Let the line go; the next answer opens another."""


class Scanner(Protocol):
    """Looks for harm in documents."""

    def scan(self, content: BinaryIO) -> Scan:
        """Return what was found; `Scan.WAITING` where the scanner is not there."""


def post() -> Post:
    """Return who takes answers out of this house."""
    return settings.ENQUIRY_POST


def scanner() -> Scanner | None:
    """Return this house's scanner; None where it has none, and documents wait."""
    return settings.SCANNER
