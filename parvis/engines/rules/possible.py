"""What values can still come to while some answers are not given: worked out without guessing.

What is told possible may turn out not to be, because columns are looked at one by one; what is
told settled is settled, whatever the answers to come.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from math import prod
from typing import Any

from parvis.engines.rules.cells import ANY, Cell
from parvis.engines.rules.kinds import Value, number
from parvis.engines.rules.operations import OPERATIONS, Derived
from parvis.engines.rules.rules import Answers, Ask, Rules, Step
from parvis.engines.rules.tables import Gives, Row, Table

_KEEP_WHAT_IS_KNOWN = frozenset(OPERATIONS) - {"enough_days_on"} | {"choose"}
"""Operations that give something known where all that they get is."""
_MOST_TRIED = 64
"""Combinations of operands that are worked out one by one; of more, anything is possible."""


@dataclass(frozen=True, slots=True)
class Span:
    """Any number from the low one to the high one, both included."""

    low: Any
    high: Any


@dataclass(frozen=True, slots=True)
class Anything:
    """Any value of its kind; `or_unknown` where it may also stay unknown."""

    or_unknown: bool = False


Possible = frozenset[Any] | Span | Anything
"""The values that can come; None among them is that it stays unknown."""


@dataclass(frozen=True, eq=False)
class Outlook:
    """What each value of an assessment can still come to, and which rows can still hold."""

    of: Mapping[str, Possible]
    rows: Mapping[str, tuple[Row, ...]]
    """By the table's name."""

    def settled(self, name: str) -> bool:
        """Tell whether a value can be only one."""
        return only(self.of[name]) is not None


def only(possible: Possible) -> tuple[Value] | None:
    """Return the one value that is possible, in a tuple; None where there are more."""
    if isinstance(possible, Span):
        return (possible.low,) if possible.low == possible.high else None
    if isinstance(possible, Anything) or len(possible) != 1:
        return None
    (value,) = possible
    return (value,)


def can_be(possible: Possible, values: Collection[Value]) -> bool:
    """Tell whether a value can come to one of these."""
    if isinstance(possible, Anything):
        return True
    if isinstance(possible, Span):
        return any(possible.low <= number(value) <= possible.high for value in values)
    return not possible.isdisjoint(values)


def must_be(possible: Possible, values: Collection[Value]) -> bool:
    """Tell whether a value can come to none but these."""
    found = only(possible)
    return (
        found[0] in values if found else isinstance(possible, frozenset) and possible <= {*values}
    )


def look_ahead(rules: Rules, answers: Answers, on: date, *, open_to: Collection[str]) -> Outlook:
    """Work out what every value can come to.

    `open_to` are the inputs that somebody may still answer; another without an answer stays
    unknown, or what it is assumed to be.
    """
    of: dict[str, Possible] = {"on": frozenset([on])}
    for name, asked in rules.inputs.items():
        given = answers.get(name)
        if given is None and name in open_to:
            of[name] = Anything()
        else:
            of[name] = frozenset([asked.assumed if given is None else given])
    rows: dict[str, tuple[Row, ...]] = {}
    for step in rules.steps:
        if isinstance(step, Derived):
            of[step.name] = _derived(step, [of[name] for name in step.operands])
        elif isinstance(step, Ask):
            of[step.name] = _asked(step, of, on)
        else:
            found, none_holds = _rows(step, [of[column] for column in step.columns])
            rows[step.name] = found
            of.update(_given(step, found, none_holds=none_holds))
    return Outlook(of, rows)


def open_inputs(rules: Rules, outlook: Outlook, targets: Iterable[str]) -> frozenset[str]:
    """Return the inputs that may still change one of these values; every other can be skipped."""
    found: set[str] = set()
    todo, seen = list(targets), set[str]()
    while todo:
        name = todo.pop()
        if name in seen or outlook.settled(name):
            continue
        seen.add(name)
        step = _steps(rules).get(name)
        if step is None:
            found.add(name)
        elif isinstance(step, Derived):
            todo += step.operands
        elif isinstance(step, Ask):
            todo += _names_asked(step)
        else:
            todo += _columns_that_matter(step, outlook.rows[step.name])
    return frozenset(found)


def _columns_that_matter(table: Table, rows: Sequence[Row]) -> Iterable[str]:
    """Yield the columns of which a row that can still hold wants something."""
    for place, column in enumerate(table.columns):
        if any(row.cells[place] != ANY for row in rows):
            yield column


@cache
def _steps(rules: Rules) -> dict[str, Step]:
    """Return the step that gives each value."""
    found: dict[str, Step] = {}
    for step in rules.steps:
        if isinstance(step, Table):
            found |= dict.fromkeys(_names(step), step)
        else:
            found[step.name] = step
    return found


def _names(table: Table) -> tuple[str, ...]:
    if table.gives is Gives.POINTS:
        return table.points, table.met
    if table.gives is Gives.REFUSE:
        return ()
    return (table.met if table.gives is Gives.MET else table.name,)


