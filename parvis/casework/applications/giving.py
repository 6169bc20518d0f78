"""Tell many clients at once by when files like theirs are decided: each telling is a fact."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from parvis.casework.applications import rows
from parvis.casework.applications.facts import DateGiven
from parvis.casework.applications.models import Application
from parvis.casework.applications.state import given_by
from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind


@transaction.atomic
def give_dates(*, dates: Sequence[tuple[int, DateGiven]], by: str, at: datetime) -> int:
    """Tell clients these dates, each for the file with this id; return how many were told.

    Of the files that still wait: to tell a date for one that has just been closed would be late.
    What a client was told last is not told again.
    """
    wanted = dict(dates)
    # The row before the chain, as every act does: two who lock never wait for each other.
    files = Application.objects.select_for_update().order_by("id")
    given = {}
    for file in files.filter(id__in=wanted, closed_at=None):
        fact, earlier = wanted[file.id], file.state.given
        now = given_by(fact, at, earlier)
        if earlier is None or (now.half_on, now.most_on, now.dots) != (
            *(earlier.half_on, earlier.most_on),
            earlier.dots,
        ):
            given[file.id] = now
    heads = log.lock(list(given))
    chains = [(heads[id_], [(at, wanted[id_])]) for id_ in given]
    log.write(chains, kind=SubjectKind.APPLICATION, by=by)
    if given:
        rows.update_given(given)
    return len(given)
