"""A decision table in force: columns and rows, and the one row that a person's values choose."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

import zen

from parvis.engines.rules.cells import Cell, as_json
from parvis.engines.rules.kinds import Kind, Value
from parvis.lib.text import Text

_REMEMBERED = 50_000
"""Choices a table remembers: an answer seldom has more values, and the engine takes 0.3 ms."""


WHATEVER_COMES = Text(
    "Your other answers do not change this.", "Vos autres réponses n’y changent rien."
)


class Gives(StrEnum):
    """What the rows of a table give."""

    POINTS = "points"
    MET = "met"
    VALUE = "value"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from, and on what day it was read there."""

    name: Text
    url: str | None
    on: date
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it wants of each column, and what follows."""

    number: int
    """From 1, as it stands in its file."""
    cells: tuple[Cell, ...]
    source: Source
    because: Text | None
    points: int = 0
    met: bool | None = None
    value: Value = None
    refuse: Text | None = None
    unverified: bool = False

    def holds(self, values: Sequence[Value]) -> bool:
        """Tell whether every cell wants its value."""
        return all(map(Cell.holds, self.cells, values))

    def could_hold(self, values: Sequence[Value]) -> bool:
        """Tell whether every cell wants its value, or may want one that is not known yet."""
        return all(v is None or cell.holds(v) for cell, v in zip(self.cells, values, strict=True))


class TableBroken(RuntimeError):
    """The engine chose no row, or another than the table's own cells do."""


@dataclass(frozen=True, eq=False)
class Table:
    """A table as it is in force; `name` ends in a member where the file says `each`."""

    name: str
    title: Text
    gives: Gives
    columns: tuple[str, ...]
    kinds: tuple[Kind, ...]
    rows: tuple[Row, ...]
    member: Text | None = None
    unknown: Text | None = None
    """What to tell where what it needs is not known."""
    quiet: bool = False
    """Whether it is only a step on the way, of which nothing is told."""
    refuses: str | None = None
    """Of a table that refuses: the answer that is at fault."""
    _remembered: dict[tuple[Value, ...], Row | None] = field(default_factory=dict, repr=False)
    _waits: dict[tuple[Value, ...], tuple[str, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def points(self) -> str:
        """The name of the points that it gives."""
        return f"points.{self.name}"

    @cached_property
    def met(self) -> str:
        """The name of whether it is met."""
        return f"met.{self.name}"

    def row_for(self, values: tuple[Value, ...]) -> Row | None:
        """Return the row that holds for these values; None where too few of them are known."""
        try:
            return self._remembered[values]
        except KeyError:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            found = self._remembered[values] = self._decide(values)
            return found

    def waits_for(self, values: tuple[Value, ...]) -> tuple[str, ...]:
        """Return the unknown columns that keep the table from being settled.

        They are those in which the rows still differ that hold for what is known.
        """
        try:
            return self._waits[values]
        except KeyError:
            if len(self._waits) >= _REMEMBERED:
                self._waits.clear()
        left = [row.cells for row in self.rows if row.could_hold(values)]
        found = self._waits[values] = tuple(
            column
            for place, column in enumerate(self.columns)
            if values[place] is None and len({cells[place] for cells in left}) > 1
        )
        return found

    def _decide(self, values: tuple[Value, ...]) -> Row | None:
        context = ",".join(f'"c{n}":{as_json(value)}' for n, value in enumerate(values))
        chosen = self._decision.evaluate(f"{{{context}}}")["result"].get("row")
        if chosen is None:
            if None not in values:
                raise TableBroken(f"{self.name} has no row for {values}")
            return self._whatever_comes(values)
        row = self.rows[int(chosen)]
        if not row.holds(values):
            raise TableBroken(f"{self.name}, row {row.number}, does not hold for {values}")
        return row

    def _whatever_comes(self, values: tuple[Value, ...]) -> Row | None:
        """Return what every row says that can still hold, where they all say the same.

        Not of points: what nobody answered gives none, and is told to be unknown.
        """
        if self.gives not in (Gives.MET, Gives.VALUE):
            return None
        left = [row for row in self.rows if row.could_hold(values)]
        if len({(row.met, row.value) for row in left}) != 1:
            return None
        doubtful = any(row.unverified for row in left)
        return replace(left[0], because=WHATEVER_COMES, unverified=doubtful)

    @cached_property
    def _decision(self) -> zen.ZenDecision:
        return zen.ZenEngine().create_decision(json.dumps(self.as_jdm()))

    def as_jdm(self) -> dict[str, Any]:
        """Return the table as a JSON Decision Model, which other tools of that format read."""
        names = [f"c{n}" for n in range(len(self.columns))]
        table = {
            "hitPolicy": "first",
            "inputs": [
                {"id": name, "field": name, "name": column}
                for name, column in zip(names, self.columns, strict=True)
            ],
            "outputs": [{"id": "row", "field": "row", "name": "row"}],
            "rules": [
                {"_id": str(row.number), "row": str(place)}
                | {name: cell.as_zen() for name, cell in zip(names, row.cells, strict=True)}
                for place, row in enumerate(self.rows)
            ],
        }
        nodes: tuple[tuple[str, str, dict[str, Any]], ...] = (
            ("in", "inputNode", {}),
            ("table", "decisionTableNode", table),
        )
        return {
            "nodes": [
                {"id": code, "name": code, "type": sort, "content": content}
                | {"position": {"x": 0, "y": 0}}
                for code, sort, content in (*nodes, ("out", "outputNode", {}))
            ],
            "edges": [
                {"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b}
                for a, b in (("in", "table"), ("table", "out"))
            ],
        }
