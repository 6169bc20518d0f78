"""Check the whole log against itself and its anchors, and name what does not hold."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from struct import Struct

import numpy as np
from django.db import connection, transaction
from psycopg import Connection, Cursor, connect

from parvis.casework.events import rows
from parvis.casework.events.anchors import HEADS, Anchors, Heads
from parvis.casework.events.copying import out_of
from parvis.lib.references import application_number

_SUBJECTS = "SELECT id, facts, head, kind FROM events_subject ORDER BY id"
_HEADS = "SELECT id, facts, substring(head FROM 1 FOR 16) FROM events_subject ORDER BY id"
_HEAD = np.dtype(  # its row in binary COPY form, every field behind its length
    [("_", "V6"), ("id", ">i8"), ("_i", "V4"), ("facts", ">i4"), ("_f", "V4"), ("head", "S16")]
)
_FACTS = rows.ALL
_SUBJECT = Struct(">2x4xq4xii")
"""A subject's row, up to the length of its head."""
_TOLD_EVERY = 20_000
_AT_A_TIME = 50_000
_DJANGOS = {"context", "cursor_factory", "prepare_threshold"}


@dataclass
class Report:
    """What a verification found; sound where `findings` is empty."""

    facts: int = 0
    subjects: int = 0
    anchored: int = 0
    findings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Chain:
    """A subject as its own row tells it: its kind, how many facts, the digest of the last."""

    id: int
    facts: int
    head: bytes
    kind: str


def verify(anchors: Anchors, *, progress: Callable[[int], None]) -> Report:
    """Read every fact once and recompute its digest; compare with heads, counts and anchors.

    Reads one snapshot, so that the log may grow meanwhile. `progress` is told the facts so far.
    """
    anchored, wrong = anchors.read()
    report = Report(anchored=np.unique(anchored["id"]).size, findings=wrong)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        [snapshot] = cursor.fetchone() or [""]
        with _session(snapshot) as one, _session(snapshot) as other:
            check = _Check(report, anchored, progress)
            # Closed before their sessions, which wait for them, whatever goes wrong in between.
            with closing(out_of(one, _FACTS)) as facts, closing(out_of(other, _SUBJECTS)) as kept:
                check.run(facts, map(_chain, kept))
    return report


def anchor(anchors: Anchors, *, at: datetime) -> Path | None:
    """Anchor the log as it stands; return the new anchor's file, None where nothing is new."""
    with anchors.alone(), connection.cursor() as cursor:
        raw: Cursor[tuple[object, ...]] = cursor.cursor
        return anchors.add(_heads(out_of(raw.connection, _HEADS)), at=at)


def _heads(kept: Iterator[bytes]) -> Iterator[Heads]:
    """Yield the heads that these rows hold, a good many at a time."""
    while some := b"".join(islice(kept, _AT_A_TIME)):
        told = np.frombuffer(some, _HEAD)
        heads = np.empty(told.size, HEADS)
        for name in HEADS.names or ():
            heads[name] = told[name]
        yield heads


def _session(snapshot: str) -> Connection[tuple[object, ...]]:
    # As Django connects, TLS and all, less what only Django's own connection understands.
    parameters = connection.get_connection_params()
    used = {name: value for name, value in parameters.items() if name not in _DJANGOS}
    session = connect(**used, autocommit=False)
    session.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    session.execute(f"SET TRANSACTION SNAPSHOT '{snapshot}'")
    return session


def _chain(kept: bytes) -> _Chain:
    id_, facts, length = _SUBJECT.unpack_from(kept)
    end = _SUBJECT.size + length
    return _Chain(id_, facts, kept[_SUBJECT.size : end], kept[end + 4 :].decode())


def _by_subject(anchored: Heads) -> Iterator[tuple[int, dict[int, set[bytes]]]]:
    """Yield each anchored subject with the digests anchored after so many facts."""
    told = zip(*(anchored[name].tolist() for name in HEADS.names or ()), strict=True)
    for id_, points in groupby(told, key=itemgetter(0)):
        heads: dict[int, set[bytes]] = {}
        for _, facts, head in points:
            heads.setdefault(facts, set()).add(head)
        yield id_, heads


