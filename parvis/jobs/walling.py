"""Raising the second wall: what the doors' role may do in the database (casework/events/wall)."""

from django.db import connection, transaction

from parvis.casework.events.wall import ROLE

_IS_THERE = "SELECT pg_has_role(oid, 'MEMBER') FROM pg_roles WHERE rolname = %s"
_GRANTS = f"""
GRANT USAGE ON SCHEMA public TO {ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {ROLE};
"""


@transaction.atomic
def raise_wall() -> bool:
    """Give the doors' role the tables as they are now; tell whether the database has that role."""
    with connection.cursor() as cursor:
        cursor.execute(_IS_THERE, [ROLE])
        if cursor.fetchone() != (True,):
            return False
        cursor.execute(_GRANTS)
    return True
