"""What a program's file may say, with types; `loader` reads it and names the line of a mistake."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator

from parvis.lib.text import Text
from parvis.programs.vocabulary import AnsweredBy, Does, SectionStatus, Status, Turn

CODE = r"[a-z0-9]+(-[a-z0-9]+)*"
Code = Annotated[str, Field(pattern=f"^{CODE}$", max_length=64)]
"""Lower-case words joined by hyphens: it stands in addresses and in the log."""
Days = Annotated[int, Field(strict=True, ge=1)]
Flag = Annotated[bool, Field(strict=True)]
Source = Annotated[str, Field(min_length=1)]
"""Where a fact comes from; `unverified` where nobody has found a source."""


class Strict(BaseModel):
    """A part of a program: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Standard(Strict):
    """The service standard from a date on: a share `target` decided within `days` or `months`."""

    days: Days | None = None
    months: Days | None = None
    target: Annotated[float, Field(strict=True, gt=0, le=1)]
    source: Source
    note: str | None = None
    """For those who keep the file (an assumption, a doubt); never shown to a client."""

    @model_validator(mode="after")
    def days_or_months(self) -> Self:
        """Refuse a standard with no length, or with two."""
        if (self.days is None) == (self.months is None):
            raise ValueError("a standard is counted in days or in months: give one of the two")
        return self


class PublishedTime(Strict):
    """How the published time is counted from a date on.

    The days within which a `share` of the files was decided that were decided in the last `weeks`
    or `months`.
    """

    share: Annotated[float, Field(strict=True, gt=0, lt=1)]
    weeks: Days | None = None
    months: Days | None = None
    source: Source
    note: str | None = None
    """For those who keep the file (an assumption, a doubt); never shown to a client."""

    @model_validator(mode="after")
    def weeks_or_months(self) -> Self:
        """Refuse a look back of no length, or of two."""
        if (self.weeks is None) == (self.months is None):
            raise ValueError("files are counted back in weeks or in months: give one of the two")
        return self


class FeePart(Strict):
    """One part of a fee; what only some people pay is said in its words."""

    for_: Annotated[Text, Field(alias="for")]
    amount: Annotated[Decimal, Field(gt=0, decimal_places=2)]
    """In Canadian dollars."""
    sometimes: Flag = False
    """Whether only some people pay it, so that it is no part of the sum."""


class Fee(Strict):
    """What one person pays to apply, from a date on."""

    parts: Annotated[tuple[FeePart, ...], Field(min_length=1)]
    source: Source
    note: str | None = None
    """For those who keep the file (an assumption, a doubt); never shown to a client."""

    @property
    def amount(self) -> Decimal:
        """Return what everybody pays, in Canadian dollars."""
        return sum((part.amount for part in self.parts if not part.sometimes), Decimal(0))

    @property
    def unverified(self) -> bool:
        """Whether nobody has found a source for it, or not for all of it."""
        return "unverified" in self.source


class Section(Strict):
    """One section: its name, and the sentence that says what we do while it is open."""

    name: Text
    doing: Text
    source: Source


class Document(Strict):
    """Something we may ask the client for."""

    name: Text
    task: Text
    """What the client must do, as a sentence with the verb first."""
    days_to_answer: Days
    stops_clock: Flag
    """Whether the service standard's clock stands still until the client answers."""
    answered_by: AnsweredBy = AnsweredBy.UPLOAD
    """A visit (an exam, a ceremony) is answered with its day, and with proof if there is any."""
    source: Source


class Office(Strict):
    """A place a file can be; at a partner (a visa application centre) the turn is theirs."""

    name: Text
    partner: Flag = False
    source: Source


class StatusWords(Strict):
    """How a status is told: its word, the headline, and what happens next."""

    name: Text
    headline: Text
    next: Text


class Activity(Strict):
    """How one activity of another system reads as ours.

    A `step` with a section is work on that section; `open`, `complete` and `exempt` need one, `ask`
    and `answer` need a document, `transfer` needs an office.
    """

    name: Text
    does: Does = Does.STEP
    section: Code | None = None
    document: Code | None = None
    office: Code | None = None
    officer_only: Flag = False
    ground: Code | None = None
    """Why what only officers see is kept from its client: a code of `_grounds.yaml`."""


class Columns(Strict):
    """Which columns of a table hold what: a row a case (received) or an event (activity, at)."""

    case: str
    received: str | None = None
    decided: str | None = None
    outcome: str | None = None
    activity: str | None = None
    at: str | None = None
    lifecycle: str | None = None


class History(Strict):
    """How histories kept by another system are read."""

    activities: dict[str, Activity] = Field(default_factory=dict)
    outcomes: dict[str, Does] = Field(default_factory=dict)
    """What each value of the outcome column did; `step` where it was not yet a decision."""
    columns: Columns | None = None


class Program(Strict):
    """A line of business as dated, sourced data."""

    code: Code
    line: Code
    name: Text
    time_zone: ZoneInfo
    service_standard: dict[date, Standard] = Field(default_factory=dict)
    """By the day each came into force; empty where none exists, and `no_standard` says so."""
    no_standard: Text | None = None
    published_time: dict[date, PublishedTime]
    """By the day from which it is counted so."""
    fee: dict[date, Fee] = Field(default_factory=dict)
    """By the day from which it is asked; empty where nobody has told."""
    how_to_apply: Text | None = None
    """What to do first, as sentences with the verb first."""
    sections: dict[Code, Section]
    documents: dict[Code, Document]
    offices: dict[Code, Office]
    statuses: dict[Status, StatusWords]
    section_statuses: dict[SectionStatus, Text]
    turns: dict[Turn, Text]
    dormant_after_days: Days
    history: History = History()
