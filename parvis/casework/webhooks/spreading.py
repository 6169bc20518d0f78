"""From a fact to its deliveries: one for each subscription that is to be told of it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection

from parvis.casework.webhooks.status import TOLD_TO_SOFTWARE
from parvis.programs import loader

# All facts of these files since each subscription began, and not those alone that were just told
# of: so a fact is never there before one that came before it, whichever job is done first.
_SPREAD = """
WITH made AS (
    INSERT INTO webhooks_delivery (subscription_id, application, seq, kind, program, at, due_at,
        state, tries, repeats, answer)
    SELECT s.id, a.id, e.seq, e.kind, a.program, e.at, %(at)s, 'waiting', 0, 0, ''
    FROM webhooks_subscription s
    JOIN people_user u ON u.id = s.user_id
    JOIN applications_application a ON a.id = ANY(%(files)s)
        AND (s.programs IS NULL OR a.program = ANY(s.programs))
    JOIN events_event e ON e.subject_id = a.id AND e.kind = ANY(%(kinds)s)
        AND (s.kinds IS NULL OR e.kind = ANY(s.kinds))
        AND e.at >= s.made_at AND e.recorded_at >= %(since)s
    WHERE s.stopped_at IS NULL AND u.is_active AND (u.role = 'system'
        OR a.program || ':' || coalesce(e.payload -> 'source' ->> 'activity', '') <> ALL(%(hid)s))
    ORDER BY s.id, a.id, e.seq
    ON CONFLICT DO NOTHING RETURNING subscription_id
) SELECT DISTINCT subscription_id FROM made ORDER BY 1
"""


def spread(files: Collection[int], *, since: datetime, at: datetime) -> list[int]:
    """Make the deliveries of what happened to these files; return the subscriptions to be told.

    Done twice, it makes none twice. What officers alone see is told to other systems of ours.
    """
    values: dict[str, Any] = {
        "files": sorted(files),
        "kinds": sorted(TOLD_TO_SOFTWARE),
        "since": since,
        "at": at,
        "hid": [
            f"{code}:{activity}"
            for code, program in loader.all_programs().items()
            for activity, known in program.history.activities.items()
            if known.officer_only
        ],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SPREAD, values)
        return [subscription for (subscription,) in cursor.fetchall()]
