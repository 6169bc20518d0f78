"""How a client is told, and what can become of a message: codes, and the table of what follows."""

from enum import StrEnum


class Way(StrEnum):
    """By which way a message goes."""

    EMAIL = "email"
    TEXT = "text"


class Wish(StrEnum):
    """How somebody wants to be told."""

    EMAIL = "email"
    TEXT = "text"
    NONE = "none"
    """Not at all, but for what the law has them know, which comes by e-mail."""


class State(StrEnum):
    """How far a message has come."""

    WAITING = "waiting"
    """It has yet to be taken by a server; perhaps a try failed."""
    SENT = "sent"
    OPENED = "opened"
    """Whoever it went to signed in by its address."""
    RETURNED = "returned"
    """It came back, or the server refused it for good."""


class Verdict(StrEnum):
    """What a mail was that came to the address that bounces return to."""

    RETURNED = "returned"
    """One of ours that could not be delivered."""
    DELAYED = "delayed"
    """One of ours that a server is still trying to deliver."""
    ANSWERED = "answered"
    """An automatic answer: nobody reads it, and nothing answers it."""
    WRITTEN = "written"
    """What a person seems to have written: kept for people to read, and nothing answers it."""
    AGAIN = "again"
    """Of a message that is known to have come back."""
    FORGED = "forged"
    """It names a message with a signature that is not ours."""
    STRANGE = "strange"
    """It names no message of ours at all."""


SECOND: dict[Way, Way] = {Way.EMAIL: Way.TEXT, Way.TEXT: Way.EMAIL}
"""The way that is tried where one has failed."""
