"""Look applications up. A page is made of one row, which is read without Django's models."""

from collections.abc import Sequence
from dataclasses import field, replace
from datetime import datetime

import orjson
from django.db import connection

from parvis.casework.applications.facts import DateGiven
from parvis.casework.applications.models import Adult
from parvis.casework.applications.state import State, state_from
from parvis.casework.events import log
from parvis.casework.events.log import Recorded
from parvis.casework.mandates.selectors import keep_from_ending, mandate_for, relation_by
from parvis.casework.people.along import Along
from parvis.casework.people.models import User
from parvis.casework.people.policies import (
    NO_RELATION,
    Act,
    Capacity,
    Relation,
    may,
    relation_of,
    within_scope,
)
from parvis.lib.references import application_number, subject_of
from parvis.lib.values import value

Value = str | int | bool | datetime | list[int] | None
"""What a query can be given."""
LONGEST_NUMBER = 200
"""As long as another system's number may be; nothing longer is looked up."""

_VALUES = (
    "a.id, a.source_number, c.user_id, c.name, c.unreached_at, a.rest, a.program, a.received_at,"
    " a.last_fact_at, a.closed_at, a.status, a.client_id, a.office"
)
_FROM = "FROM applications_application a LEFT JOIN people_client c ON c.id = a.client_id"
_FILES = f"SELECT {_VALUES} {_FROM}"
_ADULTS = "SELECT d.client_id FROM applications_adult d WHERE d.application = a.id"
"""The clients, besides its own, who are on a file `a` as adults."""
MANDATE = mandate_for(_ADULTS)
"""The mandate by which `user` may see a file `a`, `now`."""
_FILES_FOR = (
    "SELECT c.user_id = %(user)s OR EXISTS ("  # noqa: S608 - our own words
    "SELECT FROM applications_adult d JOIN people_client p ON p.id = d.client_id"
    " WHERE d.application = a.id AND p.user_id = %(user)s),"
    f" m.id, m.kind, m.acts, {_VALUES} {_FROM}"
    # A client's own file asks for no mandate: kept inside by OFFSET, the condition is seen first.
    f" LEFT JOIN LATERAL (SELECT * FROM ({MANDATE}) found"
    " WHERE c.user_id IS DISTINCT FROM %(user)s OFFSET 0) m ON true"
)
_OWN = (
    "SELECT o.id FROM applications_application o JOIN people_client p ON p.id = o.client_id"
    " WHERE p.user_id = %s UNION SELECT d.application FROM applications_adult d"
    " JOIN people_client p ON p.id = d.client_id WHERE p.user_id = %s"
)
"""The files of a client, and those that they are on as an adult."""
_OWN_FILE = "parvis_own_file(s.session_key, %s, %s::text)"
_WIDTH = 13
"""How many values make a file there; its facts are beyond."""
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


@value()
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
    client_name: str | None = None
    unreached_at: datetime | None = None
    """Since when nothing that we send to its client arrives."""
    reader: int | None = None
    """The user who asked for it; None where the house itself did."""
    recorded: Sequence[Recorded] | None = field(default=None, compare=False)
    """Its facts, but for the dates that its client was told, where they came along with it."""


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
        return [_seen_as(relation, file, user) for file in files_numbered(number, program=program)]
    subject_id = subject_of(number[:LONGEST_NUMBER])
    if subject_id is None or subject_id >= _BEYOND:
        return []
    found = _brought(user, subject_id) or files_for(user, now, "a.id = %(id)s", id=subject_id)
    return [
        file
        for file in found
        if may(Act.SEE, file.relation) and program in (None, file.state.program)
    ]


def files_of(user: User) -> list[File]:
    """Return the files of the client that this user is, and those they are on, newest first."""
    found = _files(f"a.id IN ({_OWN}) ORDER BY a.received_at DESC, a.id", user.pk, user.pk)
    return [_seen_as(_CLIENT, file, user) for file in found]


def files_of_client(client: int) -> list[File]:
    """Return the files of a client, newest first."""
    return _files("a.client_id = %s ORDER BY a.received_at DESC, a.id", client)


def adults_on(application: int) -> list[int]:
    """Return the clients who are on an application besides its own."""
    found = Adult.objects.filter(application=application).order_by("id")
    return list(found.values_list("client", flat=True))


def relation_to(application: int, user: User, *, at: datetime) -> Relation:
    """Return how somebody stands to a file, and keep it so until the transaction is over.

    To be asked inside the transaction of an act: a mandate that was ended before is none, and
    whoever is ending one waits for the act.
    """
    [file] = files_for(user, at, "a.id = %(id)s", id=application)
    if file.relation.mandate is None:
        return file.relation
    own = [] if file.state.client is None else [file.state.client]
    keep_from_ending([*own, *adults_on(application)], user.pk)
    [file] = files_for(user, at, "a.id = %(id)s", id=application)
    return file.relation


def _own(subject_id: int, program: str | None) -> list[File]:
    if subject_id >= _BEYOND:
        return []
    found = _files("a.id = %s", subject_id)
    return [file for file in found if program in (None, file.state.program)]


_CLIENT = Relation(Capacity.CLIENT)


def along_with_session(number: str) -> Along | None:
    """Return how a client's own file with this number comes along with their session."""
    subject_id = subject_of(number[:LONGEST_NUMBER])
    if subject_id is None or subject_id >= _BEYOND:
        return None
    return Along(_OWN_FILE, (subject_id, DateGiven.KIND))


def _brought(user: User, subject_id: int) -> list[File]:
    """Return a client's own file with its facts, where it came along with their session."""
    brought = user.brought
    if brought is None or brought.asked != (_OWN_FILE, (subject_id, DateGiven.KIND)):
        return []
    file, facts = brought.row[:_WIDTH], brought.row[_WIDTH:]
    if file[0] is None:
        return []
    return [_seen_as(_CLIENT, _file(*file, recorded=log.recorded_in(*facts)), user)]


def _files(where: str, *values: str | int) -> list[File]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_FILES} WHERE {where}", values)
        return [_file(*row) for row in cursor.fetchall()]


def files_for(user: User, now: datetime, where: str, **values: Value) -> list[File]:
    """Return files with how a user stands to each: its client, or with a mandate in force.

    `where` is SQL on the files `a`, their clients `c` and the mandates `m`.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"{_FILES_FOR} WHERE {where}", {"user": user.pk, "now": now, **values})
        rows = cursor.fetchall()
    return [
        _seen_as(_relation(is_client, *row[:3]), _file(*row[3:]), user) for is_client, *row in rows
    ]


def _relation(is_client: bool | None, mandate: int | None, kind: str, acts: list[str]) -> Relation:
    if is_client:
        return _CLIENT
    return NO_RELATION if mandate is None else relation_by(mandate, kind, acts)


def _seen_as(relation: Relation, file: File, reader: User) -> File:
    relation = within_scope(relation, reader, file.state.program)
    return replace(file, relation=relation, reader=reader.pk)


def _file(  # noqa: PLR0913, PLR0917 - a row as it comes
    id_: int,
    source_number: str | None,
    user: int | None,
    name: str | None,
    unreached_at: datetime | None,
    rest: str,
    *columns: object,
    recorded: Sequence[Recorded] | None = None,
) -> File:
    state = state_from(orjson.loads(rest), **dict(zip(_COLUMNS, columns, strict=True)))
    number = application_number(id_)
    return File(
        id_,
        number,
        source_number,
        user,
        state,
        client_name=name,
        unreached_at=unreached_at,
        recorded=recorded,
    )
