"""Figures as a table of plain cells, for those who take them into a spreadsheet (CSV)."""

from collections.abc import Iterator
from datetime import date

from parvis.readers.standards.data import share_of
from parvis.readers.standards.standing import Standing, Survey

PARTS = ("program", "office", "month")
_MEASURES = (
    *("waiting_inventory", "waiting_within", "waiting_late", "waiting_share"),
    *("waiting_without_standard", "decided_count", "decided_within", "decided_late"),
    *("decided_share", "decided_without_standard"),
)

Cell = str | int | float | date | None


def sheet(survey: Survey, by: str) -> Iterator[tuple[Cell, ...]]:
    """Yield a head and the lines of one split; every line says of which days it is."""
    yield (by, "on", "decided_from", "decided_to", *_MEASURES)
    if by == "month":
        for month in survey.months:
            days = (month.last, month.first, month.last)
            yield (f"{month.first:%Y-%m}", *days, *_cells(month.standing))
        return
    parts = survey.programs if by == "program" else survey.offices
    days = (survey.on, survey.since, survey.on)
    for code, one in parts.items():
        yield (code, *days, *_cells(one))


def _cells(one: Standing) -> tuple[Cell, ...]:
    waiting, decided = one.waiting, one.decided
    return (
        *(waiting.inventory, waiting.within, waiting.late, share_of(waiting.share)),
        *(waiting.without_standard, decided.count, decided.within, decided.late),
        *(share_of(decided.share), decided.without_standard),
    )
