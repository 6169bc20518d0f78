"""What the API tells of a whole file and of who looked at it. A test keeps it with the reader."""

from datetime import date, datetime

from ninja import Schema

from parvis.api.schemas import Named
from parvis.casework.notices.status import State, Way
from parvis.casework.people.policies import Act, Capacity
from parvis.lib.text import Language
from parvis.readers.held.page import Doer


class MomentOut(Schema):
    """A moment, and how people say it."""

    at: datetime
    on: date
    time: str


class EntryOut(Schema):
    """One fact: what happened, when, when it was recorded, and who did it; never a name."""

    seq: int
    kind: str
    sentence: str
    happened: MomentOut
    recorded: MomentOut
    same_day: bool
    doer: Doer
    by: str


class DocumentOut(Schema):
    """A document that was sent, as it is kept."""

    id: int
    document: Named
    what: str
    media_type: str
    size: int
    sha256: str
    sent: MomentOut
    name: str
    kept: bool


class AskedOut(Schema):
    """Something that was asked for, and what became of it."""

    document: Named
    asked_on: date
    due_on: date | None
    outcome: str


class GivenOut(Schema):
    """The dates that were given on one day."""

    told_on: date
    half_on: date
    most_on: date
    sentence: str


class MessageOut(Schema):
    """A message that was sent about the application; never its address."""

    id: int
    at: MomentOut
    way: Way
    sentence: str
    state: State
    became: str


class WithheldOut(Schema):
    """How many entries are withheld on one ground; never what they say."""

    ground: str
    count: int
    counted: str
    name: str
    means: str
    sections: str
    source: str


class LookOut(Schema):
    """Somebody looked: in what role, and when."""

    id: int
    happened: MomentOut
    capacity: Capacity
    act: Act
    sentence: str


class LooksDayOut(Schema):
    """Who looked on one day, the latest first."""

    on: date
    lines: list[LookOut]


class LooksOut(Schema):
    """Who looked, the latest first, fifty at a time."""

    number: str
    program: Named
    days: list[LooksDayOut]
    first: bool
    next: int | None
    """What to give as `before` for the earlier ones."""


class AccessesOut(LooksOut):
    """Who looked, in the language asked for."""

    language: Language


class YouOut(Schema):
    """What is kept of the client as a person."""

    name: str
    language: str
    email: str | None


class WholeFileOut(Schema):
    """All that is held on an application, in the language asked for."""

    language: Language
    number: str
    source_number: str | None
    program: Named
    status: Named
    office: Named | None
    received_on: date
    as_of: MomentOut
    you: YouOut | None
    entries: list[EntryOut]
    """In the order in which they happened."""
    counted: str
    documents: list[DocumentOut]
    asked: list[AskedOut]
    given: list[GivenOut]
    messages: list[MessageOut]
    """The latest first."""
    withheld: list[WithheldOut]
    looks: LooksOut
