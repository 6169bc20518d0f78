"""What a program's file may say, with types; `loader` reads it and names line and field of a mistake."""

from datetime import date
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from parvis.lib.text import Text
from parvis.programs.vocabulary import Does, SectionStatus, Status, Turn

Code = str


class Strict(BaseModel):
    """A part of a program: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Standard(Strict):
    """The service standard in force from a date: a share `target` decided within `days` or `months`."""

    days: int | None = None
    months: int | None = None
    target: float
    source: str
    note: str | None = None


class Section(Strict):
    """One section: its name, and the sentence that says what we do while it is open."""

    name: Text
    doing: Text
    source: str


class Document(Strict):
    """Something we may ask the client for."""

    name: Text
    task: Text
    """What the client must do, as a sentence with the verb first."""
    days_to_answer: int
    stops_clock: bool


class Office(Strict):
    """A place a file can be; at a partner (a visa application centre, a province) the turn is theirs."""

    name: Text
    partner: bool = False


class StatusWords(Strict):
    """How a status is told: its word, the headline, and what happens next."""

    name: Text
    headline: Text
    next: Text


class Activity(Strict):
    """How one activity of another system reads as ours."""

    name: Text
    does: Does = Does.STEP
    section: Code | None = None
    document: Code | None = None
    office: Code | None = None
    officer_only: bool = False


class Columns(Strict):
    """Which columns of a table hold what; either received/decided or activity/at."""

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
    columns: Columns | None = None


class Program(Strict):
    """A line of business as dated, sourced data."""

    code: Code
    line: Code
    name: Text
    time_zone: ZoneInfo
    service_standard: dict[date, Standard]
    """By the day each came into force; empty where no standard exists, then `no_standard` says so."""
    no_standard: Text | None = None
    sections: dict[Code, Section]
    documents: dict[Code, Document]
    offices: dict[Code, Office]
    statuses: dict[Status, StatusWords]
    section_statuses: dict[SectionStatus, Text]
    turns: dict[Turn, Text]
    dormant_after_days: int
    history: History = History()
