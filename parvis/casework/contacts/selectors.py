"""Look up what telephone systems told: which calls have news, and everything told of them."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.db import connection, transaction

from parvis.casework.contacts.state import Call, Happened, fold

_CALLS = """
SELECT c.source, c.initial_contact_id, e.id, e.at, e.kind, e.method,
    coalesce(e.line, ''), coalesce(e.language, '')
FROM (SELECT DISTINCT source, initial_contact_id FROM contacts_contactevent
      WHERE id > %s AND id <= %s) c,
LATERAL (SELECT id, at, kind, method, line, language FROM contacts_contactevent o
         WHERE o.initial_contact_id = c.initial_contact_id AND o.source = c.source
         AND o.id <= %s OFFSET 0) e
ORDER BY 1, 2
"""
"""The `OFFSET 0` has each call looked up by its id: the planner would rather read all of them."""
_BY_INDEX = "SET LOCAL enable_seqscan = off"
"""Even where the planner last heard that the table is empty, and would read all of it each time."""
_CALL = itemgetter(0, 1)

_CALL_TOLD = """
SELECT at, kind, method, coalesce(line, ''), coalesce(language, '') FROM contacts_contactevent
WHERE initial_contact_id = %s
"""
_TELLS = """
SELECT EXISTS (
    SELECT FROM (SELECT line, at FROM contacts_contactevent ORDER BY id DESC LIMIT 20000) e
    WHERE e.at >= %s AND (e.line = %s OR e.line IS NULL)
)
"""
"""Lately told means among the last so many: there is no index of lines, which floods would pay."""


class News(NamedTuple):
    """A call of which something was told: what we knew of it before, and what came since."""

    before: list[Happened]
    since: list[Happened]


def last_event() -> int:
    """Return the number of the last event; those before it are all there, or never will be.

    Numbers are taken before rows are seen, so whoever writes is waited for, if only a moment.
    Raises Django's `OperationalError` where somebody writes for longer than ten seconds.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '10s'")
        cursor.execute("LOCK TABLE contacts_contactevent IN SHARE MODE")
        cursor.execute("SELECT coalesce(max(id), 0) FROM contacts_contactevent")
        [last] = cursor.fetchone()
        return int(last)


def first_event(*, after: int) -> int:
    """Return the number of the first event after a number, of which there must be one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id) FROM contacts_contactevent WHERE id > %s", [after])
        [first] = cursor.fetchone()
        return int(first)


def news(after: int, upto: int) -> Iterator[News]:
    """Yield every call of which an event with a number in this range tells, with all events."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BY_INDEX)
        cursor.execute(_CALLS, [after, upto, upto])
        told = cursor.fetchall()
    for _, rows in groupby(told, key=_CALL):
        before: list[Happened] = []
        since: list[Happened] = []
        for _, _, number, *what in rows:
            (since if number > after else before).append(Happened(*what))
        yield News(before, since)


def call_told(contact: str) -> Call | None:
    """Return a call as it was told so far, by its first contact; None where nobody told of it."""
    with connection.cursor() as cursor:
        cursor.execute(_CALL_TOLD, [contact])
        return fold(Happened(*row) for row in cursor.fetchall())


def tells_of(line: str, *, since: datetime) -> bool:
    """Tell whether a telephone system told of calls on a line, or on no line, since a moment."""
    with connection.cursor() as cursor:
        cursor.execute(_TELLS, [since, line])
        return bool(cursor.fetchone()[0])
