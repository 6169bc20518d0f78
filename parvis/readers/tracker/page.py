"""What a file's page holds: plain values, every sentence in both languages."""

from datetime import datetime
from enum import StrEnum

from parvis.lib.dates import Day
from parvis.lib.text import Text
from parvis.lib.values import value
from parvis.programs.vocabulary import AnsweredBy, SectionStatus, Status, Turn
from parvis.readers.estimates.told import Told


@value()
class Named:
    """Something with a code and a name: a program, a document, an office."""

    code: str
    name: Text


@value()
class StatusLine:
    """Where the file stands, in one word."""

    code: Status
    name: Text


@value()
class TurnLine:
    """Whose move it is, as a sentence."""

    code: Turn
    sentence: Text


@value()
class RequestLine:
    """Something the client still has to do."""

    document: Named
    task: Text
    answered_by: AnsweredBy
    asked_on: Day
    due_on: Day | None
    overdue: bool


@value()
class SectionStatusLine:
    """Where a section stands, in one word."""

    code: SectionStatus
    name: Text


@value()
class SectionLine:
    """One section: its status word and one plain sentence."""

    code: str
    name: Text
    status: SectionStatusLine
    sentence: Text


@value()
class HistoryLine:
    """One fact, told. `at` is in the program's time zone."""

    at: datetime
    on: Day
    kind: str
    sentence: Text
    officer_only: bool
    new: bool
    """We learned it since the reader's last visit."""


@value()
class FileLine:
    """One file in a list."""

    number: str
    program: Named
    status: StatusLine
    headline: Text
    turn: TurnLine
    received_on: Day


class Standing(StrEnum):
    """How a file stands against its service standard."""

    NONE = "none"
    WITHIN = "within"
    LATE = "late"
    DECIDED_WITHIN = "decided_within"
    DECIDED_LATE = "decided_late"
    NOT_DECIDED = "not_decided"
    """It ended without a decision, which no standard counts."""
    UNTOLD = "untold"
    """It ended in another system, which did not tell whether by a decision."""


@value()
class StandardLine:
    """The service standard of a file: what it promises, until when, and how it is kept."""

    code: Standing
    sentences: tuple[Text, ...]
    days: int | None = None
    months: int | None = None
    target: float | None = None
    source: str | None = None
    due_on: Day | None = None
    """The day it was received, the standard, and the time that its clock stood still."""
    clock_stopped: bool = False


class Similar(StrEnum):
    """What can be said of how long files like this one took."""

    KNOWN = "known"
    TOO_FEW = "too_few"
    """Fewer than thirty were decided lately: no time is given."""
    NOT_YET = "not_yet"
    """Nothing has been counted yet."""
    DECIDED = "decided"
    """This one is decided: it says how long it took itself."""
    ENDED = "ended"
    """This one ended without a decision that we know of."""


@value(kw_only=True)
class SimilarLine(Told):
    """How long decided files of the same program took. It looks back, and is no forecast."""

    code: Similar
    days_so_far: int
    """From receipt to today; of a closed file, to its end."""


class Forecast(StrEnum):
    """What can be said of when this file is decided."""

    GIVEN = "given"
    PASSED = "passed"
    """The date that was given has passed, and no new one has been counted yet."""
    NONE = "none"
    """None was given: too few files like it were decided, or nothing was counted yet."""
    OVER = "over"
    """It is closed."""


@value(kw_only=True)
class EstimateLine:
    """By when this file is decided, as its client was told."""

    code: Forecast
    sentences: tuple[Text, ...] = ()
    changed: tuple[Text, ...] = ()
    """What was said before, and why it is no longer so."""
    basis: tuple[Text, ...] = ()
    """How it is known."""
    half_on: Day | None = None
    most_on: Day | None = None
    told_on: Day | None = None
    reached: int | None = None
    """Files of the year before that were seen to wait at least as long."""
    decided: int | None = None
    """How many of these were decided."""
    unsure: bool = False
    """Decisions had become slower when it was told."""
    dots: tuple[int, ...] = ()
    """Twenty lengths in days since receipt, each for a twentieth of the files like it."""


@value(kw_only=True)
class FilePage:
    """One file as its reader sees it."""

    number: str
    source_number: str | None
    program: Named
    status: StatusLine
    headline: Text
    turn: TurnLine
    next: Text
    requests: tuple[RequestLine, ...]
    sections: tuple[SectionLine, ...]
    history: tuple[HistoryLine, ...]
    """Newest first."""
    office: Named | None
    service_standard: StandardLine
    estimate: EstimateLine
    similar: SimilarLine
    received_on: Day
    closed_on: Day | None
    updated_on: Day
