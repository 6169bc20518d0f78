"""Send rows to PostgreSQL, and fetch them, by binary COPY."""

from collections.abc import Generator, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection
from numpy.typing import NDArray

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


def arrays(query: str, values: Sequence[object], columns: Sequence[str]) -> list[NDArray[np.int64]]:
    """Return the named columns of a query as arrays, in no order; each is a bigint, none is null.

    They come as one value: a row at a time, Python would take longer than the database.
    """
    row = " || ".join(f"int8send({name})" for name in columns)
    with connection.cursor() as cursor:
        raw: Cursor[tuple[bytes | None]] = cursor.cursor
        query = f"SELECT string_agg({row}, '') FROM ({query}) found"  # noqa: S608 - our own words
        raw.execute(query, values, binary=True)
        [body] = raw.fetchone() or (None,)
    found = np.frombuffer(body or b"", ">i8").reshape(-1, len(columns))
    return [found[:, place].astype(np.int64) for place in range(len(columns))]
