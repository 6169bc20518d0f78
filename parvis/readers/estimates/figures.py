"""The published times as they were last counted, program by program."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from parvis.programs.schema import Program
from parvis.readers.estimates.models import PublishedFigure
from parvis.readers.estimates.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Figure:
    """How long the files of a program took that were decided from one day to another."""

    program: str
    as_of: date
    decided_from: date
    decided_to: date
    share: float
    files: int
    days: int | None
    """Within how many days that share of them was decided; None where they are too few to say."""
    dots: tuple[int, ...]
    """Twenty lengths in days, each for a twentieth of the files; none where they are too few."""

    @property
    def columns(self) -> dict[str, Any]:
        """Return what its row keeps."""
        return asdict(self) | {"dots": list(self.dots)}


def _read() -> Mapping[str, Figure]:
    """Return the figures by program: ten short rows, one query."""
    return {row.program: _figure(row) for row in PublishedFigure.objects.order_by("program")}


shelf = Shelf(_read)


def figure_of(program: Program, now: datetime) -> Figure | None:
    """Return what was last counted for a program; None where nothing was.

    Nor where it was counted on a later day than it is now, by another clock: it would tell of days
    to come.
    """
    found = shelf.at(now).get(program.code)
    if found is None or found.as_of > now.astimezone(program.time_zone).date():
        return None
    return found


def _figure(row: PublishedFigure) -> Figure:
    return Figure(
        program=row.program,
        as_of=row.as_of,
        decided_from=row.decided_from,
        decided_to=row.decided_to,
        share=row.share,
        files=row.files,
        days=row.days,
        dots=tuple(row.dots),
    )
