"""Look applications up. A page is made of one row, which is read without Django's models."""

from dataclasses import dataclass

import orjson
from django.db import connection

from parvis.casework.applications.policies import can_see
from parvis.casework.applications.state import State, state_from
from parvis.casework.people.models import User
from parvis.lib.references import application_number, subject_of

LONGEST_NUMBER = 200
"""As long as another system's number may be; nothing longer is looked up."""

_FILES = (
    "SELECT a.id, a.source_number, c.user_id, a.rest, a.program, a.received_at, a.last_fact_at,"
    " a.closed_at, a.status, a.client_id, a.office"
    " FROM applications_application a LEFT JOIN people_client c ON c.id = a.client_id"
)
_COLUMNS = (
    "program",
    "received_at",
    "last_fact_at",
    "closed_at",
    "status",
    "client",
    "office",
)
"""The fields of a state that have columns of their own, in the order of `_FILES`."""
_BEYOND = 2**63
"""No subject id reaches so far, nor can the database be asked for it."""


@dataclass(frozen=True, slots=True)
class File:
    """An application as readers see it: its numbers, its state, and who its client is."""

    id: int
    number: str
    source_number: str | None
    user: int | None
    """Who signs in as its client, if anybody does."""
    state: State


def files_numbered(number: str, *, program: str | None = None) -> list[File]:
    """Return the files with this number, ours or another system's.

    More than one where two programs were read from systems that number alike.
    """
    if len(number) > LONGEST_NUMBER or "\0" in number:
        return []
    if (subject_id := subject_of(number)) is not None and (own := _own(subject_id, program)):
        return own
    if program is not None:
        return _files("a.source_number = %s AND a.program = %s", number.strip(), program)
    return _files("a.source_number = %s ORDER BY a.program", number.strip())


def files_seen_by(user: User, number: str, *, program: str | None = None) -> list[File]:
    """Return the files with this number that a user may see; clients know our numbers only."""
    if not user.is_staff and subject_of(number[:LONGEST_NUMBER]) is None:
        return []
    return [file for file in files_numbered(number, program=program) if can_see(user, file)]


def files_of(user: User) -> list[File]:
    """Return the files of the client that this user is, newest first."""
    return _files("c.user_id = %s ORDER BY a.received_at DESC, a.id", user.pk)


def _own(subject_id: int, program: str | None) -> list[File]:
    if subject_id >= _BEYOND:
        return []
    found = _files("a.id = %s", subject_id)
    return [file for file in found if program in (None, file.state.program)]


def _files(where: str, *values: str | int) -> list[File]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_FILES} WHERE {where}", values)
        return [_file(*row) for row in cursor.fetchall()]


def _file(
    id_: int, source_number: str | None, user: int | None, rest: str, *columns: object
) -> File:
    state = state_from(orjson.loads(rest), **dict(zip(_COLUMNS, columns, strict=True)))
    return File(id_, application_number(id_), source_number, user, state)
