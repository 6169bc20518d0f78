"""One pass over a log of case histories: what a first draft of its program needs to know."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from parvis.programs.schema import Columns


class LogEvent(Protocol):
    """What is read of an event."""

    @property
    def at(self) -> datetime: ...
    @property
    def activity(self) -> str: ...
    @property
    def lifecycle(self) -> str | None: ...


class LogCase(Protocol):
    """What is read of a case; `outcome` is that of a table with a row a case."""

    @property
    def events(self) -> Sequence[LogEvent]: ...
    @property
    def outcome(self) -> str | None: ...


@dataclass(slots=True)
class Seen:
    """How often one activity was seen, and where in its cases."""

    events: int = 0
    cases: int = 0
    begins: int = 0
    ends: int = 0
    places: float = 0.0
    """Sum, over the cases that have it, of how far through the case it first stands, 0 to 1."""

    @property
    def place(self) -> float:
        """Return how far through a case it usually first stands."""
        return self.places / self.cases if self.cases else 0.0


@dataclass
class LogSummary:
    """What one pass over a log saw."""

    cases: int = 0
    events: int = 0
    activities: dict[str, Seen] = field(default_factory=dict)
    lifecycles: Counter[str] = field(default_factory=Counter)
    offsets: Counter[int] = field(default_factory=Counter)
    """Events by minutes east of UTC, as the log wrote them."""
    clock: Counter[int] = field(default_factory=Counter)
    """Events by the minute of the day that they show."""
    columns: Columns | None = None
    """The columns of a table; None where the format names its own parts."""
    outcomes: Counter[str] = field(default_factory=Counter)
    """Values of the outcome column of a table with a row a case."""


def summarise(cases: Iterable[LogCase], *, columns: Columns | None = None) -> LogSummary:
    """Count, in one pass, what happens in a log: activities and their places, outcomes, offsets."""
    summary = LogSummary(columns=columns)
    a_row_a_case = columns is not None and columns.received is not None
    for case in cases:
        events = sorted(case.events, key=lambda event: event.at)
        summary.cases += 1
        summary.events += len(events)
        for event in events:
            offset = event.at.utcoffset()
            summary.offsets[int(offset.total_seconds() // 60) if offset else 0] += 1
            summary.clock[event.at.hour * 60 + event.at.minute] += 1
        if case.outcome is not None:
            summary.outcomes[case.outcome] += 1
        if events and not a_row_a_case:
            _count(events, summary)
    if summary.outcomes:  # A row a case: its two events only say received and decided.
        summary.activities.clear()
    return summary


def _count(events: Sequence[LogEvent], summary: LogSummary) -> None:
    first: dict[str, int] = {}
    for position, event in enumerate(events):
        seen = summary.activities.setdefault(event.activity, Seen())
        seen.events += 1
        if event.lifecycle:
            summary.lifecycles[event.lifecycle.lower()] += 1
        first.setdefault(event.activity, position)
    for activity, position in first.items():
        seen = summary.activities[activity]
        seen.cases += 1
        seen.places += position / len(events)
    summary.activities[events[0].activity].begins += 1
    summary.activities[events[-1].activity].ends += 1
