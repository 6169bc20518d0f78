"""What was last counted, read again every few minutes by each process and not for every page."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from parvis.programs.schema import Program
from parvis.readers.estimates.models import PublishedFigure

_LIFETIME = timedelta(minutes=5)


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


class _Read(NamedTuple):
    at: datetime
    figures: Mapping[str, Figure]


class _Shelf:
    """The figures as this process read them last: ten short rows, one query in five minutes."""

    def __init__(self) -> None:
        self._read: _Read | None = None

    def figures(self, now: datetime) -> Mapping[str, Figure]:
        """Return the figures by program, at most five minutes old."""
        read = self._read
        if read is None or not read.at <= now < read.at + _LIFETIME:
            rows = PublishedFigure.objects.order_by("program")
            self._read = read = _Read(now, {row.program: _figure(row) for row in rows})
        return read.figures

    def forget(self) -> None:
        """Read again next time."""
        self._read = None


shelf = _Shelf()


def figure_of(program: Program, now: datetime) -> Figure | None:
    """Return what was last counted for a program; None where nothing was.

    Nor where it was counted on a later day than it is now, by another clock: it would tell of days
    to come.
    """
    found = shelf.figures(now).get(program.code)
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
