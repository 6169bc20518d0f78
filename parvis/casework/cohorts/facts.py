"""What can happen to a door. Each cohort is a subject of the log; who is in it is told in none."""

from dataclasses import dataclass
from datetime import date

from parvis.casework.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DoorOpened(Fact):
    """The new door was opened to some clients: a share (of 10,000), a program, or a list."""

    KIND = "door.opened"
    to: str
    share: int | None = None
    program: str | None = None
    clients: int | None = None
    """How many were named."""


@dataclass(frozen=True, kw_only=True)
class DoorRaised(Fact):
    """It is open to more: a greater share, or more who were named. Who was in is in."""

    KIND = "door.raised"
    share: int | None = None
    clients: int | None = None


@dataclass(frozen=True, kw_only=True)
class DoorStopped(Fact):
    """It is closed to those clients again."""

    KIND = "door.stopped"


@dataclass(frozen=True, kw_only=True)
class DoorCounted(Fact):
    """Figures of a day that another system counted, at either door."""

    KIND = "door.counted"
    door: str
    day: date
    sign_ins: int | None = None
    tasks: int | None = None
    enquiries: int | None = None
    ratings: int | None = None
    easy: int | None = None
