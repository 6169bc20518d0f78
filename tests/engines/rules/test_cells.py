"""A cell wants the same values for a person, for the engine, and for arrays."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
import zen

from parvis.engines.rules.cells import Cell, CellRefused, as_float, as_json, read_cell
from parvis.engines.rules.kinds import DATE, DECIMAL, WHOLE, YES_NO, Kind, Sort, Value
from parvis.lib.text import Text

COLOURS = Kind(Sort.CHOICE, options={one: Text(one, one) for one in ("red", "green", "blue")})
NAMED = frozenset({"red"})
WHOLES: list[Value] = [None, -1, 0, 4, 5, 6, 9, 10, 11]
DECIMALS: list[Value] = [None, *map(Decimal, ("4", "4.5", "5.99", "6", "6.5", "0.1"))]
DATES: list[Value] = [None, date(2024, 3, 31), date(2024, 4, 1), date(2025, 1, 1)]
CELLS: list[tuple[Any, Kind, list[Value], list[Value]]] = [
    (5, WHOLE, WHOLES, [5]),
    ("5..9", WHOLE, WHOLES, [5, 6, 9]),
    ("5..<9", WHOLE, WHOLES, [5, 6]),
    (">= 5", WHOLE, WHOLES, [5, 6, 9, 10, 11]),
    ("< 0", WHOLE, WHOLES, [-1]),
    ("<= 4", WHOLE, WHOLES, [-1, 0, 4]),
    ([4, "9..10", "unknown"], WHOLE, WHOLES, [None, 4, 9, 10]),
    (["< 0", "> 10"], WHOLE, WHOLES, [-1, 11]),
    ("any", WHOLE, WHOLES, WHOLES),
    ("known", WHOLE, WHOLES, WHOLES[1:]),
    ("unknown", WHOLE, WHOLES, [None]),
    ("4.5..<6", DECIMAL, DECIMALS, [Decimal("4.5"), Decimal("5.99")]),
    (6.5, DECIMAL, DECIMALS, [Decimal("6.5")]),
    (0.1, DECIMAL, DECIMALS, [Decimal("0.1")]),
    (">= 2024-04-01", DATE, DATES, [date(2024, 4, 1), date(2025, 1, 1)]),
    ("2024-03-31..2024-04-01", DATE, DATES, [date(2024, 3, 31), date(2024, 4, 1)]),
    (True, YES_NO, [None, True, False], [True]),
    ([False, "unknown"], YES_NO, [None, True, False], [None, False]),
    ("red", COLOURS, [None, "red", "green", "blue"], ["red"]),
    ("other", COLOURS, [None, "red", "green", "blue"], ["green", "blue"]),
    (["red", "blue", "unknown"], COLOURS, [None, "red", "green", "blue"], [None, "red", "blue"]),
]


def by_engine(cell: Cell, value: Value) -> bool:
    """Ask the engine as a table does: an empty cell is one that it does not look at."""
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": "i", "field": "c", "name": "c"}],
        "outputs": [{"id": "o", "field": "row", "name": "row"}],
        "rules": [{"_id": "1", "i": cell.as_zen(), "o": "1"}],
    }
    nodes = [
        ("in", "inputNode", {}),
        ("t", "decisionTableNode", content),
        ("out", "outputNode", {}),
    ]
    graph = {
        "nodes": [
            {"id": id_, "name": id_, "type": sort, "content": what, "position": {"x": 0, "y": 0}}
            for id_, sort, what in nodes
        ],
        "edges": [
            {"id": "a", "type": "edge", "sourceId": "in", "targetId": "t"},
            {"id": "b", "type": "edge", "sourceId": "t", "targetId": "out"},
        ],
    }
    decision = zen.ZenEngine().create_decision(json.dumps(graph))
    return bool(decision.evaluate(f'{{"c": {as_json(value)}}}')["result"])


@pytest.mark.parametrize(("said", "kind", "values", "wanted"), CELLS, ids=str)
def test_a_cell_wants_these_values_and_no_others(
    said: Any, kind: Kind, values: list[Value], wanted: list[Value]
) -> None:
    cell = read_cell(said, kind, NAMED)
    assert [value for value in values if cell.holds(value)] == wanted
    assert [value for value in values if by_engine(cell, value)] == wanted
    mask = cell.mask(np.array([as_float(value, kind) for value in values]), kind)
    assert [value for value, holds in zip(values, mask, strict=True) if holds] == wanted


@pytest.mark.parametrize(
    ("said", "kind", "message"),
    [
        ("five", WHOLE, "is not a number"),
        (4.5, WHOLE, "not a whole number"),
        ("9..5", WHOLE, "holds nothing"),
        ("2024-13-01", DATE, "a date as 2024-04-01"),
        ("yes", YES_NO, "not true, false"),
        ("pink", COLOURS, "none of: red, green, blue"),
    ],
)
def test_what_no_cell_can_hold_is_refused_with_what_may_stand_there(
    said: Any, kind: Kind, message: str
) -> None:
    with pytest.raises(CellRefused, match=message):
        read_cell(said, kind, NAMED)
