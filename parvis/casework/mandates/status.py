"""What a mandate is for, who can hold it, and how far it has come."""

from datetime import datetime
from enum import StrEnum

from parvis.casework.people.policies import DELEGABLE, Act, Capacity
from parvis.casework.people.roles import Role


class MandateKind(StrEnum):
    """What a client gives somebody, by which form."""

    REPRESENTATIVE = "representative"
    """Acts and receives in the client's place (IMM 5476)."""
    THIRD_PARTY = "third-party"
    """Is told what the client is told (IMM 5475)."""
    PARLIAMENT = "parliamentary-office"
    """The office of a member of Parliament or a senator asks for a constituent."""


class MandateState(StrEnum):
    """How far a mandate has come."""

    OFFERED = "offered"
    """Given, and not answered yet."""
    UPCOMING = "upcoming"
    """Accepted, and not begun yet."""
    IN_FORCE = "in-force"
    DECLINED = "declined"
    ENDED = "ended"
    """Either side ended it, or the client took the offer back."""
    EXPIRED = "expired"
    """It ended by itself."""


OVER = frozenset({MandateState.DECLINED, MandateState.ENDED, MandateState.EXPIRED})
CAPACITIES = {
    MandateKind.REPRESENTATIVE: Capacity.REPRESENTATIVE,
    MandateKind.THIRD_PARTY: Capacity.THIRD_PARTY,
    MandateKind.PARLIAMENT: Capacity.PARLIAMENT,
}
HOLDERS = {
    MandateKind.REPRESENTATIVE: Role.PERSON,
    MandateKind.THIRD_PARTY: Role.PERSON,
    MandateKind.PARLIAMENT: Role.PARLIAMENT,
}
"""What somebody must have signed in as to hold a mandate; no staff holds any."""
READS = frozenset({Act.SEE})
"""What every mandate is for."""
MAY_BE_FOR = {
    MandateKind.REPRESENTATIVE: DELEGABLE,
    MandateKind.THIRD_PARTY: READS,
    MandateKind.PARLIAMENT: READS,
}
"""What a mandate of a kind can be for, at most."""


def state_at(  # noqa: PLR0913 - each moment of a mandate's life counts
    now: datetime,
    *,
    begins_at: datetime,
    ends_at: datetime | None,
    accepted_at: datetime | None,
    ended_at: datetime | None,
    declined: bool,
) -> MandateState:
    """Return how far a mandate has come at a moment."""
    if declined:
        return MandateState.DECLINED
    if ended_at is not None:
        return MandateState.ENDED
    if ends_at is not None and ends_at <= now:
        return MandateState.EXPIRED
    if accepted_at is None:
        return MandateState.OFFERED
    return MandateState.IN_FORCE if begins_at <= now else MandateState.UPCOMING
