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
        who = None if user is None else user.pk
        _write(query, application, who, relation.capacity, relation.mandate, act, at)


def record_taking(*, application: int, user: User, relation: Relation, at: datetime) -> None:
    """Write down that a whole file was taken along, by its client too, before any of it goes."""
    act = Act.TAKE_ALONG
    _write(_ADD, application, user.pk, relation.capacity, relation.mandate, act, at)


def _write(query: str, *row: int | str | datetime | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, row)
