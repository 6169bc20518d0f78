"""Writing down that somebody looked at a file, or took it along."""

from datetime import datetime

from django.db import connection

from parvis.casework.people.models import User
from parvis.casework.people.policies import Act, Capacity, Relation

_ADD = (
    'INSERT INTO accesses_access (application, "user", capacity, mandate, act, at)'
    " VALUES (%s, %s, %s, %s, %s, %s)"
)
_ADD_UNAWAITED = (
    'INSERT INTO accesses_access (application, "user", capacity, mandate, act, at)'
    " SELECT %s, %s, %s, %s::bigint, %s, %s FROM set_config('synchronous_commit', 'off', true)"
)
"""The same, as a transaction of its own that does not wait for the disk (ADR 15)."""


def record_access(
    *, application: int, user: User | None, relation: Relation, act: Act, at: datetime
) -> None:
    """Write down an access, before anything is shown; a client's to their own file is none.

    `user` is None where the house's own commands read it. It is there for everybody at once, and
    on the disk within the second: a page does not wait for that.
    """
    if relation.capacity is not Capacity.CLIENT:
        # What else is in a transaction has to be on the disk once that is over.
        query = _ADD if connection.in_atomic_block else _ADD_UNAWAITED
        _add(query, application, user, relation, act, at)


def record_taking(*, application: int, user: User | None, relation: Relation, at: datetime) -> None:
    """Write down that a whole file was taken along, by its client too, before any of it goes."""
    _add(_ADD, application, user, relation, Act.TAKE_ALONG, at)


def _add(  # noqa: PLR0913 - a row of six
    query: str, application: int, user: User | None, relation: Relation, act: Act, at: datetime
) -> None:
    who = None if user is None else user.pk
    with connection.cursor() as cursor:
        cursor.execute(query, [application, who, relation.capacity, relation.mandate, act, at])
