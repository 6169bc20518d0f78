"""Values derived from others, by a closed set of operations: for one person, and for arrays."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from parvis.engines.rules.kinds import DATE, DECIMAL, WHOLE, YES_NO, Kind, Value
from parvis.engines.rules.presence import asked

Scalars = Sequence[Any]


def _least(values: Scalars) -> Value:
    return None if None in values else min(values)


def _most(values: Scalars) -> Value:
    return None if None in values else max(values)


def _sum(values: Scalars) -> Value:
    return None if None in values else sum(values)


def _minus(values: Scalars) -> Value:
    return None if None in values else values[0] - values[1]


def _times(values: Scalars) -> Value:
    return None if None in values else values[0] * values[1]


def _first_known(values: Scalars) -> Value:
    return next((value for value in values if value is not None), None)


def _whole_years(values: Scalars) -> Value:
    return None if values[0] is None else int(values[0]) // 12


def _is_whole(values: Scalars) -> Value:
    return None if values[0] is None else values[0] == int(values[0])


def _all(values: Scalars) -> Value:
    if any(value is False for value in values):
        return False
    return None if None in values else True


def _any(values: Scalars) -> Value:
    if any(value is True for value in values):
        return True
    return None if None in values else False


def _count(values: Scalars) -> Value:
    return sum(value is True for value in values)


def _years_between(values: Scalars) -> Value:
    """Return the full years from one day to another: an age."""
    if None in values:
        return None
    start, end = values
    return int(end.year - start.year - ((end.month, end.day) < (start.month, start.day)))


def _days_between(values: Scalars) -> Value:
    return None if None in values else int((values[1] - values[0]).days)


def _same(kinds: Sequence[Kind]) -> Kind:
    return kinds[0]


@dataclass(frozen=True, slots=True)
class Operation:
    """How a value comes from others: for one person, and of which kind."""

    of: Callable[[Scalars], Value]
    kind: Callable[[Sequence[Kind]], Kind]
    operands: int | None = None
    """How many there must be; None for any number."""


OPERATIONS: dict[str, Operation] = {
    "least": Operation(_least, _same),
    "most": Operation(_most, _same),
    "sum": Operation(_sum, lambda kinds: Kind(kinds[0].sort)),
    "minus": Operation(_minus, lambda kinds: Kind(kinds[0].sort), 2),
    "times": Operation(_times, lambda kinds: Kind(kinds[0].sort), 2),
    "first_known": Operation(_first_known, _same),
    "whole_years": Operation(_whole_years, lambda kinds: WHOLE, 1),
    "is_whole": Operation(_is_whole, lambda kinds: YES_NO, 1),
    "years_between": Operation(_years_between, lambda kinds: WHOLE, 2),
    "days_between": Operation(_days_between, lambda kinds: WHOLE, 2),
    "all": Operation(_all, lambda kinds: YES_NO),
    "any": Operation(_any, lambda kinds: YES_NO),
    "count": Operation(_count, lambda kinds: WHOLE),
    "days_present": Operation(
        asked.counted(lambda found: asked.plainly(found.total)),
        lambda kinds: DECIMAL,
        asked.OPERANDS,
    ),
    "days_as_resident": Operation(
        asked.counted(lambda found: found.as_resident), lambda kinds: WHOLE, asked.OPERANDS
    ),
    "half_days": Operation(
        asked.counted(lambda found: asked.plainly(found.counted_before)),
        lambda kinds: DECIMAL,
        asked.OPERANDS,
    ),
    "days_away": Operation(
        asked.counted(lambda found: found.away), lambda kinds: WHOLE, asked.OPERANDS
    ),
    "enough_days_on": Operation(asked.enough, lambda kinds: DATE, asked.OPERANDS),
}
"""By the word that a file uses; an operation gets its operands' values in their order."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A value that comes from others; `word` and `told` are how its file says so."""

    name: str
    operands: tuple[str, ...]
    kind: Kind
    of: Callable[[Scalars], Value]
    word: str
    told: Any = None
    """What the word needs besides operands: a cap, the choices in their order, a constant."""

    def took(self, values: Mapping[str, Value]) -> tuple[str, ...]:
        """Return the operands on which the value rests: of a choice, only the one chosen."""
        if self.word == "choose":
            selected = values[self.operands[0]]
            if selected is None:
                return self.operands[:1]
            return (self.operands[0], self.operands[1 + self.told.index(selected)])
        if self.word == "first_known":
            known = (name for name in self.operands if values[name] is not None)
            return tuple(islice(known, 1))
        return self.operands


def total(name: str, operands: tuple[str, ...], at_most: int | str | None) -> Derived:
    """Return the sum of points, of which what is unknown counts 0, capped by a number or a name."""
    if isinstance(at_most, str):
        return Derived(
            name,
            (*operands, at_most),
            WHOLE,
            lambda values: min(sum(v or 0 for v in values[:-1]), values[-1]),
            "total",
            at_most,
        )
    if at_most is None:
        return Derived(name, operands, WHOLE, lambda values: sum(v or 0 for v in values), "total")
    return Derived(
        name,
        operands,
        WHOLE,
        lambda values: min(sum(v or 0 for v in values), at_most),
        "total",
        at_most,
    )


def chosen(name: str, operands: tuple[str, ...], choices: tuple[Value, ...], kind: Kind) -> Derived:
    """Return the operand that stands for the value of the first one, among these choices."""

    def of(values: Scalars) -> Value:
        return None if values[0] is None else values[1 + choices.index(values[0])]

    return Derived(name, operands, kind, of, "choose", choices)


def constant(name: str, value: Value, kind: Kind) -> Derived:
    """Return a value that is always the same."""
    return Derived(name, (), kind, lambda values: value, "constant", value)
