"""What can happen to a client."""

from dataclasses import dataclass

from parvis.casework.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ClientRegistered(Fact):
    """The department knows of a client, who wants to be written to in this language."""

    KIND = "client.registered"
    language: str
