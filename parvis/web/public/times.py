"""The page of processing times, ready for its template."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from parvis.lib.durations import Duration, Unit, duration
from parvis.programs import loader
from parvis.readers.estimates.told import TimeLine
from parvis.readers.tracker.dots import kept_dotplot
from parvis.web.client.picture import Picture, picture_of


@dataclass(frozen=True, slots=True)
class Row:
    """A program: its times, and the picture of the new ones where they are known."""

    line: TimeLine
    picture: Picture | None


def times_page(lines: Iterable[TimeLine], now: datetime) -> tuple[Row, ...]:
    """Return a row for each program."""
    return tuple(Row(line, _picture(line, now)) for line in lines)


def _picture(line: TimeLine, now: datetime) -> Picture | None:
    if not line.new.dots:
        return None
    standard = _standard(line.program, now)
    return picture_of(kept_dotplot(line.new.dots, standard=standard, forecast=True))


def _standard(code: str, now: datetime) -> Duration | None:
    program = loader.program(code)
    standard = loader.standard_on(program, now.astimezone(program.time_zone).date())
    if standard is None:
        return None
    if standard.days is not None:
        return duration(standard.days, Unit.DAY)
    return None if standard.months is None else duration(standard.months, Unit.MONTH)
