"""Reminding clients of what they have not answered: twice, so many days before the last one."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import connection

from parvis.casework.notices import recipients
from parvis.casework.notices.models import Notice
from parvis.casework.notices.noting import has_words, keep, notice_for
from parvis.programs import loader
from parvis.programs.vocabulary import NoticeKind, Status

if TYPE_CHECKING:
    from parvis.casework.notices.recipients import Recipient

_UNANSWERED = f"""
FROM applications_application a, jsonb_array_elements(a.rest -> 'requests') r
WHERE a.status = '{Status.WAITING_ON_CLIENT}' AND r ->> 'due_on' IS NOT NULL
    AND r ->> 'answered_at' IS NULL AND r ->> 'lapsed_at' IS NULL
"""
_OPEN = f"""
SELECT a.id, a.program, r ->> 'document', r ->> 'asked_at', (r ->> 'due_on')::date,
    (r ->> 'asked_at')::timestamptz
{_UNANSWERED} AND (r ->> 'due_on')::date BETWEEN %s::date - 1 AND %s::date + %s
ORDER BY a.id
"""
_STILL_OPEN = f"""
SELECT a.id, r ->> 'document', r ->> 'asked_at' {_UNANSWERED} AND a.id = ANY(%s)
"""


def remind(*, at: datetime) -> int:
    """Note who is to be reminded of what, each reminder once; return how many stand due.

    A reminder whose day was missed is made up for, unless the next has come: so whoever is asked
    for something within a few days is reminded once, and nobody on the day they were asked.
    """
    furthest = max(one.reminder_days[0] for one in loader.all_programs().values())
    with connection.cursor() as cursor:
        today = at.date()
        cursor.execute(_OPEN, [today, today, furthest + 1])
        rows = cursor.fetchall()
    due = [
        (file, document, asked, due_on, days)
        for file, program, document, asked, due_on, asked_at in rows
        if (days := _reminder(program, asked_at, due_on, at)) is not None
    ]
    who: dict[int, list[Recipient]] = {}
    for one in recipients.of_files(sorted({file for file, *_ in due}), now=at):
        who.setdefault(one.subject, []).append(one)
    notices = [
        notice_for(
            one,
            kind=NoticeKind.REMINDER,
            key=f"{_request(file, document, asked)}/{days}",
            due_on=due_on,
            at=at,
        )
        for file, document, asked, due_on, days in due
        for one in who.get(file, ())
    ]
    return keep(notices, at=at)


def answered_since(notices: Sequence[Notice]) -> set[int]:
    """Return which of these remind of what has been answered, or is asked for no more."""
    reminders = [one for one in notices if one.kind == NoticeKind.REMINDER]
    if not reminders:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_STILL_OPEN, [[one.application for one in reminders]])
        still = {_request(*row) for row in cursor.fetchall()}
    return {one.pk for one in reminders if one.key.rpartition("/")[0] not in still}


def _request(file: int, document: str, asked: str) -> str:
    """Return by what a request is known, in the keys of its reminders."""
    return f"{file}/{document}/{asked}"


def _reminder(program: str, asked_at: datetime, due_on: date, at: datetime) -> int | None:
    """Return which reminder is due, by how many days before the last it comes; None for none."""
    if not has_words(program):
        return None
    found = loader.program(program)
    today = at.astimezone(found.time_zone).date()
    if today > due_on:
        return None
    for days in sorted(found.reminder_days):
        comes_on = due_on - timedelta(days=days)
        if comes_on <= today and asked_at.astimezone(found.time_zone).date() < comes_on:
            return days
    return None
