"""Fill a house with made-up files: `python -m benchmarks.filling FIRST COUNT`, several at once.

They come the way of an import, by the house's own code, so that chains and states are real.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from benchmarks.importing import PROGRAM
from parvis.jobs.cli.house import open_house

FACTS_A_FILE = 6
_BATCH = 2_000
_FIRST_DAY = datetime(2015, 1, 5, 14, 30, tzinfo=UTC)
_COMMON = ("Create Fine", "Send Fine", "Insert Fine Notification", "Add penalty")
_ENDINGS = (
    ("Payment", "Payment"),
    ("Payment", "Send for Credit Collection"),
    ("Insert Date Appeal to Prefecture", "Send Appeal to Prefecture"),
)


def source_number(n: int) -> str:
    """Return the number that the other system gave to the nth file."""
    return f"S{n:07d}"


def history(n: int) -> list[tuple[datetime, str, str | None]]:
    """Return what happened to the nth file: six facts, spread over about two years."""
    at = _FIRST_DAY + timedelta(minutes=n * 7919 % 4_000_000)
    steps = (*_COMMON, *_ENDINGS[n % len(_ENDINGS)])
    return [
        (at + timedelta(days=i * (90 + n % 31)), name, "complete") for i, name in enumerate(steps)
    ]


def fill(first: int, count: int) -> None:
    """Take in `count` files from the nth on."""
    from parvis.casework.applications.foreign import ForeignCase, Reading  # noqa: PLC0415
    from parvis.casework.applications.histories import take_in  # noqa: PLC0415
    from parvis.programs import loader  # noqa: PLC0415

    program = loader.load_program(PROGRAM)
    reading = Reading(program)
    for numbers in _batches(first, count):
        cases = [ForeignCase(source_number(n), history(n), None) for n in numbers]
        taken = take_in(
            program=program.code, cases=cases, reading=reading, by=f"import:{program.code}"
        )
        if taken.added != len(numbers) * FACTS_A_FILE:
            raise RuntimeError(f"files {numbers} were there before")


def _batches(first: int, count: int) -> Iterator[range]:
    end = first + count
    return (range(n, min(n + _BATCH, end)) for n in range(first, end, _BATCH))


if __name__ == "__main__":
    open_house()
    fill(int(sys.argv[1]), int(sys.argv[2]))
