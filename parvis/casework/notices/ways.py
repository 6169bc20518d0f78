"""Getting messages out of the house: two ports. Adapters stand in `channels/`, settings choose.

A port says one of five things of a message: the server took it (it returns), or one of the
exceptions here. Whoever sends acts on which it was.
"""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from parvis.casework.notices.status import Verdict, Way


@dataclass(frozen=True, slots=True)
class Letter:
    """A message ready to go: to whom, in which language, and its words."""

    name: str
    """Its sealed name (`references`)."""
    address: str
    language: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Returned:
    """A mail that came to where bounces return to, as whoever read it understood it.

    Only `RETURNED`, `DELAYED`, `ANSWERED` and `WRITTEN` can be told from the mail alone; whether it
    speaks of a message of ours is for the room to find.
    """

    verdict: Verdict
    name: str | None
    """The name of the message that it speaks of, sealed or pretending to be."""
    code: str = ""


class Unreachable(Exception):
    """No server took it, and none has it: it can be tried again without harm."""


class NotNow(Exception):
    """The server is there, and will perhaps take this message later; others it may take now."""


class Unsure(Exception):
    """The line broke after the message was handed over: the server may have it, or may not."""


class Refused(Exception):
    """The server wants none of it, for good; `code` says why (RFC 3463), where it gave one."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Carrier(Protocol):
    """Takes messages to where they are delivered; one after the other, over one line."""

    def send(self, letter: Letter) -> None:
        """Hand a message over; raise one of the exceptions here where that failed."""

    def close(self) -> None:
        """Let the line go; the next message opens another."""


def carrier(way: Way) -> Carrier:
    """Return who takes messages out of the house by this way."""
    return settings.CARRIERS[way]
