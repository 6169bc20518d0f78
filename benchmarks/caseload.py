"""Fill a house with files of every program: `python -m benchmarks.caseload FIRST COUNT`.

Received over eight years at every office, half of them asked for something, some transferred, most
decided, some late: so that every split has files to tell of.
"""

import sys
from datetime import UTC, datetime, timedelta

from parvis.jobs.cli.house import open_house

FACTS_A_FILE = 6
FIRST_DAY = datetime(2016, 1, 4, 15, tzinfo=UTC)
DAYS = 2_900
_BATCH = 2_000
_CROSSES = 7_919
"""A prime, so that neighbours in the log are years apart."""


def fill(first: int, count: int) -> None:
    """Open `count` files from the nth on."""
    from parvis.casework.applications.facts import (  # noqa: PLC0415 - in an open house
        Acknowledged,
        ClientAnswered,
        ClientAsked,
        Decided,
        Received,
        SectionOpened,
        StepRecorded,
        Transferred,
    )
    from parvis.casework.applications.histories import open_files  # noqa: PLC0415
    from parvis.casework.events.log import Happened  # noqa: PLC0415
    from parvis.programs import loader  # noqa: PLC0415
    from parvis.programs.vocabulary import Outcome  # noqa: PLC0415

    programs = list(loader.all_programs().values())
    asked = ClientAsked(document="police-certificate", stops_clock=True)
    answered = ClientAnswered(document="police-certificate")

    def history(n: int) -> list[Happened]:
        program = programs[n % len(programs)]
        offices = sorted(program.offices)
        began = FIRST_DAY + timedelta(days=n * _CROSSES % DAYS, minutes=n % 480)
        length = 10 + n * 31 % 700
        moves = Transferred(office=offices[(n // 3) % len(offices)]) if n % 4 == 0 else None
        ends = Decided(outcome=Outcome.REFUSED if n % 5 == 0 else Outcome.APPROVED)
        told = [
            Received(program=program.code, office=offices[n % len(offices)]),
            Acknowledged(),
            asked if n % 2 else SectionOpened(section="background"),
            answered if n % 2 else StepRecorded(),
            moves or StepRecorded(),
            StepRecorded() if n % 9 == 0 else ends,
        ]
        return [(began + i * timedelta(days=length) / 5, fact) for i, fact in enumerate(told)]

    for start in range(first, first + count, _BATCH):
        numbers = range(start, min(start + _BATCH, first + count))
        open_files(histories=[history(n) for n in numbers], by="benchmark")


if __name__ == "__main__":
    open_house()
    fill(int(sys.argv[1]), int(sys.argv[2]))
