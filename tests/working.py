"""Doing in a test what workers would: the same jobs, on the test's own connection."""

from collections.abc import Iterator
from typing import Any

import orjson
from django.db import connection
from procrastinate.contrib.django import app

_DUE = """
UPDATE procrastinate_jobs SET status = 'doing' WHERE id = (
    SELECT id FROM procrastinate_jobs
    WHERE status = 'todo' AND (%s OR scheduled_at IS NULL OR scheduled_at <= now())
    ORDER BY scheduled_at NULLS FIRST, id LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id, task_name, args::text
"""


def waiting(job: str | None = None) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the jobs that wait, as they were deferred: queue, name, and what they are told."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queue_name, task_name, args::text FROM procrastinate_jobs"
            " WHERE status = 'todo' ORDER BY id"
        )
        found = [(queue, name, orjson.loads(told)) for queue, name, told in cursor.fetchall()]
    return [one for one in found if job in (None, one[1])]


def work(*, ahead: bool = False) -> list[str]:
    """Do every job that is due, and those that they leave; with `ahead`, those of later too.

    Return their names. What a job raises is raised here.
    """
    app.perform_import_paths()
    return list(_work(ahead))


def _work(ahead: bool) -> Iterator[str]:
    for _ in range(1000):
        with connection.cursor() as cursor:
            cursor.execute(_DUE, [ahead])
            row = cursor.fetchone()
        if row is None:
            return
        id_, name, told = row
        app.tasks[name].func(**orjson.loads(told))
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [id_])
        yield name
    raise AssertionError("jobs leave jobs without end")
