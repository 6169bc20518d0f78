"""Tell every client anew by when, where the dates that they were told no longer hold."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection

from parvis.casework.applications.facts import DateGiven
from parvis.casework.applications.giving import give_dates
from parvis.engines.forecasting.calendar import day_number, day_of_number
from parvis.engines.forecasting.files import Ints
from parvis.programs import loader
from parvis.programs.schema import Program
from parvis.readers.estimates.coming import keep, new_figures
from parvis.readers.estimates.histories import Caseload, caseload_of
from parvis.readers.estimates.kept import refresh_kept
from parvis.readers.estimates.learned import settings_of
from parvis.readers.estimates.models import DOTS
from parvis.readers.estimates.outlooks import HALF, MOST, SHARES, Outlooks, moved, outlooks

BY = "estimates"
"""Whose act it is in the log."""
_LOCK = 0x9A7220
"""Our number among the database's advisory locks: of two who give dates at once, one waits."""
_BATCH = 2_000


class Given(NamedTuple):
    """What a refresh did: files that wait, those with a date, those told anew; and dates scored."""

    waiting: int
    dated: int
    told: int
    scored: int


def give_all(now: datetime, progress: Callable[[float], None]) -> Given:
    """Read every open file anew and tell its client by when, where that has changed.

    By batches, each in a transaction of its own: killed half-way, the next refresh of the day tells
    the others. `progress` is told the share done, 0 to 1.
    """
    programs = loader.all_programs().values()
    done, coming = [], []
    with _alone():
        for place, program in enumerate(programs, start=1):
            known = caseload_of(program)
            if len(known.files):
                today = now.astimezone(program.time_zone).date()
                settings = settings_of(program, known, today)
                found = outlooks(known, settings["open"], day_number(today))
                done.append(_give(program, known, found, now))
                unsure = found is not None and found.unsure
                coming += new_figures(program, known, settings["new"], today, unsure=unsure)
            progress(place / len(programs))
        keep(coming)
    return Given(*map(sum, zip(*done, strict=True))) if done else Given(0, 0, 0, 0)


def _give(program: Program, known: Caseload, found: Outlooks | None, now: datetime) -> Given:
    today = now.astimezone(program.time_zone).date()
    waiting = int((known.waits.ended < 0).sum())
    told = 0 if found is None else _tell(known, found, today, now)
    dated = 0 if found is None else int(found.told.sum())
    return Given(waiting, dated, told, refresh_kept(program, known, day_number(today)))


def _tell(known: Caseload, found: Outlooks, today: date, now: datetime) -> int:
    anew = moved(known, found, day_number(today))
    told = 0
    for start in range(0, len(anew), _BATCH):
        some = anew[start : start + _BATCH]
        ids = known.waits.id[found.file[some]].tolist()
        dates = dict(zip(ids, facts_of(known, found, some), strict=True))
        told += give_dates(dates=dates, by=BY, at=now)
    return told


def facts_of(known: Caseload, found: Outlooks, some: Ints) -> Iterator[DateGiven]:
    """Yield what the clients of some of the open files are told."""
    half, most = SHARES.index(HALF), SHARES.index(MOST)
    received = known.files.received[found.file[some]].tolist()
    counts = zip(found.reached[some].tolist(), found.decided[some].tolist(), strict=True)
    days = found.days[some].tolist()
    for came, waits, (reached, decided) in zip(received, days, counts, strict=True):
        yield DateGiven(
            half_on=day_of_number(came + waits[half]),
            most_on=day_of_number(came + waits[most]),
            dots=tuple(waits[:DOTS]),
            reached=reached,
            decided=decided,
            unsure=found.unsure,
        )


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock, which ends with this process whatever happens to it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
