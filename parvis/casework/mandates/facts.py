"""What can happen to a mandate: facts on its client, with references and codes only."""

from dataclasses import dataclass
from datetime import datetime

from parvis.casework.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class MandateGiven(Fact):
    """The client gave somebody a mandate, who has yet to accept it."""

    KIND = "client.mandate-given"
    mandate: int
    kind: str
    acts: tuple[str, ...]
    applications: tuple[int, ...] | None = None
    begins_at: datetime
    ends_at: datetime | None = None
    receives: bool | None = None
    """Whether notices go to them in the client's place; not written where they do not."""


@dataclass(frozen=True, kw_only=True)
class MandateAccepted(Fact):
    """Whoever it was given to accepted it, perhaps for their firm."""

    KIND = "client.mandate-accepted"
    mandate: int
    firm: int | None = None


@dataclass(frozen=True, kw_only=True)
class MandateDeclined(Fact):
    """Whoever it was given to does not want it."""

    KIND = "client.mandate-declined"
    mandate: int


@dataclass(frozen=True, kw_only=True)
class MandateEnded(Fact):
    """Either side ended it; `by` says which."""

    KIND = "client.mandate-ended"
    mandate: int
