"""Count what was told since the last counting, or everything anew.

By batches, each in a transaction with how far it came: killed half-way, the next goes on from
there. A call or an enquiry is counted as it stands, and what was counted of it before is taken off,
so that nothing depends on the order in which it was told, nor on how it was cut into batches.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from parvis.casework.contacts.selectors import first_event, last_event, news
from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.readers.support.models import Reading
from parvis.readers.support.tallies import Tally

_LOCK = 0x9A7219
"""Our number among the database's advisory locks: of two who count at once, one waits."""
_EVENTS = 100_000
_LOOKED_AT, _ENQUIRIES = 50_000, 5_000
MEASURES = (
    *("received", "answered", "avoided", "abandoned", "callbacks", "called_back", "left"),
    *("wait_s", "talk_s", "noted"),
    *("rating_asked", "rated", "satisfied"),
)
_NAMES = ", ".join(f'"{name}"' for name in MEASURES)
_CELLS = f"""
MERGE INTO support_cell AS c
USING unnest(%s::date[], %s::text[], %s::text[], %s::text[], %s::text[],
    {", ".join("%s::bigint[]" for _ in MEASURES)})
    AS n(day, channel, line, language, topic, {_NAMES})
ON c.day = n.day AND c.channel = n.channel AND c.line = n.line AND c.language = n.language
    AND c.topic = n.topic
WHEN MATCHED THEN UPDATE SET {", ".join(f'"{one}" = c."{one}" + n."{one}"' for one in MEASURES)}
WHEN NOT MATCHED THEN INSERT (day, channel, line, language, topic, {_NAMES})
    VALUES (n.day, n.channel, n.line, n.language, n.topic,
        {", ".join(f'n."{one}"' for one in MEASURES)})
"""  # noqa: S608 - our own words
_WAITS = """
MERGE INTO support_wait AS w
USING unnest(%s::date[], %s::text[], %s::text[], %s::smallint[], %s::integer[])
    AS n(day, channel, line, bucket, answers)
ON w.day = n.day AND w.channel = n.channel AND w.line = n.line AND w.bucket = n.bucket
WHEN MATCHED THEN UPDATE SET answers = w.answers + n.answers
WHEN NOT MATCHED THEN INSERT (day, channel, line, bucket, answers)
    VALUES (n.day, n.channel, n.line, n.bucket, n.answers)
"""
_CHANGED = """
SELECT n.id, coalesce(c.facts, 0) FROM unnest(%s::bigint[], %s::integer[]) AS n(id, facts)
    LEFT JOIN support_countedenquiry c ON c.enquiry = n.id
WHERE c.facts IS DISTINCT FROM n.facts ORDER BY n.id
"""
_COUNTED = """
INSERT INTO support_countedenquiry (enquiry, facts)
SELECT * FROM unnest(%s::bigint[], %s::integer[])
ON CONFLICT (enquiry) DO UPDATE SET facts = excluded.facts
"""


class Counted(NamedTuple):
    """What a counting looked into: events of calls, and enquiries that had changed."""

    events: int
    enquiries: int


def _unseen(share: float) -> None:
    """Show nobody how far it is."""


def count(
    now: datetime, *, all_anew: bool = False, progress: Callable[[float], None] = _unseen
) -> Counted:
    """Count what came since the last counting, or everything. Idempotent.

    `progress` is told the share of the calls' events that is counted.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    with _alone():
        after = _begin(now, all_anew=all_anew)
        last = last_event()
        events, upto = 0, after
        # Numbers are missing wherever what had been told before was told again.
        while upto < last:
            start = first_event(after=upto) - 1
            upto = min(start + _EVENTS, last)
            events += _count_calls(start, upto, Tally(zone))
            progress((upto - after) / (last - after))
        enquiries = sum(
            _count_enquiries(some, Tally(zone))
            for heads in log.sizes(SubjectKind.ENQUIRY, _LOOKED_AT)
            for some in _changed(heads)
        )
        Reading.objects.filter(pk=1).update(read_at=now)
    return Counted(events, enquiries)


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock, which ends with this process whatever happens to it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


@transaction.atomic
def _begin(now: datetime, *, all_anew: bool) -> int:
    """Note that a reading begins, and return the number of the event after which it does."""
    reading, _ = Reading.objects.update_or_create(pk=1, defaults={"begun_at": now})
    if all_anew:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE support_cell, support_wait, support_countedenquiry")
        reading.last_event, reading.read_at = 0, None
        reading.save()
    return reading.last_event


@transaction.atomic
def _count_calls(after: int, upto: int, tally: Tally) -> int:
    events = 0
    for one in news(after, upto):
        tally.call(one.before, one.since)
        events += len(one.since)
    _add(tally)
    Reading.objects.filter(pk=1).update(last_event=upto)
    return events


def _changed(heads: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Yield enquiries that have facts that are not counted, each with how many of them are."""
    ids, facts = (list(column) for column in zip(*heads, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, [ids, facts])
        found = cursor.fetchall()
    yield from (found[start : start + _ENQUIRIES] for start in range(0, len(found), _ENQUIRIES))


@transaction.atomic
def _count_enquiries(some: Sequence[tuple[int, int]], tally: Tally) -> int:
    counted = dict(some)
    sizes = {}
    for enquiry, recorded in log.histories(list(counted)):
        tally.enquiry([(one.at, one.fact) for one in recorded], counted[enquiry])
        sizes[enquiry] = len(recorded)
    _add(tally)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [list(sizes), list(sizes.values())])
    return len(sizes)


def _add(tally: Tally) -> None:
    """Add a tally to the counts that are kept."""
    rows: dict[Any, dict[str, int]] = {}
    for (key, measure), n in tally.cells.items():
        if n:
            rows.setdefault(key, dict.fromkeys(MEASURES, 0))[measure] = n
    waits = [(*key, n) for key, n in tally.waits.items() if n]
    with connection.cursor() as cursor:
        if rows:
            cells = ((*key, *of.values()) for key, of in rows.items())
            cursor.execute(_CELLS, [list(column) for column in zip(*cells, strict=True)])
        if waits:
            cursor.execute(_WAITS, [list(column) for column in zip(*waits, strict=True)])
