"""Writing down that somebody looked at a file."""

from datetime import datetime

from django.db import connection

from parvis.casework.people.models import User
from parvis.casework.people.policies import Act, Capacity, Relation

_ADD = (
    'INSERT INTO accesses_access (application, "user", capacity, mandate, act, at)'
    " VALUES (%s, %s, %s, %s, %s, %s)"
)


def record_access(
    *, application: int, user: User, relation: Relation, act: Act, at: datetime
) -> None:
    """Write down an access, before anything is shown; a client's to their own file is none."""
    if relation.capacity is Capacity.CLIENT:
        return
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [application, user.pk, relation.capacity, relation.mandate, act, at])
