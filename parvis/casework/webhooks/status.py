"""What software can be told, and how far a delivery has come."""

from enum import StrEnum

TOLD_TO_SOFTWARE = frozenset(
    f"application.{what}"
    for what in (
        "received",
        "acknowledged",
        "section-opened",
        "section-completed",
        "section-exempted",
        "client-asked",
        "client-answered",
        "transferred",
        "decided",
        "withdrawn",
        "abandoned",
        "reopened",
        "date-given",
    )
)
"""The kinds of facts, all of which a client reads in their own history."""


class DeliveryState(StrEnum):
    """How far a delivery has come."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    WITHHELD = "withheld"
    """Not sent: whose software it is may not see the file, or ended the subscription."""
    GIVEN_UP = "given-up"
    """Nobody took it, in all the days that it was tried."""


class Answer(StrEnum):
    """Why a receiver did not take a delivery, where it did not answer with a status of its own."""

    TIMEOUT = "timeout"
    NO_ADDRESS = "no-address"
    INSIDE = "inside"
    """Its address is inside the department's network, or no public one."""
    NO_CONNECTION = "no-connection"
    NO_TLS = "no-tls"
    GARBAGE = "garbage"
