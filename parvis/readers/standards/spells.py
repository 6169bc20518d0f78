"""A file's waiting laid out by days: one spell for each stretch in which it was open in one office.

Whether a file is late is asked at the end of a day. While the clock of its standard stands still,
the day until which it is within moves along with the days; so a late file stays late, a spell has
one day from which it is late, and to count the files of any day is to compare days.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from parvis.casework.applications.state import State, course
from parvis.casework.events.log import Happened
from parvis.programs.loader import standard_on
from parvis.programs.schema import Program, Standard
from parvis.programs.vocabulary import Status
from parvis.readers.standards.due import due_on, stood_still

_DECIDED = {Status.APPROVED, Status.REFUSED}
_NOWHERE = ZoneInfo("UTC")
_DAY = timedelta(days=1)


@dataclass(slots=True)
class Spell:
    """A stretch in which a file was open in one office; its days are the program's own.

    It waits at the end of every day from `opened_on` to before `closed_on`, late from `late_from`.
    """

    opened_on: date
    office: str
    """Its code; empty where the file was at none."""
    came: bool
    """Whether it began with a receipt or a reopening; if not, it goes on from the spell before."""
    measured: bool
    """Whether a standard was in force on the day of receipt."""
    closed_on: date | None = None
    left: bool = False
    """Whether the file was closed; if not, the next spell goes on: another office or day due."""
    decided_on: date | None = None
    """When it was approved or refused, by the decision that stands."""
    late_from: date | None = None
    """The day after the last within the standard; None while the clock stands still in time."""


def spells_of(
    happened: Iterable[Happened], programs: Mapping[str, Program]
) -> tuple[str, list[Spell]]:
    """Return the code of a file's program and the file's spells, oldest first; none if never
    received. A program that is not known any more has no standard, and its days are UTC's.
    """
    walk = None
    code = ""
    for state in course(happened):
        if walk is None:
            code = state.program
            walk = _Walk(state.received_at, programs.get(code))
        walk.go_on(state)
    return code, walk.spells() if walk else []


class _Walk:
    """One file, fact by fact and day by day."""

    def __init__(self, received_at: datetime, program: Program | None) -> None:
        self._received_at = received_at
        self._zone = program.time_zone if program else _NOWHERE
        received_on = received_at.astimezone(self._zone).date()
        self._standard: Standard | None = standard_on(program, received_on) if program else None
        self._spells: list[Spell] = []
        self._on = received_on
        self._is_open = False
        self._stood = timedelta()
        self._asked: timedelta | None = None
        self._told = received_on
        self._stopped_at: datetime | None = None

    def go_on(self, state: State) -> None:
        """Take in the state after one more fact."""
        # Where the hour goes back at midnight, a day comes twice: the first time is over for good.
        on = max(self._on, state.last_fact_at.astimezone(self._zone).date())
        if self._is_open and on > self._on:
            self._settle()
        self._on, self._stood, self._stopped_at = on, state.stopped, state.stopped_at
        office = state.office or ""
        if state.closed_at is not None:
            self._close(state)
        elif not self._is_open:
            self._open(office, came=True)
        elif self._spells[-1].office != office:
            self._spells[-1].closed_on = on
            self._open(office, came=False)

    def spells(self) -> list[Spell]:
        """Return the spells, the last as it will go on if nothing more happens."""
        if self._is_open:
            self._settle()
        # One that only passed through an office between two days waited there on none.
        return [
            one
            for one in self._spells
            if one.opened_on != one.closed_on or one.came or one.left or one.decided_on
        ]

    def _open(self, office: str, *, came: bool) -> None:
        measured = self._standard is not None
        self._spells.append(Spell(self._on, office, came=came, measured=measured))
        self._is_open = True

    def _settle(self) -> None:
        """Say from when the spell is late, as the file stands at the end of the day."""
        spell, late = self._spells[-1], self._late_from()
        if spell.opened_on == self._on:
            spell.late_from = late
        elif spell.late_from is None or spell.late_from >= self._on:
            spell.late_from = None if late is None else max(late, self._on)
        elif late is None or late > self._on:
            # It was late and is not: the hour changed while the clock stood still.
            spell.closed_on = self._on
            self._open(spell.office, came=False)
            self._spells[-1].late_from = late

    def _late_from(self) -> date | None:
        if self._standard is None:
            return None
        if self._stopped_at is None:
            return self._late_after(self._standard, self._stood)
        end = datetime.combine(self._on, time.max, self._zone)
        stood = stood_still(self._stood, self._stopped_at, self._zone, end)
        late = self._late_after(self._standard, stood)
        return None if late > self._on else late

    def _late_after(self, standard: Standard, stood: timedelta) -> date:
        """Return the day after the last within the standard; most facts leave it where it was."""
        if stood != self._asked:
            self._asked = stood
            self._told = due_on(standard, self._received_at, stood, self._zone) + _DAY
        return self._told

    def _close(self, state: State) -> None:
        if self._is_open:
            self._is_open = False
            spell, late = self._spells[-1], self._late_from()
            spell.closed_on, spell.left = self._on, True
            if spell.opened_on == self._on:
                spell.late_from = late
            elif late is not None and (spell.late_from is None or spell.late_from >= self._on):
                spell.late_from = max(late, self._on)
        if self._spells:
            # Another word on a closed file may decide it, or decide it otherwise: the last stands.
            if state.status not in _DECIDED:
                self._spells[-1].decided_on = None
            elif state.closed_at == state.last_fact_at:
                self._spells[-1].decided_on = self._on
