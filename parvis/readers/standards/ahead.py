"""The forecasts as they were last made, and as JSON can hold them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from parvis.lib.text import Language, Text
from parvis.readers.standards.data import name_of_program, share_of
from parvis.readers.standards.models import Forecast, Measure
from parvis.readers.standards.standing import NotTold, check_counted

NO_FORECAST = Text(
    en="No forecast has been made yet.", fr="Aucune prévision n’a encore été établie."
)


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How far past forecasts were from what came, in files on average, beside two simple ones."""

    scored: int
    """How many past forecasts were compared with what came."""
    error: float
    last_value_error: float
    """Of saying that nothing changes."""
    seasonal_error: float
    """Of saying that it will be as it was a year before."""
    inside: float
    """The share of what came that was in the range; it should be 0.8."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """How many files there will be on a day; no numbers where too few days are known."""

    days: int
    on: date
    level: int
    """How many there were when it was made."""
    known_days: int
    needed_days: int | None
    expected: int | None
    low: int | None
    high: int | None
    """In eight of ten cases it is between these two."""
    record: TrackRecord | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """The forecasts of all programs together, or of one: nearest first."""

    program: str | None
    waiting: tuple[Ahead, ...]
    backlog: tuple[Ahead, ...]


@dataclass(frozen=True, slots=True)
class Outlooks:
    """All forecasts, made of what was known at the end of a day."""

    last_on: date
    read_at: datetime
    whole: Outlook
    programs: tuple[Outlook, ...]

    def of(self, program: str | None) -> Outlook | None:
        """Return the forecasts of a program, or of all; None where the program has no files."""
        if program is None:
            return self.whole
        return next((one for one in self.programs if one.program == program), None)


def outlooks(read_at: datetime | None = None) -> Outlooks:
    """Return the forecasts; raise `NotTold` where none was made.

    `read_at` is as of when figures are, where that is known already.
    """
    read_at = read_at or check_counted()
    found: defaultdict[str, dict[str, list[Ahead]]] = defaultdict(lambda: defaultdict(list))
    last_on = None
    for row in Forecast.objects.order_by("program", "measure", "days"):
        found[row.program][row.measure].append(_ahead(row))
        last_on = row.last_on
    if last_on is None:
        raise NotTold(NO_FORECAST)
    whole, *programs = (
        Outlook(code or None, *(tuple(parts[measure]) for measure in Measure))
        for code, parts in found.items()
    )
    return Outlooks(last_on, read_at, whole, tuple(programs))


def forecast_as_data(found: Outlooks, language: Language) -> dict[str, Any]:
    """Return the forecasts, in all and by program."""
    return {
        "last_on": found.last_on.isoformat(),
        "as_of": found.read_at.isoformat(),
        **_both(found.whole),
        "programs": [
            {"program": code, "name": name_of_program(code)[language], **_both(one)}
            for one in found.programs
            if (code := one.program)
        ],
    }


def _ahead(row: Forecast) -> Ahead:
    record = None
    if row.scored is not None:
        errors = (row.error or 0.0, row.last_value_error or 0.0, row.seasonal_error or 0.0)
        record = TrackRecord(row.scored, *errors, row.inside or 0.0)
    return Ahead(
        days=row.days,
        on=row.last_on + timedelta(days=row.days),
        level=row.level,
        known_days=row.known_days,
        needed_days=row.needed_days,
        expected=row.expected,
        low=row.low,
        high=row.high,
        record=record,
    )


def _both(outlook: Outlook) -> dict[str, Any]:
    return {
        "waiting": [_as_data(one) for one in outlook.waiting],
        "backlog": [_as_data(one) for one in outlook.backlog],
    }


def _as_data(one: Ahead) -> dict[str, Any]:
    record = one.record
    return {
        "days": one.days,
        "on": one.on.isoformat(),
        "now": one.level,
        "expected": one.expected,
        "low": one.low,
        "high": one.high,
        "known_days": one.known_days,
        "needed_days": one.needed_days,
        "track_record": record
        and {
            "scored": record.scored,
            "error": round(record.error, 1),
            "last_value_error": round(record.last_value_error, 1),
            "seasonal_error": round(record.seasonal_error, 1),
            "inside": share_of(record.inside),
        },
    }
