"""Writing down what telephone systems tell; an event that is there already stays as it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction

from parvis.casework.contacts import policies
from parvis.casework.contacts.facts import ContactEvent
from parvis.casework.keys.services import code_of
from parvis.casework.people.models import User

if TYPE_CHECKING:
    from psycopg import Cursor

_COLUMNS = ", ".join(ContactEvent._fields)
_STAGE = """
CREATE TEMPORARY TABLE contacts_stage ON COMMIT DROP AS
SELECT {} FROM contacts_contactevent WITH NO DATA
"""
_ADD = f"""
INSERT INTO contacts_contactevent (source, received_at, {_COLUMNS})
SELECT %s, %s, {_COLUMNS} FROM {{}} ORDER BY event_id COLLATE "C"
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


def record_from(events: Sequence[ContactEvent], *, by: User, at: datetime) -> int:
    """Write down what another system tells with its key; return how many events were new."""
    policies.check_can_record(by)
    source = code_of(by)
    assert source is not None  # noqa: S101 - the table of permissions lets systems alone
    return record(events, source=source, at=at)


@transaction.atomic
def record(events: Sequence[ContactEvent], *, source: str, at: datetime) -> int:
    """Write down what happened to contacts; return how many events were new.

    Idempotent: an event is known by its id and its source. In any order.
    """
    if not events:
        return 0
    with connection.cursor() as cursor:
        if len(events) <= _FEW:
            told = [list(column) for column in zip(*events, strict=True)]
            cursor.execute(_ADD.format(_UNNEST), [source, at, *told])
            return int(cursor.rowcount)
        raw: Cursor[tuple[object, ...]] = cursor.cursor
        raw.execute(_STAGE.format(_COLUMNS))
        with raw.copy(f"COPY contacts_stage ({_COLUMNS}) FROM STDIN") as copy:
            for one in events:
                copy.write_row(one)
        cursor.execute(_ADD.format("contacts_stage"), [source, at])
        added = int(cursor.rowcount)
        raw.execute("DROP TABLE contacts_stage")
        return added
