"""Writing down that somebody looked at a file, or took it along."""

from datetime import datetime

from django.db import connection

from parvis.casework.people.models import User
from parvis.casework.people.policies import Act, Capacity, Relation

_ADD = (
    'INSERT INTO accesses_access (application, "user", capacity, mandate, act, at)'
    " VALUES (%s, %s, %s, %s, %s, %s)"
)


def record_access(
    *, application: int, user: User | None, relation: Relation, act: Act, at: datetime
) -> None:
    """Write down an access, before anything is shown; a client's to their own file is none.

    `user` is None where the house's own commands read it.
    """
    if relation.capacity is not Capacity.CLIENT:
        _add(application, user, relation, act, at)


def record_taking(*, application: int, user: User, relation: Relation, at: datetime) -> None:
    """Write down that a whole file was taken along, by its client too, before any of it goes."""
    _add(application, user, relation, Act.TAKE_ALONG, at)


def _add(application: int, user: User | None, relation: Relation, act: Act, at: datetime) -> None:
    who = None if user is None else user.pk
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [application, who, relation.capacity, relation.mandate, act, at])
