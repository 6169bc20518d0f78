"""From a fact to its deliveries: one for each subscription that is to be told of it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection

from parvis.casework.webhooks.status import TOLD_TO_SOFTWARE
from parvis.programs import loader

# All facts of these files since each subscription began, and not those alone that were just told
# of: so a fact is never there before one that came before it, whichever job is done first.
# Of people's software, that alone whose files they may be: a row for each fact of the department
# would tell in everybody's log what happens to everybody's files. Whether it is theirs to see is
# asked once more when it is sent.
_SPREAD = """
WITH concerned AS (
    SELECT id AS file, client_id AS client FROM applications_application WHERE id = ANY(%(files)s)
    UNION SELECT application, client_id FROM applications_adult WHERE application = ANY(%(files)s)
), given AS (
    SELECT f.file, m.user_id, m.firm_id FROM concerned f
    JOIN mandates_mandate m ON m.client_id = f.client
        AND (m.applications IS NULL OR f.file = ANY(m.applications))
    WHERE m.accepted_at IS NOT NULL AND m.ended_at IS NULL AND m.begins_at <= %(at)s
        AND (m.ends_at IS NULL OR m.ends_at > %(at)s)
), seen AS (
    SELECT c.user_id, f.file FROM concerned f JOIN people_client c ON c.id = f.client
    UNION SELECT user_id, file FROM given WHERE firm_id IS NULL
    UNION SELECT p.user_id, g.file FROM given g
    JOIN mandates_member p ON p.firm_id = g.firm_id AND p.left_at IS NULL
), made AS (
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
        OR (u.id, a.id) IN (SELECT user_id, file FROM seen WHERE user_id IS NOT NULL)
        AND a.program || ':' || coalesce(e.payload -> 'source' ->> 'activity', '') <> ALL(%(hid)s))
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
