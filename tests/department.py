"""A demo department in the database of a test: filled once in a process, then copied."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from psycopg import sql

from parvis.jobs.demo.department import fill

_TABLES = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
    AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND c.relname <> ALL(%s)
    AND c.relname NOT LIKE 'procrastinate%%'
GROUP BY c.relname ORDER BY c.relname
"""
# What a database holds that has just been made.
_THERE = ["django_migrations", "django_content_type", "auth_permission"]

Then = Callable[[datetime], object]

_filled: dict[tuple[object, ...], dict[str, bytes]] = {}


def department(*, now: datetime, scale: float, then: Then | None = None) -> None:
    """Have a demo department of this size, and whatever is done with it then."""
    key = (now, scale, then and (then.__module__, then.__qualname__))
    if key in _filled:
        _copy_in(_filled[key])
        return
    fill(now=now, scale=scale)
    if then is not None:
        then(now)
    _filled[key] = dict(_copied_out())


def _copied_out() -> Iterator[tuple[str, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(_TABLES, [_THERE])
        for table, columns in cursor.fetchall():
            # A table of partitions cannot be copied by its name, but its rows can.
            there = sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(table)
            query = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT (FORMAT binary)").format(*there)
            back = sql.SQL("COPY {1} ({0}) FROM STDIN (FORMAT binary)").format(*there)
            with cursor.cursor.copy(query) as copy:
                yield back.as_string(cursor.cursor), b"".join(map(bytes, copy))


@transaction.atomic  # What names a row of a later table is checked once all are there.
def _copy_in(rows: dict[str, bytes]) -> None:
    with connection.cursor() as cursor:
        for query, body in rows.items():
            with cursor.cursor.copy(query) as copy:
                copy.write(body)
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
