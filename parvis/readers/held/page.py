"""What the page of a whole file holds: plain values, every sentence in both languages."""

from dataclasses import dataclass
from enum import StrEnum

from parvis.casework.people.policies import Act, Capacity
from parvis.lib.dates import Day, Moment
from parvis.lib.text import Text
from parvis.readers.tracker.page import Named


class Doer(StrEnum):
    """Who did something, as far as anybody is told: never a name."""

    YOU = "you"
    ADULT = "adult"
    """Another of the adults on the application."""
    REPRESENTATIVE = "representative"
    AGENT = "agent"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    STAFF = "staff"
    """Somebody else who works here, or who no longer does."""
    SYSTEM = "system"
    OTHER_SYSTEM = "other-system"


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One fact: what happened, when, when we recorded it, and who did it."""

    seq: int
    kind: str
    sentence: Text
    happened: Moment
    recorded: Moment
    same_day: bool
    """It was recorded on the day it happened, so that one date says both."""
    doer: Doer
    by: Text


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document that was sent, as we keep it; its own name was not kept."""

    id: int
    document: Named
    what: Text
    media_type: str
    size: int
    """Bytes."""
    sha256: str
    sent: Moment
    name: str
    """What it is called when it is saved."""
    kept: bool
    """Whether its contents are there; False would be a loss, which is said."""


@dataclass(frozen=True, slots=True)
class AskedLine:
    """Something that was asked for, and what became of it."""

    document: Named
    asked_on: Day
    due_on: Day | None
    outcome: Text


@dataclass(frozen=True, slots=True)
class GivenLine:
    """The dates that were given on one day."""

    told_on: Day
    half_on: Day
    most_on: Day
    sentence: Text


@dataclass(frozen=True, slots=True)
class WithheldLine:
    """How many entries are kept back on one ground; never what they say."""

    ground: str
    count: int
    counted: Text
    name: Text
    means: Text
    sections: Text
    """The sections of the two acts, cited."""
    source: Text
    """Where the section can be read."""


@dataclass(frozen=True, slots=True)
class LookLine:
    """Somebody looked at the file, or took it along: in what role, never who."""

    id: int
    happened: Moment
    capacity: Capacity
    act: Act
    sentence: Text


@dataclass(frozen=True, slots=True)
class LooksDay:
    """Who looked on one day, the latest first."""

    on: Day
    lines: tuple[LookLine, ...]


@dataclass(frozen=True, slots=True)
class LooksPage:
    """Who looked at a file, the latest first, some at a time."""

    number: str
    program: Named
    days: tuple[LooksDay, ...]
    first: bool
    next: int | None
    """After which access the earlier ones begin; None where there are none."""


@dataclass(frozen=True, slots=True)
class YouLine:
    """What is kept of the client as a person."""

    name: str
    language: Text
    """The language that we write to them in."""
    email: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPage:
    """All that is held on a file, for its client."""

    number: str
    source_number: str | None
    program: Named
    status: Named
    office: Named | None
    received_on: Day
    as_of: Moment
    you: YouLine | None
    entries: tuple[EntryLine, ...]
    """In the order in which they happened."""
    counted: Text
    """How many entries and documents there are."""
    documents: tuple[DocumentLine, ...]
    asked: tuple[AskedLine, ...]
    given: tuple[GivenLine, ...]
    withheld: tuple[WithheldLine, ...]
    looks: LooksPage
