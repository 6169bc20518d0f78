"""Send rows to PostgreSQL, and fetch them, by binary COPY."""

from collections.abc import Generator, Iterable
from typing import TYPE_CHECKING

from django.db import connection

from parvis.casework.events.rows import HEADER, TRAILER
from parvis.casework.events.wall import lifted

if TYPE_CHECKING:
    from psycopg import Connection, Cursor


def into(table: str, rows: Iterable[bytes]) -> None:
    """Copy binary rows into a table, named with its columns; all or none of them."""
    body = b"".join(rows)
    if not body:
        return
    with lifted(), connection.cursor() as cursor:
        raw: Cursor[tuple[object, ...]] = cursor.cursor
        with raw.copy(f"COPY {table} FROM STDIN (FORMAT binary)") as copy:
            copy.write(HEADER)
            copy.write(body)
            copy.write(TRAILER)


def out_of(session: "Connection[tuple[object, ...]]", query: str) -> Generator[bytes, None, None]:
    """Yield the rows of a query in binary COPY form, over a connection of its own."""
    with (
        session.cursor() as cursor,
        cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT binary)") as copy,
    ):
        first = True
        for data in copy:
            row = bytes(data)
            if first:
                row, first = row[len(HEADER) :], False
            if row not in (TRAILER, b""):
                yield row
