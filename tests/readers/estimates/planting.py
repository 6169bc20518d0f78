"""Decided files in numbers, planted as another system's, for figures to be made of them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from parvis.casework.applications import histories
from parvis.casework.applications.foreign import ForeignCase, ForeignEvent, Reading
from parvis.programs import loader
from parvis.programs.schema import History
from parvis.programs.vocabulary import DECIDED, RECEIVED, Does

TORONTO = ZoneInfo("America/Toronto")
NOW = datetime(2024, 1, 12, 17, tzinfo=UTC)
"""Noon in Toronto."""
SINCE = datetime(2023, 9, 22, tzinfo=TORONTO)
"""When the sixteen weeks of a study permit begin that are looked back on at `NOW`."""
UNTIL = datetime(2024, 1, 12, tzinfo=TORONTO)
LATELY = datetime(2024, 1, 5, 15, tzinfo=TORONTO)

OUTCOMES = {
    "yes": Does.APPROVE,
    "no": Does.REFUSE,
    "back": Does.WITHDRAW,
    "silent": Does.ABANDON,
    "unknown": Does.CLOSE,
}
_numbers = count(1)


def plant(
    files: Iterable[tuple[datetime, datetime | None]],
    *,
    outcome: str = "yes",
    program: str = "study-permit",
) -> None:
    """Take in files received and ended at these moments; without an end, they wait."""
    reads = loader.program(program).model_copy(update={"history": History(outcomes=OUTCOMES)})
    cases = []
    for received, ended in files:
        events: list[ForeignEvent] = [(received, RECEIVED, None)]
        if ended is not None:
            events.append((ended, DECIDED, None))
        cases.append(ForeignCase(f"N-{next(_numbers)}", events, outcome))
    histories.take_in(program=program, cases=cases, reading=Reading(reads), by="test")


def decided(days: Sequence[int], *, outcome: str = "yes", program: str = "study-permit") -> None:
    """Plant files decided lately, each so many days after it came."""
    files = [(LATELY - timedelta(days=one), LATELY) for one in days]
    plant(files, outcome=outcome, program=program)
