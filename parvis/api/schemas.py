"""What the API's answers hold: the tracker's fields, typed. A test keeps the two together."""

from datetime import date, datetime
from typing import Literal

from ninja import Schema

from parvis.lib.text import Language
from parvis.programs.vocabulary import AnsweredBy, SectionStatus, Status, Turn
from parvis.readers.estimates.told import Known
from parvis.readers.tracker.page import Forecast, Similar, Standing


class Named(Schema):
    """Something with a code and a name."""

    code: str
    name: str


class StatusOut(Schema):
    """Where the file stands."""

    code: Status
    name: str


class TurnOut(Schema):
    """Whose move it is."""

    code: Turn
    sentence: str


class RequestOut(Schema):
    """Something the client still has to do."""

    document: Named
    task: str
    answered_by: AnsweredBy
    asked_on: date
    due_on: date | None
    overdue: bool


class SectionStatusOut(Schema):
    """Where a section stands."""

    code: SectionStatus
    name: str


class SectionOut(Schema):
    """One section of the review."""

    code: str
    name: str
    status: SectionStatusOut
    sentence: str


class HistoryOut(Schema):
    """One thing that happened."""

    at: datetime
    on: date
    kind: str
    sentence: str
    officer_only: bool
    new: bool
    """We learned it since your last visit."""


class StandardOut(Schema):
    """The service standard, and how the file stands against it."""

    code: Standing
    sentences: list[str]
    days: int | None
    months: int | None
    target: float | None
    source: str | None
    due_on: date | None
    clock_stopped: bool


class TimeOut(Schema):
    """How long decided files of a program took: a look back, and no promise."""

    sentences: list[str]
    basis: list[str]
    """How it was counted."""
    share: float | None
    days: int | None
    """Within so many days that share of the files was decided, from receipt to decision."""
    time: str | None
    """The same in the unit people use, rounded up."""
    files: int | None
    decided_from: date | None
    decided_to: date | None
    as_of: date | None
    dots: list[int]
    """Twenty lengths in days, each for a twentieth of the decided files."""


class SimilarOut(TimeOut):
    """How long files like this one took; of a closed one, how long it took itself."""

    code: Similar
    days_so_far: int


class EstimateOut(Schema):
    """By when this application is decided, as its client was told: never a date that has passed."""

    code: Forecast
    sentences: list[str]
    changed: list[str]
    """What was said before, and why it is no longer so."""
    basis: list[str]
    """How it is known."""
    half_on: date | None
    """Half of the applications like it are decided by then."""
    most_on: date | None
    """Four in five of them are decided by then."""
    told_on: date | None
    reached: int | None
    """Applications of the year before that were seen to wait at least as long."""
    decided: int | None
    """How many of these were decided."""
    unsure: bool
    """Decisions had become slower when it was told."""
    dots: list[int]
    """Twenty lengths in days since receipt, each for a twentieth of the applications like it."""


class OfficeTimeOut(Schema):
    """How long an application takes that comes to one office today, where that differs."""

    office: str
    name: str
    half_days: int
    half_time: str
    most_days: int
    most_time: str
    reached: int
    decided: int


class NewTimeOut(Schema):
    """How long an application takes that comes today."""

    code: Known
    sentences: list[str]
    basis: list[str]
    """What it was counted from."""
    half_days: int | None
    """Within so many days half of them are decided, from receipt."""
    half_time: str | None
    """The same in the unit people use, the nearest."""
    most_days: int | None
    """Within so many days four in five of them are decided."""
    most_time: str | None
    reached: int | None
    """Applications of the last twelve months that it rests on."""
    decided: int | None
    """How many of these were decided."""
    unsure: bool
    """Decisions have slowed down lately."""
    wide: bool
    """The two times are far apart."""
    as_of: date | None
    dots: list[int]
    """Twenty lengths in days, each for a twentieth of the new applications."""
    offices: list[OfficeTimeOut]
    """Those where it takes clearly longer or shorter than everywhere."""


class ProgramTimeOut(TimeOut):
    """The times of one program: of a new application, and as a look back the published one."""

    program: str
    name: str
    line: str
    code: Known
    """Whether there is a published time."""
    new: NewTimeOut


class ProcessingTimesOut(Schema):
    """The times of all programs, in the language asked for."""

    language: Language
    programs: list[ProgramTimeOut]


class ApplicationOut(Schema):
    """One file, in the language asked for."""

    language: Language
    number: str
    source_number: str | None
    program: Named
    status: StatusOut
    headline: str
    turn: TurnOut
    next: str
    requests: list[RequestOut]
    sections: list[SectionOut]
    history: list[HistoryOut]
    """Newest first."""
    office: Named | None
    service_standard: StandardOut
    estimate: EstimateOut
    similar: SimilarOut
    received_on: date
    closed_on: date | None
    updated_on: date


class Problem(Schema):
    """Why there is no answer, in the language asked for."""

    code: Literal[
        "garbled",
        "key_refused",
        "lacking",
        "no_figure",
        "no_token",
        "not_found",
        "not_kept",
        "not_signed_in",
        "not_understood",
        "other_door",
        "refused",
        "several",
        "staff_only",
        "too_large",
    ]
    detail: str
