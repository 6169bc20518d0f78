"""Send rows to PostgreSQL, and fetch them, by binary COPY."""

from collections.abc import Generator, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from parvis.casework.events.rows import HEADER, TRAILER

if TYPE_CHECKING:
    from psycopg import Connection, Cursor


def into(table: str, rows: Iterable[bytes]) -> None:
    """Copy binary rows into a table, named with its columns; all or none of them."""
    body = b"".join(rows)
    if not body:
        return
    with connection.cursor() as cursor:
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
    """Return the columns of a query as arrays; each is a bigint there, and none is null."""
    row = np.dtype(
        [("fields", ">i2")]
        + [part for name in columns for part in ((f"{name}_length", ">i4"), (name, ">i8"))]
    )
    with connection.cursor() as cursor:
        raw: Cursor[tuple[object, ...]] = cursor.cursor
        with raw.copy(f"COPY ({query}) TO STDOUT (FORMAT binary)", values) as copy:
            body = b"".join(copy)
    found = np.frombuffer(body[len(HEADER) : -len(TRAILER)], row)
    return [found[name].astype(np.int64) for name in columns]
