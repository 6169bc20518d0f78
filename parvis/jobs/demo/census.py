"""How the department stood on the day its model was counted, read from the log file by file."""

from collections import defaultdict
from datetime import datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from parvis.casework.applications.past import waiting_at
from parvis.jobs.demo.published import COUNTED_ON
from parvis.programs import loader
from parvis.readers.tracker.page import Standing
from parvis.readers.tracker.standard import service_standard

ZONE = ZoneInfo("America/Toronto")
COUNTED_AT = datetime.combine(COUNTED_ON, time(23, 59, 59), ZONE)
"""The end of that day in Ottawa."""


class Count(NamedTuple):
    """Files that waited: within their standard, late, and without one, which are neither."""

    within: int = 0
    late: int = 0
    unmeasured: int = 0

    @property
    def share(self) -> float | None:
        """The share within the standard of those that have one; None where none has."""
        measured = self.within + self.late
        return self.within / measured if measured else None

    def plus(self, other: "Count") -> "Count":
        """Return both together."""
        return Count(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


_PLACE = {
    Standing.WITHIN: Count(within=1),
    Standing.LATE: Count(late=1),
    Standing.NONE: Count(unmeasured=1),
}


def count() -> dict[str, Count]:
    """Return the count of each program that had files waiting, by the rule of a file's own page."""
    counts: defaultdict[str, Count] = defaultdict(Count)
    for state in waiting_at(COUNTED_AT):
        line = service_standard(state, loader.program(state.program), COUNTED_AT)
        counts[state.program] = counts[state.program].plus(_PLACE[line.code])
    return dict(counts)


def total(counts: dict[str, Count]) -> Count:
    """Return all programs together."""
    whole = Count()
    for one in counts.values():
        whole = whole.plus(one)
    return whole
