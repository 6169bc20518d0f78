"""Who may do what about notices, beyond one's own. `check_can_…` raises, `can_…` asks it."""

from parvis.casework.people.models import User
from parvis.casework.people.policies import Act, asks, check_may, relation_of


def check_can_repair(user: User) -> None:
    """Refuse to repair an address to who does not look for people whom nothing reaches."""
    check_may(Act.REACH, relation_of(user))


can_repair = asks(check_can_repair)
