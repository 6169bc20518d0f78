"""An assessment's rules as they are in force on a day: answers in, values out, step by step."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from parvis.engines.rules.kinds import Kind, Value
from parvis.engines.rules.operations import Derived
from parvis.engines.rules.placeholders import placeholders
from parvis.engines.rules.tables import Gives, Row, Table
from parvis.lib.dates import day
from parvis.lib.text import Text

Answers = Mapping[str, Value]
"""What somebody answered, by the input's name; an input that is not there is unknown."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way in which a person can change answers: what it writes, and how far it goes."""

    name: str
    writes: tuple[str, ...]
    """The inputs that change together."""
    reads: tuple[str, ...]
    """Where each of them stands now: itself, or what is derived from it."""
    kind: Kind
    says: Text
    says_one: Text | None = None
    """What to say of a difference of one; else `says`."""
    only_up: bool = True
    until: Value = None
    when_given: bool = False
    unless: str | None = None
    """Not a way where this answer is known."""


@dataclass(frozen=True, slots=True)
class Input:
    """One answer that an assessment asks for."""

    name: str
    kind: Kind
    label: Text
    ask: Text | None = None
    help: Text | None = None
    assumed: Value = None
    """What an answer that is not there is taken for; None leaves it unknown."""
    assumed_because: Text | None = None
    member: str | None = None
    """Which of a set it is of, where one is asked of each."""
    all_of_them: Text | None = None
    """How the answers for all members of the set are called together, where that has a name."""
    instead_of: str | None = None
    """Another input that says the same otherwise; only one of the two is given."""
    typical: tuple[int, int] | None = None
    """Between what most people lie: where people are made up, they are made up so."""
    share: float = 0.5
    """Of a yes or no: how many people say yes, where people are made up."""
    future: bool = False
    """Whether a day may lie after the day of the assessment."""


@dataclass(frozen=True, eq=False)
class Ask:
    """A value that another assessment gives, asked with answers of this one."""

    name: str
    assessment: "Assessment"
    gives: str
    given: tuple[tuple[str, str], ...]
    """Its inputs, and the values here that answer them."""
    needs: tuple[str, ...]
    """Those of them without which it is not asked."""
    day: str | None
    """The day whose rules it is asked by; that of the assessment where it is not known."""
    kind: Kind

    def work_out(self, of: Mapping[str, Value], on: date) -> "Values | None":
        """Ask the other assessment; None where nothing is known to ask it with."""
        if any(of[name] is None for name in self.needs):
            return None
        day = of[self.day] if self.day else None
        answers = {name: of[here] for name, here in self.given}
        return self.rules(day if isinstance(day, date) else on).work_out(answers, on)

    def rules(self, on: date) -> "Rules":
        """Return the other assessment's rules of a day; before its first, those."""
        editions = self.assessment.editions
        return self.assessment.on(max(on, editions[0].since))


Step = Derived | Table | Ask


@dataclass(frozen=True, slots=True)
class Values:
    """What came of some answers: every value by name, and the row that each table chose."""

    of: dict[str, Value]
    rows: dict[str, Row | None]
    asked: dict[str, "Values"]
    """What other assessments said, by the name of the value that it was asked for."""
    doubtful: set[str]
    """The values and tables that rest on what is not verified."""


