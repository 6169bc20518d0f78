"""Tell many clients at once by when files like theirs are decided: each telling is a fact."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from parvis.casework.applications import rows
from parvis.casework.applications.facts import DateGiven
from parvis.casework.applications.models import Application
from parvis.casework.applications.state import Given, given_by
from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind

Tellings = Sequence[tuple[datetime, DateGiven]]
"""What one client was told, the oldest first."""


@transaction.atomic
def give_dates(*, dates: Mapping[int, DateGiven], by: str, at: datetime) -> int:
    """Tell clients these dates, each by the id of their file; return how many were told.

    Of the files that still wait: to tell a date for one that has just been closed would be late.
    What a client was told last is not told again.
    """
    # The row before the chain, as every act does: two who lock never wait for each other.
    files = Application.objects.select_for_update().order_by("id")
    waiting = {file.id: file.state.given for file in files.filter(id__in=dates, closed_at=None)}
    new = {id_: [(at, dates[id_])] for id_, last in waiting.items() if not _says(last, dates[id_])}
    _record(new, waiting, by)
    return len(new)


@transaction.atomic
def record_given(*, told: Mapping[int, Tellings], by: str) -> None:
    """Record what clients were told before now, whatever became of their files since."""
    files = Application.objects.select_for_update().order_by("id").filter(id__in=told)
    _record(told, {file.id: file.state.given for file in files}, by)


def _record(told: Mapping[int, Tellings], last: Mapping[int, Given | None], by: str) -> None:
    heads = log.lock(list(told))
    chains = [(heads[id_], tellings) for id_, tellings in told.items()]
    log.write(chains, kind=SubjectKind.APPLICATION, by=by)
    given = {}
    for id_, tellings in told.items():
        now = last[id_]
        for at, fact in tellings:
            now = given_by(fact, at, now)
        if now is not None:
            given[id_] = now
    rows.update_given(given)


def _says(given: Given | None, fact: DateGiven) -> bool:
    if given is None:
        return False
    told = (given.half_on, given.most_on, given.dots, given.unsure)
    return told == (fact.half_on, fact.most_on, fact.dots, fact.unsure)
