"""What can happen to a client."""

from dataclasses import dataclass

from parvis.casework.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ClientRegistered(Fact):
    """The department knows of a client, who wants to be written to in this language."""

    KIND = "client.registered"
    language: str


@dataclass(frozen=True, kw_only=True)
class ClientLinked(Fact):
    """Somebody who signs in proved that this client is them, by what is on this file."""

    KIND = "client.linked"
    user: int
    application: int


@dataclass(frozen=True, kw_only=True)
class LanguageChosen(Fact):
    """The client chose the language in which they want to be written to from now on."""

    KIND = "client.language-chosen"
    language: str
