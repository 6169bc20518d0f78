"""The courses that files of a program take: a hundred a program, so that every share is a count.

A course is what happens, one fact after another, and not yet when. Each is legal by the tables of
statuses and sections, and so is any beginning of it.
"""

from enum import Enum, auto
from itertools import chain
from typing import NamedTuple

from numpy.random import Generator

from parvis.casework.applications import facts
from parvis.casework.events.facts import Fact
from parvis.jobs.demo import assumed
from parvis.jobs.demo.assumed import Habits
from parvis.programs.schema import Program
from parvis.programs.vocabulary import Outcome

COURSES = 100
_LAST = {"ceremony"}
"""Sections that only those come to whose application is granted."""
_AGAIN = "eligibility"
"""The section with which a reopened file begins, where the program has it."""
_SECTION_OF = {
    "biometrics-appointment": "biometrics",
    "medical-exam": "medical",
    "police-certificate": "background",
    "updated-passport": "background",
    "travel-history": "background",
    "language-test-result": "language",
    "physical-presence": "presence",
    "citizenship-test": "test",
    "citizenship-ceremony": "ceremony",
}
"""Where a document is asked for; the others, and those whose section a program lacks, elsewhere."""


class Before(Enum):
    """What the time before a step is."""

    WORK = auto()
    ANSWER = auto()
    SILENCE = auto()
    CLOSED = auto()


class Step(NamedTuple):
    """A fact, what comes before it, and how much of the work that is, against other steps."""

    fact: Fact
    before: Before = Before.WORK
    work: float = 1.0


class Course(NamedTuple):
    """What happens to a file after its receipt at an office. The last step closes it."""

    office: str | None
    steps: tuple[Step, ...]


Block = list[Step]
"""Steps that stay together."""


def courses(program: Program, habits: Habits, rng: Generator) -> list[Course]:
    """Return a program's courses, each taken by one file of a hundred."""
    endings = (
        ["approve"] * habits.approved
        + ["reopen"] * habits.reopened
        + ["refuse"] * (habits.refused - habits.reopened)
        + ["withdraw"] * habits.withdrawn
        + ["abandon"] * habits.abandoned
    )
    quiet = set(rng.choice(COURSES, habits.quiet, replace=False).tolist())
    return [
        _Draft(program, habits, rng).course(ending, quiet=number in quiet)
        for number, ending in enumerate(endings)
    ]


class _Draft:
    """One course while it is drawn."""

    def __init__(self, program: Program, habits: Habits, rng: Generator) -> None:
        self._program = program
        self._habits = habits
        self._rng = rng
        offices = [code for code, office in program.offices.items() if not office.partner]
        abroad = [code for code in offices if code.startswith("visa-office")]
        self._partners = [code for code, office in program.offices.items() if office.partner]
        self._offices = abroad if habits.from_abroad and abroad else offices
        self._office = None if self._happens(assumed.NO_OFFICE) else self._one_of(self._offices)

    def course(self, ending: str, *, quiet: bool) -> Course:
        """Return a course with this ending."""
        received_at = self._office
        granted = ending == "approve"
        blocks = [
            block
            for section in self._program.sections
            if granted or section not in _LAST
            if (block := self._section(section))
        ]
        if ending in {"withdraw", "abandon"} or (ending == "refuse" and self._habits.short):
            blocks = blocks[: int(self._rng.integers(0, len(blocks) + 1))]
        blocks = self._moved(blocks)
        last = self._ending(ending)
        if quiet:
            # Whatever is left of the work is done, or not, before anything else is recorded.
            last[0] = last[0]._replace(work=20.0)
        begin = [Step(facts.Acknowledged(), work=0.2)]
        return Course(received_at, tuple(chain(begin, *blocks, last)))

    def _section(self, section: str) -> Block:
        """Return the work on a section; none where nobody looks at it."""
        chance = self._rng.random()
        if chance < (exempted := assumed.EXEMPTED.get(section, 0.0)):
            return [Step(facts.SectionExempted(section=section), work=0.2)]
        untouched = assumed.UNTOUCHED_WHERE_SHORT if self._habits.short else {}
        if chance < exempted + untouched.get(section, 0.0):
            return []
        steps = [Step(facts.SectionOpened(section=section))]
        for document in self._documents_of(section):
            if self._happens(assumed.ASKED.get(document, assumed.ASKED_ELSE)):
                answered = facts.ClientAnswered(document=document)
                steps += [self._asked(document, section), Step(answered, Before.ANSWER)]
        return [*steps, Step(facts.SectionCompleted(section=section))]

    def _moved(self, blocks: list[Block]) -> list[Block]:
        """Return the blocks with the transfers between them, in an order that offices allow."""
        moves: list[Block] = []
        if self._happens(assumed.TO_ANOTHER_OFFICE) and (others := self._other_offices()):
            moves.append([self._to(self._one_of(others))])
        if self._partners and self._happens(assumed.BY_WAY_OF_PARTNER):
            moves.append([self._to(self._one_of(self._partners)), self._to(self._back())])
        places = sorted(self._rng.integers(0, len(blocks) + 1, len(moves)).tolist(), reverse=True)
        moved = list(blocks)
        for place, move in zip(places, reversed(moves), strict=True):
            moved.insert(place, move)
        return moved

    def _ending(self, ending: str) -> Block:
        refused = Step(facts.Decided(outcome=Outcome.REFUSED))
        if ending == "refuse":
            return [refused]
        if ending == "withdraw":
            return [Step(facts.Withdrawn())]
        if ending == "abandon":
            asked = self._one_of(
                [code for code, one in self._program.documents.items() if not one.stops_clock]
            )
            return [self._asked(asked, None), Step(facts.Abandoned(), Before.SILENCE)]
        approved = Step(facts.Decided(outcome=Outcome.APPROVED))
        if ending == "approve":
            return [approved]
        section = _AGAIN if _AGAIN in self._program.sections else next(iter(self._program.sections))
        return [
            refused,
            Step(facts.Reopened(), Before.CLOSED),
            Step(facts.SectionOpened(section=section)),
            Step(facts.SectionCompleted(section=section)),
            approved if self._happens(0.5) else refused,
        ]

    def _documents_of(self, section: str) -> list[str]:
        sections = self._program.sections
        elsewhere = _AGAIN if _AGAIN in sections else "background"
        return [
            code
            for code in self._program.documents
            if (place if (place := _SECTION_OF.get(code)) in sections else elsewhere) == section
        ]

    def _asked(self, document: str, section: str | None) -> Step:
        stops_clock = self._program.documents[document].stops_clock
        return Step(facts.ClientAsked(document=document, section=section, stops_clock=stops_clock))

    def _to(self, office: str) -> Step:
        self._office = office
        return Step(facts.Transferred(office=office, partner=self._program.offices[office].partner))

    def _other_offices(self) -> list[str]:
        return [code for code in self._offices if code != self._office]

    def _back(self) -> str:
        return self._one_of(self._offices)

    def _happens(self, share: float) -> bool:
        return bool(self._rng.random() < share)

    def _one_of(self, codes: list[str]) -> str:
        return codes[int(self._rng.integers(len(codes)))]