@dataclass(frozen=True, eq=False)
class Rules:
    """An assessment's rules from a day on, in the order in which they are asked."""

    since: date
    steps: tuple[Step, ...]
    kinds: Mapping[str, Kind]
    labels: Mapping[str, Text]
    inputs: Mapping[str, Input]
    ways: tuple[Way, ...]
    leaves: Mapping[str, tuple[str, ...]]
    """The inputs on which each value rests."""
    wants: Mapping[str, tuple[str, ...]]
    """The values that each value waits for while it is not known."""
    answer: str
    """The value that the assessment is about: `points.total`, `met.eligible`."""
    totals: tuple[str, ...]
    """The points and outcomes that a result tells, in their order."""
    outcomes: tuple[str, ...] = ()
    """Those of them that are met where some tables are."""

    def work_out(self, answers: Answers, on: date) -> Values:
        """Work out every value from these answers."""
        of: dict[str, Value] = {"on": on}
        for name, asked in self.inputs.items():
            given = answers.get(name)
            of[name] = asked.assumed if given is None else given
        found = Values(of, {}, {}, set())
        for step in self.steps:
            self._take(step, found, on)
        return found

    def _take(self, step: "Step", found: Values, on: date) -> None:
        of = found.of
        if isinstance(step, Derived):
            of[step.name] = step.of([of[name] for name in step.operands])
            if found.doubtful and not found.doubtful.isdisjoint(step.took(of)):
                found.doubtful.add(step.name)
        elif isinstance(step, Table):
            row = step.row_for(tuple([of[column] for column in step.columns]))
            found.rows[step.name] = row
            if step.gives is Gives.POINTS:
                of[step.points] = row.points if row else 0
                of[step.met] = row.met if row else None
            elif step.gives is Gives.MET:
                of[step.met] = row.met if row else None
            elif step.gives is Gives.VALUE:
                of[step.name] = row.value if row else None
            if (row and row.unverified) or (
                found.doubtful and not found.doubtful.isdisjoint(step.columns)
            ):
                found.doubtful.update((step.name, step.points, step.met))
        else:
            said = step.work_out(of, on)
            of[step.name] = said.of[step.gives] if said else None
            if said:
                found.asked[step.name] = said
                if step.gives in said.doubtful:
                    found.doubtful.add(step.name)

    @staticmethod
    def key_of(name: str) -> str:
        """Return the key under which a total is told: its name without what it gives."""
        return name.removeprefix("points.").removeprefix("met.")

    def told_by(self, table: Table) -> tuple[str, ...]:
        """Return the names of all that a table's finding can speak of."""
        return self._told_by[table.name]

    @cached_property
    def _told_by(self) -> dict[str, tuple[str, ...]]:
        found = {}
        for step in self.steps:
            if isinstance(step, Table):
                leaves = (leaf for column in step.columns for leaf in self.leaves[column])
                texts = (row.because for row in step.rows if row.because)
                spoken = (name for text in texts for name in sorted(placeholders(text)))
                names = dict.fromkeys((*step.columns, *leaves, *spoken))
                found[step.name] = tuple(name for name in names if name in self.kinds)
        return found


class NoRulesYet(LookupError):
    """The assessment has no rules on a day: its first came later."""

    def __init__(self, first: date) -> None:
        super().__init__(first)
        written = day(first).text
        self.message = Text(
            en=f"The rules start on {written.en}. Choose that day or a later one.",
            fr=f"Les règles commencent le {written.fr}. Choisissez ce jour ou un jour plus tard.",
        )


@dataclass(frozen=True, eq=False)
class Assessment:
    """A question that the rules settle, with its rules by the day each came into force."""

    code: str
    name: Text
    limits: Text
    """What it cannot know, and what to do then."""
    editions: tuple[Rules, ...]
    """In the order of their days."""
    versions: Mapping[str, date] = field(default_factory=dict)
    """Days by the name under which answers may ask for their rules."""
    rules_of: str | None = None
    """A day among the answers whose rules are asked; else that of the asking."""

    def of(self, answers: Answers, on: date) -> Rules:
        """Return the rules by which these answers are asked on a day; raise `NoRulesYet`."""
        day = answers.get(self.rules_of) if self.rules_of else None
        return self.on(day if isinstance(day, date) else on)

    def on(self, on: date) -> Rules:
        """Return the rules in force on a day; raise `NoRulesYet` before the first."""
        place = bisect_right(self.editions, on, key=lambda rules: rules.since)
        if place == 0:
            raise NoRulesYet(self.editions[0].since)
        return self.editions[place - 1]
