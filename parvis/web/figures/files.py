"""The files behind a figure, fifty at a time."""

from dataclasses import dataclass

from django.http import QueryDict

from parvis.lib.dates import Day, day
from parvis.lib.text import Text
from parvis.readers.standards.behind import Behind, Figure, Kind, files_behind
from parvis.readers.standards.data import name_of_office, name_of_program

MOST = 50
KINDS = {
    Kind.WAITING: Text(en="Waiting", fr="En attente"),
    Kind.INVENTORY: Text(en="Waiting, with a standard", fr="En attente, avec une norme"),
    Kind.WITHIN: Text(en="Waiting within the standard", fr="En attente, dans la norme"),
    Kind.LATE: Text(en="Waiting beyond the standard", fr="En attente, au-delà de la norme"),
    Kind.WITHOUT_STANDARD: Text(en="Waiting without a standard", fr="En attente, sans norme"),
    Kind.DECIDED: Text(en="Decided, with a standard", fr="Réglées, avec une norme"),
    Kind.DECIDED_WITHIN: Text(en="Decided within the standard", fr="Réglées dans la norme"),
    Kind.DECIDED_LATE: Text(en="Decided beyond the standard", fr="Réglées au-delà de la norme"),
    Kind.DECIDED_WITHOUT_STANDARD: Text(en="Decided without a standard", fr="Réglées, sans norme"),
}
_WAITING = {Kind.WAITING, Kind.INVENTORY, Kind.WITHIN, Kind.LATE, Kind.WITHOUT_STANDARD}


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file behind a figure."""

    number: str
    program: Text
    office: Text
    received_on: Day
    late_from: Day | None
    decided_on: Day | None


@dataclass(frozen=True, slots=True)
class FilesPage:
    """Which figure, and some of its files."""

    title: Text
    on: Day
    since: Day | None
    """From when decisions count; None where the figure is of what waits."""
    program: Text | None
    office: Text | None
    rows: tuple[FileRow, ...]
    first: bool
    next: str | None
    """What the files that follow are asked for."""
    table: str


def files_page(figure: Figure, *, after: tuple[int, int], query: QueryDict) -> FilesPage:
    """Return the page of files after a place."""
    found = files_behind(figure, most=MOST + 1, after=after)
    shown = found[:MOST]
    following = query.copy()
    if len(found) > MOST:
        following["after"] = f"{shown[-1].file}.{shown[-1].nth}"
    table = query.copy()
    table.pop("after", None)
    return FilesPage(
        title=KINDS[figure.kind],
        on=day(figure.on),
        since=None if figure.kind in _WAITING else day(figure.since),
        program=None if figure.program is None else name_of_program(figure.program),
        office=None if figure.office is None else name_of_office(figure.office),
        rows=tuple(map(_row, shown)),
        first=after == (0, -1),
        next=following.urlencode() if len(found) > MOST else None,
        table=table.urlencode(),
    )


def _row(one: Behind) -> FileRow:
    return FileRow(
        number=one.number,
        program=name_of_program(one.program),
        office=name_of_office(one.office),
        received_on=day(one.received_on),
        late_from=None if one.late_from is None else day(one.late_from),
        decided_on=None if one.decided_on is None else day(one.decided_on),
    )
