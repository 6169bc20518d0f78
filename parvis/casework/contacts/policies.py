"""Who may tell of contacts: another system, with a key that is for it."""

from parvis.casework.people.models import User
from parvis.casework.people.policies import Act, asks, check_may, relation_of


def check_can_record(by: User) -> None:
    """Refuse whoever is no telephone system of ours."""
    check_may(Act.RECORD_CONTACTS, relation_of(by))


can_record = asks(check_can_record)
