"""Lay the files' waiting out anew where their facts are more than when that was last done.

By batches, each in a transaction of its own: killed half-way, the next counting goes on from there.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, transaction

from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.programs import loader
from parvis.programs.schema import Program
from parvis.readers.standards.forecasts import make_forecasts
from parvis.readers.standards.models import Reading, Rule, Spell
from parvis.readers.standards.spells import spells_of
from parvis.readers.standards.totals import make_totals

if TYPE_CHECKING:
    from psycopg import Cursor

_LOCK = 0x9A7218
"""Our number among the database's advisory locks: of two who count at once, one waits."""
_LOOKED_AT = 50_000
_BATCH = 2_000
_CHANGED = """
SELECT n.id FROM unnest(%s::bigint[], %s::integer[]) AS n(id, facts)
    LEFT JOIN standards_spell s ON s.file = n.id AND s.nth = 0 AND s.file BETWEEN %s AND %s
WHERE s.facts IS DISTINCT FROM n.facts ORDER BY n.id
"""
_COPY = """
COPY standards_spell (file, nth, facts, program, office, opened_on, closed_on, decided_on,
    late_from, came, "left", measured) FROM STDIN
"""


class Counted(NamedTuple):
    """What a counting did: files there are, and files laid out anew."""

    files: int
    anew: int


def _unseen(looked_at: int, anew: int) -> None:
    """Show nobody how far it is."""


def count(
    now: datetime, *, all_anew: bool = False, progress: Callable[[int, int], None] = _unseen
) -> Counted:
    """Count what changed in the log since the last counting, or everything; make the totals.

    Idempotent. `progress` is told the files looked at and, of them, those laid out anew.
    """
    with _alone():
        _begin(now, all_anew=all_anew)
        programs = loader.all_programs()
        files = anew = 0
        for heads in log.sizes(SubjectKind.APPLICATION, _LOOKED_AT):
            changed = _changed(heads)
            for start in range(0, len(changed), _BATCH):
                some = changed[start : start + _BATCH]
                _lay_out(some, programs)
                anew += len(some)
                progress(files, anew)
            files += len(heads)
            progress(files, anew)
        _end()
    return Counted(files, anew)


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
def _begin(now: datetime, *, all_anew: bool) -> None:
    """Note that a reading begins; see to it that what a new rule changes is counted again."""
    Reading.objects.update_or_create(
        pk=1, defaults={"begun_at": now}, create_defaults={"begun_at": now, "totals_due": True}
    )
    rules = {code: _digest(program) for code, program in loader.all_programs().items()}
    known = dict(Rule.objects.values_list("program", "digest"))
    changed = [code for code in rules | known if rules.get(code) != known.get(code)]
    if all_anew:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE standards_spell")
        Reading.objects.update(totals_due=True)
    elif changed:
        Spell.objects.filter(program__in=changed, nth=0).update(facts=0)
    Rule.objects.filter(program__in=changed).delete()
    Rule.objects.bulk_create(
        Rule(program=code, digest=rules[code]) for code in changed if code in rules
    )


def _digest(program: Program) -> str:
    """Return what tells one rule from another: the days of a program, and its standards."""
    standards = [
        (day.isoformat(), one.days, one.months)
        for day, one in sorted(program.service_standard.items())
    ]
    return sha256(repr((program.time_zone.key, standards)).encode()).hexdigest()


def _changed(heads: Sequence[tuple[int, int]]) -> list[int]:
    ids, facts = (list(column) for column in zip(*heads, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, [ids, facts, ids[0], ids[-1]])
        return [id_ for (id_,) in cursor.fetchall()]


@transaction.atomic
def _lay_out(files: Sequence[int], programs: dict[str, Program]) -> None:
    """Have the table hold the spells of these files as the log tells them now."""
    told = [
        (file, len(recorded), *spells_of(((one.at, one.fact) for one in recorded), programs))
        for file, recorded in log.histories(files)
    ]
    Reading.objects.filter(totals_due=False).update(totals_due=True)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM standards_spell WHERE file = ANY(%s)", [list(files)])
        raw: Cursor[tuple[object, ...]] = cursor.cursor
        with raw.copy(_COPY) as copy:
            for file, facts, program, spells in told:
                for nth, one in enumerate(spells):
                    days = (one.opened_on, one.closed_on, one.decided_on, one.late_from)
                    marks = (one.came, one.left, one.measured)
                    copy.write_row((file, nth, facts, program, one.office, *days, *marks))


@transaction.atomic
def _end() -> None:
    reading = Reading.objects.select_for_update().get(pk=1)
    if reading.totals_due:
        reading.first_on = make_totals()
    make_forecasts(reading.begun_at)
    reading.read_at, reading.totals_due = reading.begun_at, False
    reading.save()
