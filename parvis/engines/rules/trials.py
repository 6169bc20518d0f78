"""Answers worth trying for an input: one for each way in which the tables can take it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from parvis.engines.rules.cells import Cell
from parvis.engines.rules.domains import examples
from parvis.engines.rules.kinds import Kind, Sort, Value
from parvis.engines.rules.rules import Rules
from parvis.engines.rules.tables import Table

_LONG_AGO = timedelta(days=3_650)


def trials(among: Iterable[Rules], name: str, on: date) -> Sequence[Value]:
    """Return answers to try for an input, from low to high or in the order of its choices.

    Of choices that no table tells apart, one is tried.
    """
    asking = [rules for rules in among if name in rules.inputs]
    kind = asking[0].inputs[name].kind
    cells = [cell for rules in asking for cell in _cells(rules, name, kind)]
    if kind.sort is Sort.LIST:
        return [()]
    if kind.sort is Sort.DATE and not cells:
        return [on - _LONG_AGO, on]
    found: dict[tuple[bool, ...], Value] = {}
    for value in examples(kind, cells):
        found.setdefault(tuple(cell.holds(value) for cell in cells), value)
    return list(found.values())


def _cells(rules: Rules, name: str, kind: Kind) -> Iterator[Cell]:
    """Yield the cells that a value of this input meets, as itself or as what is derived from it."""
    for step in rules.steps:
        if isinstance(step, Table):
            for place, column in enumerate(step.columns):
                alike = step.kinds[place].sort is kind.sort
                if column == name or (alike and name in rules.leaves.get(column, ())):
                    yield from (row.cells[place] for row in step.rows)
