"""Of the dates that we gave, how many we kept: counted when they fall due, by program and month."""

from collections.abc import Iterator

import numpy as np
from django.db import transaction

from parvis.casework.applications.promises import promises_of
from parvis.engines.forecasting.files import Ints
from parvis.programs.schema import Program
from parvis.readers.estimates.histories import Caseload, day_of_number
from parvis.readers.estimates.models import DOTS, KeptFigure
from parvis.readers.estimates.outlooks import HALF, MOST, SHARES
from parvis.readers.estimates.scorecard import shelf


def refresh_kept(program: Program, known: Caseload, today: int) -> int:
    """Score the dates that have fallen due, of each level told; return how many dates of four in
    five that was.

    A date is due when its day is over, also where the file was decided long before: so the quick
    ones do not come first and flatter.
    """
    promises = promises_of(known.waits.id.tolist())
    if not len(promises.file):
        return 0
    by_id = np.argsort(known.waits.id)
    place = by_id[np.searchsorted(known.waits.id, promises.file, sorter=by_id)]
    received, ended = known.files.received[place], known.files.decided[place]
    due_on = np.empty((len(place), len(SHARES)), np.int64)
    due_on[:, :DOTS] = received[:, None] + promises.dots
    due_on[:, SHARES.index(HALF)] = promises.half_on
    due_on[:, SHARES.index(MOST)] = promises.most_on
    rows = [
        KeptFigure(
            program=program.code,
            month=day_of_number(month),
            level=level,
            due=due,
            kept=kept,
            as_of=day_of_number(today),
        )
        for level in range(len(SHARES))
        for month, due, kept in _by_month(due_on[:, level], ended, today)
    ]
    with transaction.atomic():
        KeptFigure.objects.filter(program=program.code).delete()
        KeptFigure.objects.bulk_create(rows)
    shelf.forget()
    return sum(row.due for row in rows if row.level == SHARES.index(MOST))


def _by_month(due_on: Ints, ended: Ints, today: int) -> Iterator[tuple[int, int, int]]:
    """Yield the first day of each month, the dates due in it, and how many of these were kept."""
    over = due_on < today
    due, kept = due_on[over], (ended <= due_on)[over]
    months = due.astype("datetime64[D]").astype("datetime64[M]")
    firsts, month = np.unique(months.astype("datetime64[D]").astype(np.int64), return_inverse=True)
    counts = (np.bincount(month), np.bincount(month, kept).astype(np.int64))
    yield from zip(firsts.tolist(), *(one.tolist() for one in counts), strict=True)
