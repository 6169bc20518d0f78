"""Take whole case histories into the log, a batch at a time: sets and COPY, no loop of saves."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import orjson
from django.db import connection, transaction

from parvis.casework.applications import rows
from parvis.casework.applications.foreign import ForeignCase, Key, Reading
from parvis.casework.applications.models import Application
from parvis.casework.applications.state import State, fold
from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind


class Taken(NamedTuple):
    """What became of the events of a batch: newly written, and there before."""

    added: int
    unchanged: int


class Known(NamedTuple):
    """A case that is a file already, and the digest of how it was last read."""

    id: int
    digest: bytes | None


@transaction.atomic
def take_in(*, program: str, cases: Sequence[ForeignCase], reading: Reading, by: str) -> Taken:
    """Make the log hold these cases: open files for the new ones, add what is new in the others.

    Idempotent. Cases come whole and once each; what a case lost in its own system stays here.
    """
    if not cases:
        return Taken(0, 0)
    known = _known(program, [case.number for case in cases])
    digests = {case.number: _digest(case) for case in cases}
    new = [case for case in cases if case.number not in known]
    changed = [
        case
        for case in cases
        if (found := known.get(case.number)) and found.digest != digests[case.number]
    ]
    _open(
        [reading.facts_of(case) for case in new],
        [(case.number, digests[case.number]) for case in new],
        by=by,
    )
    added = sum(len(case.events) for case in new)
    if changed:
        added += _add_to_files(changed, known, digests, reading, by)
    return Taken(added, sum(len(case.events) for case in cases) - added)


@transaction.atomic
def open_files(*, histories: Sequence[Sequence[log.Happened]], by: str) -> list[int]:
    """Open a file for each of these histories of our own; return their ids, in the same order.

    A history begins with its receipt. What it says is not asked of the policies again: whoever
    tells it answers for its moves.
    """
    return _open(histories, [(None, None)] * len(histories), by=by)


def _known(program: str, numbers: list[str]) -> dict[str, Known]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT source_number, id, source_digest FROM applications_application"
            " WHERE source_number = ANY(%s) AND program = %s",
            [numbers, program],
        )
        return {number: Known(id_, digest and bytes(digest)) for number, id_, digest in cursor}


def _digest(case: ForeignCase) -> bytes:
    """Return the digest of a case as the other system tells it, whatever our mapping says."""
    return blake2b(orjson.dumps([case.outcome, case.events]), digest_size=16).digest()


def _open(
    histories: Sequence[Sequence[log.Happened]],
    sources: Sequence[tuple[str | None, bytes | None]],
    *,
    by: str,
) -> list[int]:
    """Open a file for each history, with its number elsewhere and its digest; return their ids."""
    heads = log.reserve(len(histories))
    chains = list(zip(heads, histories, strict=True))
    log.write(chains, kind=SubjectKind.APPLICATION, by=by)
    rows.copy_new(
        (head.subject_id, number, digest, _state(happened))
        for (head, happened), (number, digest) in zip(chains, sources, strict=True)
    )
    return [head.subject_id for head in heads]


def _add_to_files(
    cases: Sequence[ForeignCase],
    known: dict[str, Known],
    digests: dict[str, bytes],
    reading: Reading,
    by: str,
) -> int:
    """Append what these cases have more than their files; return how many facts that was."""
    by_id = {known[case.number].id: case for case in cases}
    # The row before the chain, as every act does: two who lock never wait for each other.
    list(Application.objects.select_for_update().order_by("id").filter(id__in=by_id).values("id"))
    heads = log.lock(list(by_id))
    chains, grown = [], []
    for id_, recorded in log.histories(list(by_id)):
        kept = [(one.at, one.fact) for one in recorded]
        had = {Key(at, fact.source) for at, fact in kept if fact.source}
        new = [one for one in reading.events_of(by_id[id_]) if _key(one) not in had]
        if new:
            chains.append((heads[id_], new))
            grown.append((id_, _state(kept + new)))
    log.write(chains, kind=SubjectKind.APPLICATION, by=by)
    rows.update(grown)
    rows.update_digests({id_: digests[case.number] for id_, case in by_id.items()})
    return sum(len(new) for _, new in chains)


def _key(happened: log.Happened) -> Key | None:
    at, fact = happened
    return Key(at, fact.source) if fact.source else None


def _state(happened: Sequence[log.Happened]) -> State:
    state = fold(happened)
    assert state is not None  # noqa: S101 - whoever made the history began it with a receipt
    return state
