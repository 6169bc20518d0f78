"""Of the dates that we gave, how many we kept: counted when they fall due, by program and month."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np
from django.db import transaction

from parvis.casework.applications.promises import promises_of
from parvis.engines.forecasting.calendar import day_of_number
from parvis.engines.forecasting.files import Ints
from parvis.programs.schema import Program
from parvis.readers.estimates.histories import Caseload
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
    rows = []
    for level in range(len(SHARES)):
        for month in _months(due_on[:, level], ended, today):
            rows.append(
                KeptFigure(
                    program=program.code,
                    month=month.first,
                    level=level,
                    due=len(month.place),
                    kept=month.kept,
                    files=promises.file[month.place].tolist(),
                    days=_days(due_on[month.place, level]),
                    as_of=day_of_number(today),
                )
            )
    with transaction.atomic():
        KeptFigure.objects.filter(program=program.code).delete()
        KeptFigure.objects.bulk_create(rows)
    shelf.forget()
    return sum(row.due for row in rows if row.level == SHARES.index(MOST))


class _Month(NamedTuple):
    first: date
    place: Ints
    """Of the dates due in it, those first that were kept."""
    kept: int


def _months(due_on: Ints, ended: Ints, today: int) -> Iterator[_Month]:
    over = np.flatnonzero(due_on < today)
    if not len(over):
        return
    kept = ended[over] <= due_on[over]
    months = due_on[over].astype("datetime64[D]").astype("datetime64[M]")
    order = np.lexsort((over, ~kept, months))
    firsts, starts = np.unique(months[order], return_index=True)
    for first, which in zip(firsts, np.split(order, starts[1:]), strict=True):
        yield _Month(first.astype("datetime64[D]").item(), over[which], int(kept[which].sum()))


def _days(numbers: Ints) -> list[date]:
    days: list[date] = numbers.astype("datetime64[D]").tolist()
    return days
