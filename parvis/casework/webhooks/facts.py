"""What can happen to a subscription. Each is a subject of the log by itself."""

from dataclasses import dataclass

from parvis.casework.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class Subscribed(Fact):
    """This user's software is told of facts from now on; where, is told nowhere in the log."""

    KIND = "account.webhook-subscribed"
    user: int
    kinds: tuple[str, ...] | None = None
    programs: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class SecretRotated(Fact):
    """Deliveries are signed with another secret, and for a while with the one before as well."""

    KIND = "account.webhook-secret-rotated"


@dataclass(frozen=True, kw_only=True)
class SentAgain(Fact):
    """Somebody had a delivery sent once more."""

    KIND = "account.webhook-sent-again"
    delivery: int


@dataclass(frozen=True, kw_only=True)
class Unsubscribed(Fact):
    """The software is told nothing any more."""

    KIND = "account.webhook-stopped"
