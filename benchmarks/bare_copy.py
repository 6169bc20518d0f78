"""The same rows by COPY and nothing else: what the database takes in, however they are made."""

import time
from pathlib import Path

from psycopg import sql

from benchmarks.house import House

_TABLES = (
    ("events_event", "subject_id, seq"),
    ("events_subject", "id"),
    ("applications_application", "id"),
)
"""The tables that an import fills, and the order in which it fills them."""
_EMPTY = "bare"
_CHUNK = 1 << 20


def set_empty_tables_aside(house: House) -> None:
    """Make a second database with the same tables, indexes, constraints and triggers, all empty."""
    with house.session("postgres", keeper=True) as session:
        session.execute(f"CREATE DATABASE {_EMPTY} TEMPLATE parvis OWNER parvis")


def bare_copy(house: House) -> float:
    """Return the seconds in which the imported rows are copied into the tables set aside.

    One transaction a table, binary, in the order in which the import wrote them.
    """
    files = [_export(house, table, order) for table, order in _TABLES]
    house.settle()
    with house.session(_EMPTY) as session:
        session.execute("SELECT 1")
        began = time.perf_counter()
        for (table, _), path in zip(_TABLES, files, strict=True):
            statement = sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.Identifier(table))
            with session.cursor().copy(statement) as copy, path.open("rb") as rows:
                while chunk := rows.read(_CHUNK):
                    copy.write(chunk)
        seconds = time.perf_counter() - began
        _check(house, session.execute("SELECT count(*) FROM events_event").fetchone())
    return seconds


def _export(house: House, table: str, order: str) -> Path:
    path = house.home / f"{table}.rows"
    statement = sql.SQL("COPY (SELECT * FROM {} ORDER BY {}) TO STDOUT (FORMAT binary)").format(
        sql.Identifier(table), sql.SQL(order)
    )
    with (
        house.session() as session,
        session.cursor().copy(statement) as copy,
        path.open("wb") as rows,
    ):
        rows.writelines(copy)
    return path


def _check(house: House, copied: tuple[int, ...] | None) -> None:
    with house.session() as session:
        imported = session.execute("SELECT count(*) FROM events_event").fetchone()
    if copied != imported:
        raise RuntimeError(f"{copied} rows copied of {imported}")
