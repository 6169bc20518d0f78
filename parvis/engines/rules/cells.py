"""One cell of a decision table: which values it holds for, and how the engine and arrays say so."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parvis.engines.rules.kinds import Kind, Sort, Value, number

Mask = NDArray[np.bool_]
Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers between two ends; an end that is None is open."""

    low: Number | None
    high: Number | None
    with_low: bool = True
    with_high: bool = True

    def holds(self, value: Any) -> bool:
        """Tell whether a number lies within."""
        if self.low is not None and (value < self.low or (value == self.low and not self.with_low)):
            return False
        return self.high is None or value < self.high or (value == self.high and self.with_high)


@dataclass(frozen=True, slots=True)
class Cell:
    """The values that a row wants of one column.

    `known` holds for every value that is there, `unknown` for the one that is not; both together
    are a cell that does not care.
    """

    values: frozenset[Any] = frozenset()
    ranges: tuple[Range, ...] = ()
    known: bool = False
    unknown: bool = False

    def holds(self, value: Value) -> bool:
        """Tell whether the cell wants this value."""
        if value is None:
            return self.unknown
        if self.known or value in self.values:
            return True
        return any(range_.holds(number(value)) for range_ in self.ranges)

    def bounds(self) -> Iterable[Number]:
        """Return the numbers at which the cell's verdict may change."""
        for range_ in self.ranges:
            yield from (end for end in (range_.low, range_.high) if end is not None)
        yield from (number(value) for value in self.values if not isinstance(value, bool | str))

    def as_zen(self) -> str:
        """Return the cell in the engine's language, as one test after another.

        No brackets within: the engine reads them as something else and says nothing.
        """
        if self.known:
            return "" if self.unknown else "$ != null"
        tests = ["$ == null"] if self.unknown else []
        tests += [_range_as_zen(range_) for range_ in self.ranges]
        tests += [f"$ == {as_json(value)}" for value in sorted(self.values, key=str)]
        return " or ".join(tests)

    def mask(self, column: NDArray[np.float64], kind: Kind) -> Mask:
        """Return for each number of an array whether the cell wants it; unknown is not a number."""
        nothing = np.isnan(column)
        found: Mask = ~nothing if self.known else np.zeros(len(column), dtype=np.bool_)
        if self.unknown:
            found |= nothing
        for range_ in self.ranges:
            found |= _range_mask(range_, column)
        if self.values:
            found |= np.isin(column, [as_float(value, kind) for value in self.values])
        return found


ANY = Cell(known=True, unknown=True)
KNOWN = Cell(known=True)


def as_json(value: Value) -> str:
    """Return a value as the engine reads it: numbers with every digit, days by their ordinal."""
    plain = number(value)
    return str(plain) if isinstance(plain, Decimal) else json.dumps(plain)


def as_float(value: Value, kind: Kind) -> float:
    """Return a value as it stands in arrays: a choice by its place, unknown as not a number."""
    if value is None:
        return float("nan")
    if isinstance(value, str):
        return float(list(kind.options).index(value))
    return float(number(value))


def _range_as_zen(range_: Range) -> str:
    low, high = (str(end) if end is not None else None for end in (range_.low, range_.high))
    if low is None:
        return f"$ {'<=' if range_.with_high else '<'} {high}"
    if high is None:
        return f"$ {'>=' if range_.with_low else '>'} {low}"
    return f"$ in {'[' if range_.with_low else '('}{low}..{high}{']' if range_.with_high else ')'}"


def _range_mask(range_: Range, column: NDArray[np.float64]) -> Mask:
    found: Mask = ~np.isnan(column)
    if range_.low is not None:
        low = float(range_.low)
        found &= column >= low if range_.with_low else column > low
    if range_.high is not None:
        high = float(range_.high)
        found &= column <= high if range_.with_high else column < high
    return found


class CellRefused(ValueError):
    """What stands in a cell cannot be read; the message says what may stand there."""


def read_cell(said: Any, kind: Kind, named: frozenset[str]) -> Cell:
    """Read what stands in one cell of a column of this kind.

    `named` are the choices that other rows of the column name; `other` means all the rest.
    Raises `CellRefused`.
    """
    if isinstance(said, list):
        cells = [read_cell(one, kind, named) for one in said]
        return Cell(
            values=frozenset[Any]().union(*(cell.values for cell in cells)),
            ranges=tuple(range_ for cell in cells for range_ in cell.ranges),
            known=any(cell.known for cell in cells),
            unknown=any(cell.unknown for cell in cells),
        )
    if said in ("any", "known", "unknown"):
        return {"any": ANY, "known": KNOWN, "unknown": Cell(unknown=True)}[said]
    if kind.sort is Sort.YES_NO:
        return Cell(values=frozenset([_yes_no(said)]))
    if kind.sort is Sort.CHOICE:
        return Cell(values=_choice(said, kind, named))
    if kind.sort is Sort.LIST:
        raise CellRefused("a list cannot be a column; derive a value from it first")
    return Cell(ranges=(_range(said, kind),))


def _yes_no(said: Any) -> bool:
    if not isinstance(said, bool):
        raise CellRefused(f"{said!r} is not true, false, known, unknown or any")
    return said


def _choice(said: Any, kind: Kind, named: frozenset[str]) -> frozenset[str]:
    if said == "other":
        return frozenset(kind.options) - named
    if said not in kind.options:
        raise CellRefused(f"{said!r} is none of: {', '.join(kind.options)}, other, unknown, any")
    return frozenset([said])


def _range(said: Any, kind: Kind) -> Range:
    text = str(said).strip()
    for sign, below, equal in (
        ("<=", True, True), (">=", False, True), ("<", True, False), (">", False, False)
    ):  # fmt: skip
        if text.startswith(sign):
            end = _end(text.removeprefix(sign), kind)
            if below:
                return Range(None, end, with_high=equal)
            return Range(end, None, with_low=equal)
    if ".." in text:
        low, _, high = text.partition("..")
        found = Range(
            _end(low, kind), _end(high.removeprefix("<"), kind), with_high=not high.startswith("<")
        )
        if found.low is not None and found.high is not None and found.low > found.high:
            raise CellRefused(f"{text!r} holds nothing; the lower end comes first")
        return found
    end = _end(text, kind)
    return Range(end, end)


def _end(text: str, kind: Kind) -> Number:
    try:
        if kind.sort is Sort.DATE:
            return date.fromisoformat(text.strip()).toordinal()
        found = Decimal(text.strip())
    except (ValueError, ArithmeticError):
        what = "a date as 2024-04-01" if kind.sort is Sort.DATE else "a number"
        raise CellRefused(
            f"{text.strip()!r} is not {what}; write 5, 5..9, 5..<9, >= 5, < 5, known, unknown, any"
        ) from None
    if kind.sort is Sort.WHOLE:
        if found != int(found):
            raise CellRefused(f"{text.strip()!r} is not a whole number, as this column wants")
        return int(found)
    return found
