"""What a file of decision tables may say, with types; `loader` names the line of a mistake."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from parvis.engines.rules.kinds import Sort
from parvis.engines.rules.tables import Gives
from parvis.lib.text import Text
from parvis.programs.schema import Code, Flag, Strict

NAME = r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*"
Name = Annotated[str, Field(pattern=f"^{NAME}$", max_length=80)]
"""Lower-case words joined by underscores; a dot leads into a part: `spouse.education`."""
Ref = Annotated[str, Field(pattern=rf"^{NAME}(\.[A-Za-z0-9_]+)?$", max_length=80)]
"""A name, or a member of what goes by it: `first_clb.L`."""
Points = Annotated[int, Field(strict=True)]


class SourceSaid(Strict):
    """Where rules come from, and the day on which they were read there."""

    name: Text
    url: str | None = None
    on: date
    unverified: Flag = False


class KindSaid(Strict):
    """What may stand in an answer."""

    kind: Sort | Literal["country"]
    low: Annotated[Decimal | None, Field(alias="from")] = None
    high: Annotated[Decimal | None, Field(alias="to")] = None
    step: Decimal | None = None
    options: dict[str, Text] | None = None
    options_of: str | None = None
    """Another input or set, whose choices these are."""


class ChangeSaid(Strict):
    """How a person can change an answer; without it they cannot."""

    to: Literal["up", "any"] = "up"
    until: Any = None
    reads: Annotated[Name | None, Field(alias="from")] = None
    """The derived value from which a change starts, where that is not the answer itself."""
    when: Literal["given"] | None = None
    unless: Ref | None = None
    says: Text
    says_one: Text | None = None


class InputSaid(KindSaid):
    """One answer that an assessment asks for, or with `each` one for each member of a set."""

    label: Text
    ask: Text | None = None
    help: Text | None = None
    each: Name | None = None
    assumed: Any = None
    assumed_because: Text | None = None
    instead_of: Name | None = None
    """Another answer that says the same otherwise; people give one of the two."""
    typical: tuple[int, int] | None = None
    """Between what most people lie; people are made up so, to compare rules."""
    share: Annotated[float, Field(ge=0, le=1)] = 0.5
    """Of a yes or no: how many people say yes, where people are made up."""
    future: Flag = False
    """Whether a day may lie after the day of the assessment."""
    change: ChangeSaid | None = None
    parts: dict[Name, KindSaid] | None = None
    """Of a list: what each record holds."""


class DerivedSaid(Strict):
    """A value that comes from others: one operation and its operands.

    `{least: [a, b]}`; `{choose: language, en: a, fr: b}`; `{ask: language, for: clb, with: {…}}`.
    """

    model_config = ConfigDict(extra="allow", frozen=True)
    each: Name | None = None
    label: Text | None = None


class RowSaid(Strict):
    """One row: a cell for each column it cares about, and what follows."""

    model_config = ConfigDict(extra="allow", frozen=True)
    points: Points | list[Points] | None = None
    met: Flag | None = None
    value: Any = None
    refuse: Text | None = None
    because: Text | None = None
    source: str | None = None
    unverified: Flag = False


class VersionSaid(Strict):
    """A table's rows from a day on, and where they come from."""

    source: str | None = None
    unverified: Flag = False
    rows: Annotated[list[RowSaid], Field(min_length=1)]


class TableSaid(Strict):
    """One decision table with its versions by the day each came into force."""

    title: Text
    gives: Gives = Gives.POINTS
    value: KindSaid | None = None
    """Of a table that gives values: what they are."""
    each: Name | None = None
    columns: Annotated[list[Ref], Field(min_length=1)]
    across: dict[Ref, list[Any]] = Field(default_factory=dict, max_length=1)
    """A column whose values stand side by side: points are then a list in their order."""
    because: Text | None = None
    because_not: Text | None = None
    """What to tell of rows that are not met; else `because`."""
    unknown: Text | None = None
    quiet: Flag = False
    refuses: Ref | None = None
    """Of a table that refuses: the answer that is at fault."""
    at_most: int | Ref | None = None
    """Of an `each` table: the most that its members give together."""
    since: Annotated[dict[date, VersionSaid], Field(min_length=1)]


class TotalSaid(Strict):
    """A sum of points, capped by a number or by the value of that name."""

    label: Text
    sum: Annotated[list[Ref], Field(min_length=1)]
    at_most: int | Ref | None = None


class OutcomeSaid(Strict):
    """Met where all, or any, of some tables and outcomes are met."""

    label: Text
    all: list[Ref] | None = None
    any: list[Ref] | None = None

    @model_validator(mode="after")
    def all_or_any(self) -> Self:
        """Refuse an outcome of nothing, or of both."""
        if bool(self.all) == bool(self.any):
            raise ValueError("an outcome names `all` of what it needs, or `any`: give one of them")
        return self


class AssessmentSaid(Strict):
    """A question that rules settle."""

    code: Code
    name: Text
    limits: Text
    answer: Ref
    """The total or outcome that the assessment is about."""
    rules_of: Name | None = None
    """A day among the answers whose rules are asked, where it is not the day of the asking."""
    versions: dict[str, date] = Field(default_factory=dict)
    sets: dict[Name, dict[str, Text]] = Field(default_factory=dict)
    sources: dict[str, SourceSaid] = Field(default_factory=dict)
    inputs: dict[Name, InputSaid]
    derived: dict[Name, DerivedSaid] = Field(default_factory=dict)
    tables: dict[Name, TableSaid]
    totals: dict[Name, TotalSaid] = Field(default_factory=dict)
    outcomes: dict[Name, OutcomeSaid] = Field(default_factory=dict)