def _rows(table: Table, columns: Sequence[Possible]) -> tuple[tuple[Row, ...], bool]:
    """Return the rows that can hold, and whether it can be that none does."""
    known = [only(column) for column in columns]
    if all(one is not None for one in known):
        row = table.row_for(tuple(one[0] for one in known if one))
        return ((row,), False) if row else ((), True)
    rows = tuple(row for row in table.rows if all(map(_could_hold, row.cells, columns)))
    return rows, not rows or any(map(_may_stay_unknown, columns))


def _may_stay_unknown(possible: Possible) -> bool:
    if isinstance(possible, Anything):
        return possible.or_unknown
    return isinstance(possible, frozenset) and None in possible


def _could_hold(cell: Cell, possible: Possible) -> bool:
    """Tell whether a cell can hold; of what stays unknown it may, where all rows say the same."""
    if isinstance(possible, frozenset):
        return any(value is None or cell.holds(value) for value in possible)
    if isinstance(possible, Anything) or cell.known:
        return True
    return any(possible.low <= number(value) <= possible.high for value in cell.values) or any(
        (range_.low is None or range_.low <= possible.high)
        and (range_.high is None or range_.high >= possible.low)
        for range_ in cell.ranges
    )


def _given(table: Table, rows: Sequence[Row], *, none_holds: bool) -> dict[str, Possible]:
    nothing = [None] if none_holds else []
    if table.gives is Gives.POINTS:
        points = frozenset([*(row.points for row in rows), *(0 for _ in nothing)])
        met = frozenset([*(row.met for row in rows), *nothing])
        return {table.points: points, table.met: met}
    if table.gives is Gives.REFUSE:
        return {}
    if table.gives is Gives.MET:
        return {table.met: frozenset([*(row.met for row in rows), *nothing])}
    return {table.name: frozenset([*(row.value for row in rows), *nothing])}


def _asked(step: Ask, of: Mapping[str, Possible], on: date) -> Possible:
    """Return what another assessment can say: what it says once all it is asked with is settled."""
    known = {name: only(of[name]) for name in _names_asked(step)}
    if not all(known.values()):
        return Anything(or_unknown=True)
    said = step.work_out({name: one[0] for name, one in known.items() if one}, on)
    return frozenset([said.of[step.gives] if said else None])


def _names_asked(step: Ask) -> tuple[str, ...]:
    names = (*(here for _, here in step.given), *step.needs, *([step.day] if step.day else ()))
    return tuple(dict.fromkeys(names))


def _derived(step: Derived, operands: Sequence[Possible]) -> Possible:
    if special := _BY_WORD.get(step.word):
        return special(step, operands)
    sets = [operand for operand in operands if isinstance(operand, frozenset)]
    if len(sets) == len(operands) and prod(map(len, sets)) <= _MOST_TRIED:
        return frozenset(step.of(values) for values in product(*sets))
    lost = step.word not in _KEEP_WHAT_IS_KNOWN or any(map(_may_stay_unknown, operands))
    return Anything(or_unknown=lost)


def _total(step: Derived, operands: Sequence[Possible]) -> Possible:
    """Return the sums that can come; the least and the most, as points only add up."""
    if any(isinstance(operand, Anything) for operand in operands):
        return Anything()
    ends = [_ends(operand) for operand in operands if not isinstance(operand, Anything)]
    low, high = ([end[side] for end in ends] for side in (0, 1))
    return Span(step.of(low), step.of(high))


def _ends(possible: frozenset[Any] | Span) -> tuple[Any, Any]:
    if isinstance(possible, Span):
        return possible.low, possible.high
    numbers = [value or 0 for value in possible]
    return min(numbers), max(numbers)


def _all(step: Derived, operands: Sequence[Possible]) -> Possible:
    return _three_valued(operands, stops=False)


def _any(step: Derived, operands: Sequence[Possible]) -> Possible:
    return _three_valued(operands, stops=True)


def _three_valued(operands: Sequence[Possible], *, stops: bool) -> Possible:
    """Return what can come of yes and no: one that stops decides, else unknown where one is."""
    held = [o if isinstance(o, frozenset) else _yes_or_no(o) for o in operands]
    if any(o == frozenset([stops]) for o in held):
        return frozenset([stops])
    found: set[bool | None] = set()
    if any(stops in o for o in held):
        found.add(stops)
    if all((not stops) in o for o in held):
        found.add(not stops)
    if any(None in o for o in held) and all(o - {stops} for o in held):
        found.add(None)
    return frozenset(found)


def _yes_or_no(possible: Possible) -> frozenset[bool | None]:
    return frozenset([True, False, None] if _may_stay_unknown(possible) else [True, False])


_BY_WORD: dict[str, Callable[[Derived, Sequence[Possible]], Possible]] = {
    "total": _total,
    "all": _all,
    "any": _any,
}
