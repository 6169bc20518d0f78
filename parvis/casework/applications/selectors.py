"""Look applications up. A page is made of one row, which is read without Django's models."""

from dataclasses import dataclass, replace
from datetime import datetime

import orjson
from django.db import connection

from parvis.casework.applications.state import State, state_from
from parvis.casework.mandates.selectors import (
    CLIENTS_HELD,
    MANDATE,
    hold,
    mandate_values,
    relation_by,
)
from parvis.casework.people.models import User
from parvis.casework.people.policies import (
    NO_RELATION,
    Act,
    Capacity,
    Relation,
    may,
    relation_of,
)
from parvis.lib.references import application_number, subject_of

LONGEST_NUMBER = 200
"""As long as another system's number may be; nothing longer is looked up."""

_VALUES = (
    "a.id, a.source_number, c.user_id, a.rest, a.program, a.received_at, a.last_fact_at,"
    " a.closed_at, a.status, a.client_id, a.office"
)
_FROM = "FROM applications_application a LEFT JOIN people_client c ON c.id = a.client_id"
_FILES = f"SELECT NULL, NULL, NULL, {_VALUES} {_FROM}"
_FILES_FOR = (
    f"SELECT m.id, m.kind, m.acts, {_VALUES} {_FROM} LEFT JOIN LATERAL ({MANDATE}) m ON true"
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
    relation: Relation = NO_RELATION
    """How whoever asked stands to it."""


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


def files_seen_by(
    user: User, number: str, *, now: datetime, program: str | None = None
) -> list[File]:
    """Return the files with this number that a user may see.

    Only those who may look any file up find one by another system's number.
    """
    relation = relation_of(user)
    if may(Act.FIND, relation):
        return [_seen_as(relation, file) for file in files_numbered(number, program=program)]
    subject_id = subject_of(number[:LONGEST_NUMBER])
    if subject_id is None or subject_id >= _BEYOND:
        return []
    found = _files_for(user.pk, now, "a.id = %s", subject_id)
    return [
        file
        for file in found
        if may(Act.SEE, file.relation) and program in (None, file.state.program)
    ]


def files_of(user: User) -> list[File]:
    """Return the files of the client that this user is, newest first."""
    found = _files("c.user_id = %s ORDER BY a.received_at DESC, a.id", user.pk)
    return [_seen_as(_CLIENT, file) for file in found]


def files_mandated(user: User, *, now: datetime) -> list[File]:
    """Return the files of others that a user has a mandate for, newest first."""
    return _files_for(
        user.pk,
        now,
        f"a.client_id IN ({CLIENTS_HELD}) AND m.id IS NOT NULL AND c.user_id IS DISTINCT FROM %s"
        " ORDER BY a.received_at DESC, a.id",
        *mandate_values(user.pk, now),
        user.pk,
    )


def relation_to(application: int, user: int, *, at: datetime) -> Relation:
    """Return how somebody stands to a file, and keep their mandate from ending meanwhile.

    To be asked inside the transaction of an act: a mandate that was ended before is none, and one
    that is being ended waits for the act.
    """
    [file] = _files_for(user, at, "a.id = %s", application)
    relation = file.relation
    return relation if relation.mandate is None or hold(relation.mandate) else NO_RELATION


def _own(subject_id: int, program: str | None) -> list[File]:
    if subject_id >= _BEYOND:
        return []
    found = _files("a.id = %s", subject_id)
    return [file for file in found if program in (None, file.state.program)]


_CLIENT = Relation(Capacity.CLIENT)


def _files(where: str, *values: str | int) -> list[File]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_FILES} WHERE {where}", values)
        return [_file(*row[3:]) for row in cursor.fetchall()]


def _files_for(user: int, now: datetime, where: str, *values: str | int | datetime) -> list[File]:
    """Return files with how a user stands to each: its client, or with a mandate in force."""
    holder = mandate_values(user, now)
    with connection.cursor() as cursor:
        cursor.execute(f"{_FILES_FOR} WHERE {where}", [*holder, *values])
        rows = cursor.fetchall()
    files = []
    for mandate, kind, acts, *row in rows:
        file = _file(*row)
        if file.user == user:
            files.append(_seen_as(_CLIENT, file))
        elif mandate is not None:
            files.append(_seen_as(relation_by(mandate, kind, acts), file))
        else:
            files.append(file)
    return files


def _seen_as(relation: Relation, file: File) -> File:
    return replace(file, relation=relation)


def _file(
    id_: int, source_number: str | None, user: int | None, rest: str, *columns: object
) -> File:
    state = state_from(orjson.loads(rest), **dict(zip(_COLUMNS, columns, strict=True)))
    return File(id_, application_number(id_), source_number, user, state)
