"""How long an application takes that comes today, as it was last counted and as it is told."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from parvis.lib.dates import day
from parvis.lib.durations import about
from parvis.lib.text import Text
from parvis.programs.schema import Program
from parvis.readers.estimates import applying_words as words
from parvis.readers.estimates.models import NewFigure
from parvis.readers.estimates.shelf import Shelf
from parvis.readers.estimates.told import Known, NewTime, OfficeTime

_WIDE, _WIDE_DAYS = 2, 180
"""Four in five that take more than so many times as long as half, and more than so many days, are
so far apart that it is said."""


def _read() -> Mapping[str, tuple[NewFigure, ...]]:
    """Return the figures by program, that of all its offices first: some dozen rows, one query."""
    found = defaultdict(list)
    for row in NewFigure.objects.order_by("program", "office"):
        found[row.program].append(row)
    return {program: tuple(rows) for program, rows in found.items()}


shelf = Shelf(_read)


def new_time(program: Program, now: datetime) -> NewTime:
    """Return how long a new application of a program takes; at most a query in five minutes.

    What was counted on a later day than it is now, by another clock, is not told.
    """
    counted = shelf.at(now)
    today = now.astimezone(program.time_zone).date()
    rows = [row for row in counted.get(program.code, ()) if row.as_of <= today]
    everywhere = next((row for row in rows if not row.office), None)
    if everywhere is None:
        code = Known.TOO_FEW if counted else Known.NOT_YET
        return NewTime(code=code, sentences=(words.NONE[code],))
    wide = everywhere.most_days > max(_WIDE * everywhere.half_days, _WIDE_DAYS)
    return NewTime(
        code=Known.KNOWN,
        sentences=words.sentences(everywhere, wide=wide),
        basis=words.basis(everywhere),
        half_days=everywhere.half_days,
        half_time=_about(everywhere.half_days),
        most_days=everywhere.most_days,
        most_time=_about(everywhere.most_days),
        reached=everywhere.reached,
        decided=everywhere.decided,
        unsure=everywhere.unsure,
        wide=wide,
        as_of=day(everywhere.as_of),
        dots=tuple(everywhere.dots),
        offices=tuple(
            _office(row, program.offices[row.office].name)
            for row in rows
            if row.office in program.offices
        ),
    )


def _office(row: NewFigure, name: Text) -> OfficeTime:
    return OfficeTime(
        office=row.office,
        name=name,
        half_days=row.half_days,
        half_time=_about(row.half_days),
        most_days=row.most_days,
        most_time=_about(row.most_days),
        reached=row.reached,
        decided=row.decided,
    )


def _about(days: int) -> Text:
    return about(max(1, days)).text
