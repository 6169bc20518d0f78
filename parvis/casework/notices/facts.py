"""What can happen to what a client is told: facts on the client, of codes and references.

Neither an address nor a word of any message stands here.
"""

from dataclasses import dataclass

from parvis.casework.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class MessageSent(Fact):
    """A server took a message for the client, or for who receives in their place.

    `kinds` and `applications` are what it tells of; `repeats` counts how often it may have gone out
    before under the same Message-ID, because a worker died before it could note that it had.
    """

    KIND = "client.message-sent"
    message: int
    way: str
    language: str
    kinds: tuple[str, ...]
    applications: tuple[int, ...]
    repeats: int | None = None
    instead: bool | None = None
    """Whether somebody with a mandate received it in the client's place."""


@dataclass(frozen=True, kw_only=True)
class MessageReturned(Fact):
    """A message came back; `code` is the server's (RFC 3463), where it gave one."""

    KIND = "client.message-returned"
    message: int
    way: str
    code: str | None = None


@dataclass(frozen=True, kw_only=True)
class MessageOpened(Fact):
    """Whoever a message went to signed in by its address."""

    KIND = "client.message-opened"
    message: int


@dataclass(frozen=True, kw_only=True)
class WaysChosen(Fact):
    """The client chose how and when to be told."""

    KIND = "client.ways-chosen"
    wish: str
    quiet: bool = False
    """Whether there are hours in which nothing is sent."""


@dataclass(frozen=True, kw_only=True)
class AddressWorks(Fact):
    """The client said that a way works again by which a message had come back."""

    KIND = "client.address-works"
    way: str


@dataclass(frozen=True, kw_only=True)
class AddressRepaired(Fact):
    """Somebody who works here gave the client an address that works, after others had failed."""

    KIND = "client.address-repaired"
    way: str
