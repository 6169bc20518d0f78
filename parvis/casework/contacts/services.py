"""Writing down what telephone systems tell; an event that is there already stays as it is."""

from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, transaction
from psycopg.errors import UniqueViolation

from parvis.casework.contacts import policies
from parvis.casework.contacts.facts import ContactEvent
from parvis.casework.keys.services import code_of
from parvis.casework.people.models import User

if TYPE_CHECKING:
    from psycopg import Cursor

_COLUMNS = ", ".join(ContactEvent._fields)
_KEPT = f"source, received_at, {_COLUMNS}"
_STAGE = f"""
CREATE TEMPORARY TABLE contacts_stage ON COMMIT DROP AS
SELECT {_KEPT} FROM contacts_contactevent WITH NO DATA
"""  # noqa: S608 - our own words
_ADD = f"""
INSERT INTO contacts_contactevent ({_KEPT})
SELECT {{}} FROM {{}} ORDER BY event_id COLLATE "C"
ON CONFLICT (event_id, source) DO NOTHING
"""  # noqa: S608 - our own words
# In the order of their ids, so that two who tell the same events never wait for each other in a
# ring; and so that the index of ids is walked, not jumped about in.
_TYPES = (
    *("text",) * (len(ContactEvent._fields) - 3),
    "smallint",
    "text",
    "timestamptz",
)
_UNNEST = f"unnest({', '.join(f'%s::{type_}[]' for type_ in _TYPES)}) AS told ({_COLUMNS})"
_FEW = 2_000
"""So many go as they are; for more, a COPY is faster than what it takes to prepare one."""


class Batch(NamedTuple):
    """Events as the database reads them."""

    text: str
    events: int


def record_from(events: Sequence[ContactEvent], *, by: User, at: datetime) -> int:
    """Write down what another system tells with its key; return how many events were new."""
    policies.check_can_record(by)
    source = code_of(by)
    assert source is not None  # noqa: S101 - the table of permissions lets systems alone
    return record(events, source=source, at=at)


def record(events: Sequence[ContactEvent], *, source: str, at: datetime) -> int:
    """Write down what happened to contacts; return how many events were new.

    Idempotent: an event is known by its id and its source. In any order.
    """
    if len(events) > _FEW:
        return record_batch(batch(events, source=source, at=at))
    if not events:
        return 0
    told = [list(column) for column in zip(*events, strict=True)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ADD.format(f"%s, %s, {_COLUMNS}", _UNNEST), [source, at, *told])
        return int(cursor.rowcount)


def batch(events: Sequence[ContactEvent], *, source: str, at: datetime) -> Batch:
    """Make many events ready to be sent, which takes as long as the database takes to keep them.

    Raises `ValueError` where one holds what no id or code does.
    """
    head = f"{source}\t{at.isoformat()}"
    lines = [
        # By the order of their ids the index is walked, not jumped about in.
        "\t".join([head, *["\\N" if value is None else str(value) for value in one]])
        for one in sorted(events, key=itemgetter(0))
    ]
    text = "\n".join(lines)
    fields = len(ContactEvent._fields) + 1
    if (text.count("\t"), text.count("\n")) != (len(lines) * fields, max(len(lines) - 1, 0)) or (
        "\r" in text or text.count("\\") != text.count("\\N")
    ):
        raise ValueError("an event holds a tab, a line break or a backslash")
    return Batch(text, len(lines))


@transaction.atomic
def record_batch(batch: Batch) -> int:
    """Write down many events; return how many were new. Idempotent, as `record`."""
    if not batch.events:
        return 0
    try:
        with transaction.atomic():
            _copy(f"contacts_contactevent ({_KEPT})", batch.text)
            return batch.events
    except UniqueViolation:
        # Some are there already, as when a file is imported again.
        return _add_what_is_new(batch)


def _add_what_is_new(batch: Batch) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        _copy("contacts_stage", batch.text)
        cursor.execute(_ADD.format(_KEPT, "contacts_stage"))
        added = int(cursor.rowcount)
        cursor.execute("DROP TABLE contacts_stage")
        return added


def _copy(table: str, text: str) -> None:
    with connection.cursor() as cursor:
        raw: Cursor[tuple[object, ...]] = cursor.cursor
        with raw.copy(f"COPY {table} FROM STDIN") as copy:
            copy.write(text)
