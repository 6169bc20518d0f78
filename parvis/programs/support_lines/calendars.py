"""Holiday calendars: days, with their names and a source, up to a last year that is stated."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import AfterValidator, Field, TypeAdapter, model_validator

from parvis.engines.queueing.hours import Spans
from parvis.lib.text import Text
from parvis.programs.schema import Source, Strict
from parvis.programs.support_lines.spans import spans_of

_FOLDER = Path(__file__).parent / "data" / "calendars"
_DECEMBER, _LAST = 12, 31


def _readable(written: tuple[str, ...]) -> tuple[str, ...]:
    spans_of(written)
    return written


Written = Annotated[tuple[str, ...], AfterValidator(_readable)]
"""The spans of one day, as they are written."""


class UnusualDay(Strict):
    """A day that is not as in any week: closed, or open at the hours that are given."""

    name: Text
    hours: Written = ()

    @property
    def spans(self) -> Spans:
        """Return when it is open."""
        return spans_of(self.hours)


class Calendar(Strict):
    """Holidays from a year to another; of a later year nothing is known."""

    name: Text
    first_year: int
    last_year: Annotated[int, Field(le=9_000)]
    source: Source
    note: str | None = None
    """For those who keep the file (an assumption, a doubt); never shown to a client."""
    days: dict[date, UnusualDay]

    @model_validator(mode="after")
    def within(self) -> Self:
        """Refuse a day of a year that the calendar does not cover, and a year with none."""
        years = {day.year for day in self.days}
        if years != set(range(self.first_year, self.last_year + 1)):
            raise ValueError("each year from first_year to last_year has its days, and no other")
        return self

    @property
    def last_day(self) -> date:
        """Return the last day of which is known whether it is a holiday."""
        return date(self.last_year, _DECEMBER, _LAST)


@cache
def calendars() -> dict[str, Calendar]:
    """Return every calendar by its code."""
    read = TypeAdapter(Calendar)
    return {
        file.stem: read.validate_python(yaml.safe_load(file.read_text()))
        for file in sorted(_FOLDER.glob("*.yaml"))
    }
