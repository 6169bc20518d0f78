"""People made up to compare rules: plausible answers, some of them missing."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from parvis.engines.rules.kinds import Kind, Sort, Value
from parvis.engines.rules.rules import Answers, Input, Rules

Column = NDArray[np.float64]
_UNKNOWN = 0.05
"""The share of answers that are not given."""
_YEARS_BACK = 40
_DAYS = 365.25


def make_people(rules: Rules, count: int, on: date, rng: np.random.Generator) -> dict[str, Column]:
    """Make up people: an array for each answer, with what nobody answered as not a number.

    The members of one set (the four abilities of a language) lie near each other, and of two
    answers that say the same only the first is given. Lists are given by nobody.
    """
    found: dict[str, Column] = {}
    bases: dict[str, Column] = {}
    for name, asked in rules.inputs.items():
        if asked.instead_of is not None or asked.kind.sort is Sort.LIST:
            continue
        family = name.rpartition(".")[0]
        near = bases.get(family) if asked.member else None
        column = _answers(asked, count, on, rng, near)
        if asked.member:
            bases.setdefault(family, column)
        column = column.copy()
        column[rng.random(count) < _UNKNOWN] = np.nan
        found[name] = column
    return found


def _answers(
    asked: Input, count: int, on: date, rng: np.random.Generator, near: Column | None
) -> Column:
    kind = asked.kind
    if kind.sort is Sort.YES_NO:
        return (rng.random(count) < asked.share).astype(np.float64)
    if kind.sort is Sort.CHOICE:
        return rng.integers(0, len(kind.options), count).astype(np.float64)
    if kind.sort is Sort.DATE:
        end = on.toordinal()
        return rng.integers(int(end - _YEARS_BACK * _DAYS), end + 1, count).astype(np.float64)
    low, high = _between(asked)
    if near is not None:
        return np.clip(near + rng.integers(-1, 2, count), low, high).astype(np.float64)
    if kind.sort is Sort.WHOLE:
        return rng.integers(int(low), int(high) + 1, count).astype(np.float64)
    step = float(kind.step or Decimal(1))
    steps = rng.integers(0, int((high - low) / step) + 1, count).astype(np.float64)
    return low + step * steps


def _between(asked: Input) -> tuple[float, float]:
    if asked.typical is not None:
        return float(asked.typical[0]), float(asked.typical[1])
    kind = asked.kind
    low = float(kind.low) if kind.low is not None else 0.0
    return low, float(kind.high) if kind.high is not None else low + 100.0


def person(people: Mapping[str, Column], place: int, rules: Rules) -> Answers:
    """Return one of the people as answers."""
    return {
        name: _value(column[place], rules.inputs[name].kind)
        for name, column in people.items()
        if not np.isnan(column[place])
    }


def _value(found: float, kind: Kind) -> Value:
    if kind.sort is Sort.YES_NO:
        return bool(found)
    if kind.sort is Sort.CHOICE:
        return list(kind.options)[int(found)]
    if kind.sort is Sort.DATE:
        return date.min + timedelta(days=int(found) - 1)
    return int(found) if kind.sort is Sort.WHOLE else Decimal(str(found))
