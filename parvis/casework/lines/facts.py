"""What can happen to a line. Each line is a subject of the log.

A line's terms are kept whole with the fact: they are the department's own words about a service,
and what was promised on a day is counted with the hours of that day. Whoever works on a line is
told by their number.
"""

from dataclasses import dataclass

from parvis.casework.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class LineOpened(Fact):
    """A line takes contacts from now on; `terms` is JSON, as `programs/support_lines` reads it."""

    KIND = "line.opened"
    code: str
    terms: str
    like: str | None = None
    """The template, or the line, that it was opened like."""


@dataclass(frozen=True, kw_only=True)
class LineChanged(Fact):
    """Its hours, words, channels or targets are others from now on."""

    KIND = "line.changed"
    terms: str


@dataclass(frozen=True, kw_only=True)
class LineStaffed(Fact):
    """Somebody works on it from now on, as their own line or `lent` by the lines that are."""

    KIND = "line.staffed"
    agent: int
    lent: bool = False


@dataclass(frozen=True, kw_only=True)
class AgentReturned(Fact):
    """Somebody works on it no more: they went back to their own lines, or left this one."""

    KIND = "line.agent-returned"
    agent: int


@dataclass(frozen=True, kw_only=True)
class LineClosed(Fact):
    """It takes nothing new any more; what came on it stays to be read."""

    KIND = "line.closed"