class _Check:
    """One pass over facts and subjects, both by subject id."""

    def __init__(self, report: Report, anchored: Heads, progress: Callable[[int], None]) -> None:
        self._report, self._progress = report, progress
        self._anchored = _by_subject(anchored)
        self._anchor = next(self._anchored, None)

    def run(self, facts: Iterator[bytes], subjects: Iterator[_Chain]) -> None:
        """Check all of them."""
        kept = next(facts, None)
        for subject in subjects:
            self._report.subjects += 1
            while kept and (owner := rows.place_of(kept)[0]) < subject.id:
                kept = self._orphans(owner, kept, facts)
            if kept and not rows.kind_of(kept).startswith(f"{subject.kind}.".encode()):
                self._wrong_kind(subject, kept)
            kept = self._subject(subject, kept, facts)
        while kept:
            kept = self._orphans(rows.place_of(kept)[0], kept, facts)
        self._anchors_before(None)
        self._progress(self._report.facts)

    def _subject(self, subject: _Chain, kept: bytes | None, facts: Iterator[bytes]) -> bytes | None:
        """Check one subject's chain; return the first fact of the next."""
        name = _named(subject.id, subject.kind)
        anchored = self._anchors_before(subject.id)
        before, expected, reached = rows.NO_FACT, 1, 0
        while kept:
            owner, seq = rows.place_of(kept)
            if owner != subject.id:
                break
            self._count()
            if seq != expected:
                self._find(f"{name}: {_range(expected, seq - 1)} removed")
            right, digest = rows.digest_of(kept, before)
            if right != digest and seq == expected:
                self._find(f"{name}: fact {seq} altered, or not written by Parvis")
            if seq in anchored and {digest[:16].rstrip(b"\0")} != anchored[seq]:
                self._find(f"{name}: fact {seq} is not the one anchored")
            before, expected, reached = digest, seq + 1, seq
            kept = next(facts, None)
        if reached > subject.facts:
            self._find(f"{name}: {_range(subject.facts + 1, reached)} inserted after its last")
        elif reached < subject.facts:
            self._find(f"{name}: {_range(reached + 1, subject.facts)} cut off its end")
        elif before != subject.head:
            self._find(f"{name}: its head is not the digest of its last fact")
        if (most := max(anchored, default=0)) > reached:
            self._find(f"{name}: {most} facts were anchored, and {reached} are here")
        return kept

    def _wrong_kind(self, subject: _Chain, kept: bytes) -> None:
        """Name a subject whose first fact is about something else; the kind is in no digest."""
        if rows.place_of(kept)[0] == subject.id:
            name, kind = _named(subject.id, subject.kind), rows.kind_of(kept).decode()
            self._find(f"{name}: is called {subject.kind}, and its first fact is {kind}")

    def _orphans(self, owner: int, kept: bytes | None, facts: Iterator[bytes]) -> bytes | None:
        """Name facts whose subject is gone; return the first fact of another."""
        self._find(f"subject {owner}: missing, though it has facts")
        while kept and rows.place_of(kept)[0] == owner:
            self._count()
            kept = next(facts, None)
        return kept

    def _anchors_before(self, id_: int | None) -> dict[int, set[bytes]]:
        """Return how this subject was anchored; name those with a lower id, which are gone."""
        while self._anchor and (id_ is None or self._anchor[0] < id_):
            gone, heads = self._anchor
            self._find(f"subject {gone}: missing, though {max(heads)} facts of it were anchored")
            self._anchor = next(self._anchored, None)
        if self._anchor and self._anchor[0] == id_:
            _, heads = self._anchor
            self._anchor = next(self._anchored, None)
            return heads
        return {}

    def _count(self) -> None:
        self._report.facts += 1
        if self._report.facts % _TOLD_EVERY == 0:
            self._progress(self._report.facts)

    def _find(self, what: str) -> None:
        self._report.findings.append(what)


def _named(id_: int, kind: str) -> str:
    return f"application {application_number(id_)}" if kind == "application" else f"{kind} {id_}"


def _range(first: int, last: int) -> str:
    return f"fact {first}" if first == last else f"facts {first} to {last}"
