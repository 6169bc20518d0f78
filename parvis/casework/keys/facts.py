"""What can happen to a key. Each is a subject of the log by itself."""

from dataclasses import dataclass
from datetime import datetime

from parvis.casework.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class KeyMade(Fact):
    """A key was made for this user's software, for these acts; the key itself is told nowhere."""

    KIND = "account.key-made"
    user: int
    acts: tuple[str, ...]
    programs: tuple[str, ...] | None = None
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class KeyRevoked(Fact):
    """The key opens nothing any more."""

    KIND = "account.key-revoked"
