"""Mandates for tests, given and accepted by the services."""

from datetime import datetime, timedelta

from parvis.casework.applications.mandating import give_mandate
from parvis.casework.mandates.services import accept_mandate
from parvis.casework.mandates.status import MAY_BE_FOR, MandateKind
from parvis.casework.mandates.terms import Terms
from parvis.casework.people.models import User
from parvis.casework.people.policies import Act
from parvis.casework.people.roles import Role
from parvis.casework.people.services import add_user
from tests.filing import PASSWORD, RECEIVED

AT = RECEIVED + timedelta(days=1)
ADDRESS = "rita@example.org"


def person(email: str = ADDRESS, role: Role = Role.PERSON) -> User:
    """Return somebody who signs in and is no client."""
    return add_user(email=email, password=PASSWORD, role=role, at=RECEIVED)


def terms(  # noqa: PLR0913 - a mandate says that much
    kind: MandateKind = MandateKind.REPRESENTATIVE,
    *,
    address: str = ADDRESS,
    acts: frozenset[Act] | None = None,
    applications: tuple[int, ...] | None = None,
    begins_at: datetime = AT,
    ends_at: datetime | None = None,
) -> Terms:
    """Return what a mandate says: all that its kind can be for, from now on, unless told."""
    return Terms(
        kind, address, MAY_BE_FOR[kind] if acts is None else acts, applications, begins_at, ends_at
    )


def given(client: User, said: Terms | None = None, *, at: datetime = AT) -> int:
    """Return the mandate that a client gave."""
    return give_mandate(terms=said or terms(), by=client, at=at).id


def held(
    client: User,
    holder: User,
    said: Terms | None = None,
    *,
    firm: int | None = None,
    at: datetime = AT,
) -> int:
    """Return a mandate that was given and accepted."""
    mandate = given(client, said or terms(address=holder.email), at=at)
    accept_mandate(mandate=mandate, firm=firm, by=holder, at=at)
    return mandate
