"""Append to the log and read it back. Nothing else writes facts."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from django.db import connection, transaction

from parvis.casework.events import copying, later, rows
from parvis.casework.events.facts import Fact, SubjectKind, decode, read
from parvis.casework.events.models import Subject
from parvis.casework.events.wall import lifted
from parvis.lib import clock


class Head(NamedTuple):
    """Where a subject's chain ends: how many facts it has, and the digest of the last."""

    subject_id: int
    facts: int
    digest: bytes


_AT_ONCE = 50_000
Told = TypeVar("Told", bound=Fact)
Happened = tuple[datetime, Fact]
"""A fact and the moment it happened, on its way into the log."""
Chains = Sequence[tuple[Head, Sequence[Happened]]]
"""What is written to some subjects, each by its head."""


class Recorded(NamedTuple):
    """A fact as the log gives it back: when it happened, when we learned it, and from whom."""

    seq: int
    at: datetime
    recorded_at: datetime
    by: str
    fact: Fact


_as_recorded = partial(tuple.__new__, Recorded)
"""Makes one of a row; to call the class takes thrice as long."""


class NotYet(ValueError):
    """A fact cannot be recorded before it has happened."""


def reserve(count: int) -> list[Head]:
    """Return the heads of `count` new subjects; they exist once `write` has given them facts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('events_subject', 'id'))"
            " FROM generate_series(1, %s)",
            [count],
        )
        return [Head(subject_id, 0, rows.NO_FACT) for (subject_id,) in cursor.fetchall()]


def lock(subject_ids: Sequence[int]) -> dict[int, Head]:
    """Return the heads of these subjects, held until the transaction ends.

    Taken in the order of their ids, so that two who lock never wait for each other in a ring.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, facts, head FROM events_subject WHERE id = ANY(%s) ORDER BY id FOR UPDATE",
            [list(subject_ids)],
        )
        return {row[0]: Head(row[0], row[1], bytes(row[2])) for row in cursor.fetchall()}


@transaction.atomic(savepoint=False)
def write(chains: Chains, *, kind: SubjectKind, by: str) -> None:
    """Append facts to many subjects of one kind at once, reserved for it or locked.

    One COPY for the facts, one for new subjects, one UPDATE for the others, whatever the number;
    and the jobs that follow them.
    """
    _write(chains, kind=kind, by=by)


def _write(chains: Chains, *, kind: SubjectKind, by: str) -> None:
    now = clock.now()
    envelope = rows.envelope(now, by)
    facts: list[bytes] = []
    new: list[Head] = []
    grown: list[Head] = []
    for head, happened in chains:
        subject_id, seq, digest = head
        for at, fact in happened:
            if at > now:
                raise NotYet(
                    f"{fact.KIND} happens at {at.isoformat()}, after now ({now.isoformat()})"
                )
            seq += 1
            row, digest = rows.row(envelope, (subject_id, seq), at, fact.encoded, digest)
            facts.append(row)
        if happened:
            (grown if head.facts else new).append(Head(subject_id, seq, digest))
    with lifted():
        copying.into(f"events_event ({rows.COLUMNS})", facts)
        copying.into("events_subject (id, kind, facts, head)", map(rows.subject_row(kind), new))
    if grown:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE events_subject s SET facts = n.facts, head = n.head"
                " FROM unnest(%s::bigint[], %s::integer[], %s::bytea[]) AS n(id, facts, head)"
                " WHERE s.id = n.id",
                [list(column) for column in zip(*grown, strict=True)],
            )
    later.follow(((head.subject_id, head.facts, told) for head, told in chains), now)


@transaction.atomic
def append(
    subject_id: int, facts: Iterable[Fact], *, kind: SubjectKind, by: str, at: datetime
) -> None:
    """Append facts that happened at one moment to a subject that exists."""
    head = lock([subject_id])[subject_id]
    _write([(head, [(at, fact) for fact in facts])], kind=kind, by=by)


def subjects(kind: SubjectKind, batch: int) -> Iterator[list[int]]:
    """Yield the ids of all subjects of a kind in order, `batch` at a time."""
    last = 0
    while True:
        found = Subject.objects.filter(kind=kind, id__gt=last).order_by("id")
        ids = list(found.values_list("id", flat=True)[:batch])
        if not ids:
            return
        yield ids
        last = ids[-1]


def sizes(kind: SubjectKind, batch: int) -> Iterator[list[tuple[int, int]]]:
    """Yield the ids of all subjects of a kind in order, each with how many facts it has.

    Whoever keeps something made of a subject's facts sees by it whether there are more since.
    """
    last = 0
    while True:
        found = Subject.objects.filter(kind=kind, id__gt=last).order_by("id")
        heads = list(found.values_list("id", "facts")[:batch])
        if not heads:
            return
        yield heads
        last = heads[-1][0]


def histories(subject_ids: Sequence[int]) -> Iterator[tuple[int, list[Recorded]]]:
    """Yield each subject's facts, in the order in which we learned them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject_id, seq, at, recorded_at, by, kind, version, payload::text"
            " FROM events_event WHERE subject_id = ANY(%s) ORDER BY subject_id, seq",
            [list(subject_ids)],
        )
        for subject_id, found in groupby(cursor.fetchall(), key=itemgetter(0)):
            yield subject_id, [_recorded(row[1:]) for row in found]


def history(subject_id: int, *, leaving_out: str | None = None) -> list[Recorded]:
    """Return the facts of one subject, but for a kind, in the order in which we learned them."""
    with connection.cursor() as cursor:
        # Not by `histories`: planned once for any array, it would look into every partition.
        cursor.execute("SELECT * FROM parvis_facts_of(%s, %s::text)", [subject_id, leaving_out])
        return [_recorded(row) for row in cursor.fetchall()]


def digests(subject_id: int) -> list[bytes]:
    """Return the digests of a subject's chain, in the order of its facts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT digest FROM events_event WHERE subject_id = %s ORDER BY seq", [subject_id]
        )
        return [bytes(digest) for (digest,) in cursor.fetchall()]


def facts_of(kind: type[Told], subject_ids: Sequence[int]) -> Iterator[tuple[int, Told]]:
    """Yield the facts of one kind that these subjects have, in no order."""
    for start in range(0, len(subject_ids), _AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT subject_id, payload::text FROM events_event"
                " WHERE subject_id = ANY(%s) AND kind = %s AND version = %s",
                [list(subject_ids[start : start + _AT_ONCE]), kind.KIND, kind.VERSION],
            )
            for subject_id, payload in cursor:
                yield subject_id, read(kind, payload)


def recorded_in(*columns: Sequence[Any]) -> list[Recorded]:
    """Return facts that came as an array for each column of what `history` asks for."""
    *told, kinds, versions, payloads = columns
    rows = zip(*told, map(decode, kinds, versions, payloads), strict=True)
    return list(map(_as_recorded, rows))


def _recorded(row: tuple[Any, ...]) -> Recorded:
    seq, at, recorded_at, by, kind, version, payload = row
    return Recorded(seq, at, recorded_at, by, decode(kind, version, payload))
