"""The rows of many files at once: new ones by COPY in its binary form, others by one UPDATE."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from struct import Struct

import orjson
from django.db import connection

from parvis.casework.applications.state import Given, State, rest_of
from parvis.casework.events import copying
from parvis.casework.events.rows import field, moment

_TABLE = (
    "applications_application (id, received_at, last_fact_at, closed_at, client_id, program,"
    " status, office, source_number, source_digest, rest)"
)
_UPDATE = """
UPDATE applications_application a SET received_at = n.received_at, last_fact_at = n.last_fact_at,
    closed_at = n.closed_at, client_id = n.client, status = n.status, office = n.office,
    rest = n.rest::jsonb
FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::bigint[],
    %s::text[], %s::text[], %s::text[])
    AS n(id, received_at, last_fact_at, closed_at, client, status, office, rest)
WHERE a.id = n.id
"""
_START = Struct(">hiqiqiq")
_EIGHT = Struct(">iq")
_NULL = b"\xff\xff\xff\xff"
_JSONB = b"\x01"
"""The version of jsonb's binary form."""


def copy_new(files: Iterable[tuple[int, str | None, bytes | None, State]]) -> None:
    """Copy files, each as its subject id, source number, source digest and state."""
    copying.into(_TABLE, [_row(*file) for file in files])


def update(files: Sequence[tuple[int, State]]) -> None:
    """Have these files' rows keep these states, all in one statement."""
    columns = [
        (
            id_,
            state.received_at,
            state.last_fact_at,
            state.closed_at,
            state.client,
            state.status,
            state.office,
            rest_of(state).decode(),
        )
        for id_, state in files
    ]
    if columns:
        with connection.cursor() as cursor:
            cursor.execute(_UPDATE, [list(column) for column in zip(*columns, strict=True)])


def update_given(given: dict[int, Given]) -> None:
    """Have these files' rows keep what their clients were told last."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE applications_application a SET rest = jsonb_set(a.rest, '{given}', n.given)"
            " FROM unnest(%s::bigint[], %s::jsonb[]) AS n(id, given) WHERE a.id = n.id",
            [list(given), [orjson.dumps(one).decode() for one in given.values()]],
        )


def update_digests(digests: dict[int, bytes]) -> None:
    """Note how the cases of these files were last read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE applications_application a SET source_digest = n.digest"
            " FROM unnest(%s::bigint[], %s::bytea[]) AS n(id, digest) WHERE a.id = n.id",
            [list(digests), list(digests.values())],
        )


def _row(id_: int, number: str | None, digest: bytes | None, state: State) -> bytes:
    return b"".join(
        (
            _START.pack(11, 8, id_, 8, moment(state.received_at), 8, moment(state.last_fact_at)),
            _moment(state.closed_at),
            _NULL if state.client is None else _EIGHT.pack(8, state.client),
            _text(state.program),
            _text(state.status),
            _text(state.office),
            _text(number),
            _NULL if digest is None else field(digest),
            field(_JSONB + rest_of(state)),
        )
    )


def _moment(at: datetime | None) -> bytes:
    return _NULL if at is None else _EIGHT.pack(8, moment(at))


def _text(value: str | None) -> bytes:
    return _NULL if value is None else field(value.encode())
