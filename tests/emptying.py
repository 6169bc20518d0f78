"""Emptying the database after a test that committed: the tables that hold something, and no more.

Django's own way empties every table there is, and then works out anew which permissions there are:
more than a second for each test, of which there are hundreds.
"""

from functools import cache

from django.apps import apps
from django.db import connection

_KEPT = {"django_content_type", "auth_permission", "django_migrations"}
"""What the migrations fill, and no test changes."""


def empty(_case: object) -> None:
    """Empty them; put in the place of `TransactionTestCase._fixture_teardown`."""
    with connection.cursor() as cursor:
        cursor.execute(_filled())
        filled = [connection.ops.quote_name(name) for (name,) in cursor.fetchall()]
        if filled:
            cursor.execute(f"TRUNCATE {', '.join(filled)} CASCADE")


@cache
def _filled() -> str:
    described = [one._meta for one in apps.get_models(include_auto_created=True)]  # noqa: SLF001
    names = {one.db_table for one in described if one.managed and not one.proxy}
    return " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT FROM {connection.ops.quote_name(name)})"  # noqa: S608 - our own words
        for name in sorted(names - _KEPT)
    )
