"""A small log, and the ways in which somebody with the owner's power may tamper with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import connection

from parvis.casework.applications import facts
from parvis.casework.events import copying, log, rows, verifying
from parvis.casework.events.anchors import Anchors
from parvis.casework.events.facts import Fact, SubjectKind
from parvis.casework.people.facts import ClientRegistered
from parvis.lib.references import application_number

DAY = datetime(2024, 1, 12, 9, tzinfo=UTC)
FIVE: list[Fact] = [
    facts.Received(program="study-permit", number="N-1"),
    facts.SectionOpened(section="medical"),
    facts.SectionCompleted(section="medical"),
    facts.StepRecorded(section="background"),
    facts.Abandoned(),
]


def happened(*these: Fact, since: datetime = DAY) -> list[log.Happened]:
    """Return facts an hour apart."""
    return [(since + timedelta(hours=n), fact) for n, fact in enumerate(these)]


def begin(*chains: list[Fact], kind: SubjectKind = SubjectKind.APPLICATION) -> list[int]:
    """Write new subjects with these facts; return their ids."""
    heads = log.reserve(len(chains))
    told = [(head, happened(*facts)) for head, facts in zip(heads, chains, strict=True)]
    log.write(told, kind=kind, by="user:7")
    return [head.subject_id for head in heads]


def a_log() -> list[int]:
    """Write three files of five, three and one facts, and a client; return the files' ids."""
    ids = begin(FIVE, FIVE[:3], FIVE[:1])
    begin([ClientRegistered(language="fr")], kind=SubjectKind.CLIENT)
    return ids


def grow(id_: int, *more: Fact) -> None:
    """Append facts to a subject."""
    log.append(id_, more, kind=SubjectKind.APPLICATION, by="user:8", at=DAY + timedelta(days=9))


def findings(anchors: Anchors) -> list[str]:
    """Return what a verification names."""
    return verifying.verify(anchors, progress=lambda _: None).findings


def no_anchors(folder: Path) -> Anchors:
    """Return anchors of which there are none yet."""
    return Anchors(folder / "anchors", b"key")


def named(id_: int) -> str:
    """Return what a file is called."""
    return f"application {application_number(id_)}"


@contextmanager
def unguarded() -> Iterator[None]:
    """Have the guards off, as only the tables' owner can."""
    for switch in ("DISABLE", "ENABLE"):
        with connection.cursor() as cursor:
            for table in ("events_event", "events_subject"):
                cursor.execute(f"ALTER TABLE {table} {switch} TRIGGER USER")
        if switch == "DISABLE":
            yield


def tamper(statement: str, *values: object) -> None:
    """Run a statement with the guards off; it must have met something."""
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0


def insert_after(id_: int, fact: Fact, *, patched: bool) -> None:
    """Insert a fact whose digest follows from the last one; patch the subject's row too, or not."""
    head = _head(id_)
    at = DAY + timedelta(days=1)
    place = (id_, head.facts + 1)
    kept, digest = rows.row(rows.envelope(at, "user:9"), place, at, fact.encoded, head.digest)
    _insert(kept)
    if patched:
        _patch(id_, place[1], digest)


def rewrite(id_: int, instead: list[Fact]) -> None:
    """Replace a subject's chain by another that is sound in itself, head and count included."""
    tamper("DELETE FROM events_event WHERE subject_id = %s", id_)
    envelope, digest = rows.envelope(DAY + timedelta(days=1), "user:9"), rows.NO_FACT
    for seq, (at, fact) in enumerate(happened(*instead), start=1):
        kept, digest = rows.row(envelope, (id_, seq), at, fact.encoded, digest)
        _insert(kept)
    _patch(id_, len(instead), digest)


def cut(id_: int, after: int, *, patched: bool) -> None:
    """Cut the end off a chain; patch the subject's row too, or not."""
    tamper("DELETE FROM events_event WHERE subject_id = %s AND seq > %s", id_, after)
    if patched:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT digest FROM events_event WHERE subject_id = %s AND seq = %s", [id_, after]
            )
            [digest] = cursor.fetchone() or [b""]
        _patch(id_, after, digest)


def _head(id_: int) -> log.Head:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, facts, head FROM events_subject WHERE id = %s", [id_])
        found, count, digest = cursor.fetchone() or (0, 0, b"")
    return log.Head(found, count, bytes(digest))


def _patch(id_: int, count: int, digest: bytes) -> None:
    tamper("UPDATE events_subject SET facts = %s, head = %s WHERE id = %s", count, digest, id_)


def _insert(row: bytes) -> None:
    copying.into(f"events_event ({rows.COLUMNS})", [row])
