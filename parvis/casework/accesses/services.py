"""Writing down that somebody looked at a file."""

from datetime import datetime

from django.db import connection

from parvis.casework.people.models import User
from parvis.casework.people.policies import Act, Capacity, Standing

_ADD = (
    'INSERT INTO accesses_access (application, "user", capacity, mandate, act, at)'
    " VALUES (%s, %s, %s, %s, %s, %s)"
)


def record_access(
    *, application: int, user: User, standing: Standing, act: Act, at: datetime
) -> None:
    """Write down an access, before anything is shown; a client's to their own file is none."""
    if standing.capacity is Capacity.CLIENT:
        return
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [application, user.pk, standing.capacity, standing.mandate, act, at])
