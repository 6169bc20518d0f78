"""Reminding clients of what they have not answered: twice, so many days before the last one."""

from datetime import date, datetime, timedelta

from django.db import connection

from parvis.casework.notices import recipients
from parvis.casework.notices.noting import keep, notice_for
from parvis.programs import loader
from parvis.programs.vocabulary import NoticeKind, Status

_OPEN = f"""
SELECT a.id, a.program, r ->> 'document', r ->> 'asked_at', (r ->> 'due_on')::date,
    (r ->> 'asked_at')::timestamptz
FROM applications_application a, jsonb_array_elements(a.rest -> 'requests') r
WHERE a.status = '{Status.WAITING_ON_CLIENT}' AND r ->> 'due_on' IS NOT NULL
    AND r ->> 'answered_at' IS NULL AND r ->> 'lapsed_at' IS NULL
    AND (r ->> 'due_on')::date BETWEEN %s::date - 1 AND %s::date + %s
ORDER BY a.id
"""  # noqa: S608 - our own words


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
    who = recipients.of_files(sorted({file for file, *_ in due}), now=at)
    notices = [
        notice_for(
            one,
            kind=NoticeKind.REMINDER,
            key=f"{file}/{document}/{asked}/{days}",
            due_on=due_on,
            at=at,
        )
        for file, document, asked, due_on, days in due
        for one in who
        if one.subject == file
    ]
    return keep(notices, at=at)


def _reminder(program: str, asked_at: datetime, due_on: date, at: datetime) -> int | None:
    """Return which reminder is due, by how many days before the last it comes; None for none."""
    found = loader.program(program)
    today = at.astimezone(found.time_zone).date()
    if today > due_on:
        return None
    for days in sorted(found.reminder_days):
        comes_on = due_on - timedelta(days=days)
        if comes_on <= today and asked_at.astimezone(found.time_zone).date() < comes_on:
            return days
    return None
