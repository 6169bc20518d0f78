"""A demo department, filled once in a process: to stand in, or copied into a test's own database.

Each has a database of its own. What is copied into a test's and undone leaves its dead rows there,
among which every later test would have to look for its own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import psycopg
from django.apps import apps
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
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

SCALE = 0.0002
"""As small as its shares can be and still be the published ones."""

Then = Callable[[datetime], object]

_Key = tuple[datetime, float, Then | None]

_filled: dict[_Key, dict[str, bytes]] = {}
_databases: dict[_Key, str] = {}


def _keeper(*statements: str) -> None:
    """Do what is done to whole databases, from beside them."""
    ours = connection.get_connection_params()
    place = {name: ours[name] for name in ("host", "port", "user", "password") if name in ours}
    with psycopg.connect(**place, dbname="postgres", autocommit=True) as session:
        for statement in statements:
            session.execute(statement)


def _empty() -> str:
    return f"{connection.settings_dict['NAME']}_empty"


def set_aside() -> None:
    """Keep a database with all tables and nothing in them; nobody may be in the tests' own."""
    connections.close_all()
    _keeper(
        f'DROP DATABASE IF EXISTS "{_empty()}"',
        f'CREATE DATABASE "{_empty()}" TEMPLATE "{connection.settings_dict["NAME"]}"',
    )


def take_down() -> None:
    """Leave no database behind."""
    _keeper(*(f'DROP DATABASE IF EXISTS "{name}"' for name in (*_databases.values(), _empty())))
    _databases.clear()


@contextmanager
def in_department(*, now: datetime, scale: float, then: Then | None = None) -> Iterator[None]:
    """Stand in a demo department of this size and what is done then, and leave it as it was."""
    key = (now, scale, then)
    if key not in _databases:
        name = f"{_empty()}_{len(_databases)}"
        _keeper(
            f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}" TEMPLATE "{_empty()}"'
        )
        with _standing_in(name):
            fill(now=now, scale=scale)
            if then is not None:
                then(now)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        _databases[key] = name
    with _standing_in(_databases[key]), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _standing_in(name: str) -> Iterator[None]:
    """Have this thread's connection be one to that database."""
    before = connections[DEFAULT_DB_ALIAS]
    there = before.copy()
    there.settings_dict["NAME"] = name
    connections[DEFAULT_DB_ALIAS] = there
    try:
        yield
    finally:
        there.close()
        connections[DEFAULT_DB_ALIAS] = before


def department(*, now: datetime, scale: float, then: Then | None = None) -> None:
    """Have a demo department of this size here, and whatever is done with it then."""
    key = (now, scale, then)
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
