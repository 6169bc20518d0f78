"""One import from beginning to end: read, take in by batches, keep the rejects, sum up."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from zlib import crc32

from django.db import connection

from parvis.casework.applications.foreign import ForeignCase, Reading
from parvis.casework.applications.histories import Taken, take_in
from parvis.jobs.importing.abreast import abreast
from parvis.jobs.importing.ahead import Batch
from parvis.jobs.importing.rejects import Rejects
from parvis.programs.schema import Program

_LOCKS = 0x9A7216
"""Our number among the database's advisory locks, beside the program's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """What an import did.

    `facts` counts events accepted, of which `added` are newly written and `unchanged` were there;
    facts derived from an event are not counted. `rejected` counts records at fault. `broken` says
    why the file could not be read to its end, if so.
    """

    cases: int
    facts: int
    added: int
    unchanged: int
    rejected: int
    rejected_file: str | None
    seconds: float
    broken: str | None


class ImportRunning(Exception):
    """Another import into the same program is running."""


def run(
    batches: Iterable[Batch],
    *,
    program: Program,
    rejects: Rejects,
    began: float,
    progress: Callable[[float, int], None],
) -> Summary:
    """Import case histories by batches, as they come.

    `began` is when reading began, by `perf_counter`. `progress` is told the share of the file read
    and the facts so far. The same file twice adds nothing, which is also how an import that was
    killed resumes.
    """
    cases = added = unchanged = 0
    by, broken = f"import:{program.code}", None
    with _alone(program.code), _without_collecting():
        try:
            take = partial(_take, program=program.code, reading=Reading(program), by=by)
            for batch, taken in abreast(take, batches):
                for reject in batch.rejects:
                    rejects.keep(reject)
                cases += len(batch.cases)
                added += taken.added
                unchanged += taken.unchanged
                broken = batch.broken
                progress(batch.share, added + unchanged)
        finally:
            rejects.close()
    return Summary(
        cases=cases,
        facts=added + unchanged,
        added=added,
        unchanged=unchanged,
        rejected=rejects.count,
        rejected_file=str(rejects.path) if rejects.path else None,
        seconds=round(perf_counter() - began, 3),
        broken=broken,
    )


def _take(batch: Batch, *, program: str, reading: Reading, by: str) -> Taken:
    foreign = [ForeignCase(*case) for case in batch.cases]
    return take_in(program=program, cases=foreign, reading=reading, by=by)


@contextmanager
def _alone(program: str) -> Iterator[None]:
    """Hold the program's import lock, which ends with this process whatever happens to it."""
    key = [_LOCKS, crc32(program.encode()) - 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        if cursor.fetchone() != (True,):
            raise ImportRunning(program)
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Have no garbage collected by cycles: an import makes none, and looking costs a quarter."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
