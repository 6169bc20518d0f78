"""What the API tells of service standards, inventory and backlog, typed."""

from datetime import date, datetime

from ninja import Schema

from parvis.lib.text import Language
from parvis.readers.standards.behind import Kind


class WaitingOut(Schema):
    """Files received and not closed at the end of a day."""

    inventory: int
    """Those that have a service standard."""
    within: int
    late: int
    share: float | None
    """Within, of the inventory; 0 to 1, null where no file has a standard."""
    without_standard: int


class DecidedOut(Schema):
    """Files approved or refused in some days."""

    count: int
    """Those that have a service standard."""
    within: int
    late: int
    share: float | None
    """Within, of the count; 0 to 1, null where no file has a standard."""
    without_standard: int


class MeasuresOut(Schema):
    """Both measures of the same files."""

    waiting: WaitingOut
    decided: DecidedOut


class CountsOut(Schema):
    """What waits: the inventory is what is within its standard and the backlog."""

    inventory: int
    within: int
    backlog: int
    without_standard: int
    waiting: int
    """The inventory and those without a standard."""


class ProgramNamed(Schema):
    """Which program."""

    program: str
    name: str


class OfficeNamed(Schema):
    """Which office: null is none, `*` those of few files together."""

    office: str | None
    name: str


class MonthNamed(Schema):
    """Which calendar month, up to the day asked."""

    month: str
    since: date
    to: date


class ProgramMeasures(ProgramNamed, MeasuresOut):
    """Both measures of a program."""


class OfficeMeasures(OfficeNamed, MeasuresOut):
    """Both measures of an office."""


class MonthMeasures(MonthNamed, MeasuresOut):
    """Both measures of a month: what waited at its end, and what was decided in it."""


class ProgramCounts(ProgramNamed, CountsOut):
    """What waits in a program."""


class OfficeCounts(OfficeNamed, CountsOut):
    """What waits at an office."""


class MonthCounts(MonthNamed, CountsOut):
    """What waited at the end of a month."""


class _OfADay(Schema):
    language: Language
    on: date
    as_of: datetime
    """When the log was read: what was recorded later is not in it."""
    decided_from: date
    decided_to: date


class StandardsOut(_OfADay, MeasuresOut):
    """Both measures, in all and by every split."""

    programs: list[ProgramMeasures]
    offices: list[OfficeMeasures]
    months: list[MonthMeasures]


class BacklogOut(_OfADay, CountsOut):
    """Inventory and backlog, in all and by every split."""

    programs: list[ProgramCounts]
    offices: list[OfficeCounts]
    months: list[MonthCounts]


class TrackRecordOut(Schema):
    """How far past forecasts were from what came, in files on average, beside two simple ones."""

    scored: int
    error: float
    last_value_error: float
    seasonal_error: float
    inside: float
    """The share of what came that was in the range; it should be 0.8."""


class AheadOut(Schema):
    """How many files there will be; no numbers where fewer days are known than it takes."""

    days: int
    on: date
    now: int
    expected: int | None
    low: int | None
    high: int | None
    known_days: int
    needed_days: int | None
    track_record: TrackRecordOut | None


class OutlookOut(Schema):
    """Forecasts of all that waits, and of the backlog, the nearest first."""

    waiting: list[AheadOut]
    backlog: list[AheadOut]


class ProgramOutlook(ProgramNamed, OutlookOut):
    """The forecasts of a program."""


class ForecastOut(OutlookOut):
    """The forecasts, in all and by program."""

    language: Language
    last_on: date
    as_of: datetime
    programs: list[ProgramOutlook]


class FileOut(Schema):
    """A file behind a figure."""

    number: str
    program: str
    office: str | None
    received_on: date
    there_since: date
    """Since when it had been open at that office."""
    late_from: date | None
    decided_on: date | None


class FilesOut(Schema):
    """Files behind a figure, and where those that follow begin."""

    kind: Kind
    on: date
    since: date
    files: list[FileOut]
    next: str | None
