"""From a fact to its deliveries: one for each subscription that is to be told of it."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db import connection, transaction

from parvis.casework.webhooks.models import Delivery
from parvis.casework.webhooks.status import TOLD_TO_SOFTWARE
from parvis.programs import loader

# All facts of these files since each subscription began, and not those alone that were just told
# of: so a fact is never there before one that came before it, whichever job is done first.
_FACTS = """
SELECT s.id, u.role = 'system', a.id, e.seq, e.kind, a.program, e.at,
    e.payload -> 'source' ->> 'activity'
FROM webhooks_subscription s
JOIN people_user u ON u.id = s.user_id
JOIN applications_application a ON a.id = ANY(%(files)s)
JOIN events_event e ON e.subject_id = a.id AND e.kind = ANY(%(kinds)s)
WHERE s.stopped_at IS NULL AND u.is_active
    AND e.at >= s.made_at AND e.recorded_at >= %(since)s
    AND (s.kinds IS NULL OR e.kind = ANY(s.kinds))
    AND (s.programs IS NULL OR a.program = ANY(s.programs))
    AND NOT EXISTS (SELECT FROM webhooks_delivery d WHERE d.subscription_id = s.id
        AND d.application = a.id AND d.seq = e.seq)
ORDER BY s.id, a.id, e.seq
"""


@transaction.atomic
def spread(files: Collection[int], *, since: datetime, at: datetime) -> list[int]:
    """Make the deliveries of what happened to these files; return the subscriptions to be told.

    Done twice, it makes none twice. What officers alone see is told to other systems of ours.
    """
    made = list(_deliveries(files, since, at))
    Delivery.objects.bulk_create(made, ignore_conflicts=True)
    return sorted({one.subscription_id for one in made})


def _deliveries(files: Collection[int], since: datetime, at: datetime) -> Iterator[Delivery]:
    kinds = sorted(TOLD_TO_SOFTWARE)
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"files": sorted(files), "kinds": kinds, "since": since})
        rows = cursor.fetchall()
    for subscription, ours, file, seq, kind, program, happened_at, activity in rows:
        if not ours and _officers_alone(program, activity):
            continue
        yield Delivery(
            subscription_id=subscription,
            application=file,
            seq=seq,
            kind=kind,
            program=program,
            at=happened_at,
            due_at=at,
        )


def _officers_alone(program: str, activity: str | None) -> bool:
    known = activity and loader.program(program).history.activities.get(activity)
    return bool(known and known.officer_only)
