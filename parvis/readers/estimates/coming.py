"""How long an application takes that comes today: of a program, and by office where it differs."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from django.db import transaction

from parvis.engines.forecasting.calendar import day_number
from parvis.engines.forecasting.forecaster import Setting
from parvis.engines.forecasting.snapshot import Snapshot
from parvis.programs.schema import Program
from parvis.readers.estimates.applying import shelf
from parvis.readers.estimates.histories import Caseload
from parvis.readers.estimates.models import DOTS, ENOUGH, NewFigure
from parvis.readers.estimates.outlooks import HALF, MOST, SHARES, dates

_OFFICE_ENOUGH = 200
"""Decisions in a year that an office must have made for a time of its own."""
_DIFFERS = 0.15
"""An office is told apart where four in five take so much longer or shorter than everywhere."""
_ONE = np.zeros(1, np.int64)


def new_figures(
    program: Program, known: Caseload, setting: Setting, today: date, *, unsure: bool
) -> list[NewFigure]:
    """Return how long new applications of a program take, as of a day: of all, and by office.

    `unsure` where its decisions have slowed down lately. None where too few were decided to say.
    """
    everywhere = _figure(program, "", known, setting, today)
    if everywhere is None:
        return []
    figures = [everywhere, *_by_office(program, known, setting, today, everywhere)]
    for one in figures:
        one.unsure = unsure
    return figures


def keep(figures: Sequence[NewFigure]) -> None:
    """Keep these figures of all programs, and nothing older.

    All at once, so that a program without one is known to have too few files for it.
    """
    with transaction.atomic():
        NewFigure.objects.all().delete()
        NewFigure.objects.bulk_create(figures)
    shelf.forget()


def _by_office(
    program: Program, known: Caseload, setting: Setting, today: date, everywhere: NewFigure
) -> Iterator[NewFigure]:
    for place, office in enumerate(program.offices, start=1):
        here = np.flatnonzero(known.waits.office == place)
        found = _figure(program, office, known.some(here), setting, today)
        if found is None or found.decided < _OFFICE_ENOUGH:
            continue
        if abs(found.most_days - everywhere.most_days) > _DIFFERS * everywhere.most_days:
            yield found


def _figure(
    program: Program, office: str, known: Caseload, setting: Setting, today: date
) -> NewFigure | None:
    files = known.files
    snapshot = Snapshot(files.received, files.decided, files.touches, day_number(today))
    if not snapshot.decided_any:
        return None
    outlook = snapshot.outlook("new", setting.way, _ONE)
    days, reachable = dates(outlook, setting)
    if not reachable[0] or outlook.decided[0] < ENOUGH:
        return None
    return NewFigure(
        program=program.code,
        office=office,
        as_of=today,
        half_days=int(days[0, SHARES.index(HALF)]),
        most_days=int(days[0, SHARES.index(MOST)]),
        dots=days[0, :DOTS].tolist(),
        reached=int(outlook.reached[0]),
        decided=int(outlook.decided[0]),
    )
