"""The same rules about very many people at once: arrays made from the tables, without findings.

Every value is an array of floats: a choice by its place, a day by its ordinal, unknown as not a
number. A test holds what comes of it equal to what the tables say, person by person.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from parvis.engines.rules.cells import Cell, Mask, as_float
from parvis.engines.rules.kinds import Kind
from parvis.engines.rules.operations import Derived
from parvis.engines.rules.rules import Ask, Rules
from parvis.engines.rules.tables import Gives, Table

Column = NDArray[np.float64]
_EPOCH = date(1970, 1, 1).toordinal()


class NotForArrays(ValueError):
    """A rule rests on what has no place in an array: a list, or an operation without a form."""


@dataclass
class _Crowd:
    """What is worked out of so many people."""

    of: dict[str, Column]
    kinds: Mapping[str, Kind]
    size: int
    masks: dict[tuple[str, Cell], Mask]
    """What a cell says of a column; many rows share one."""

    def mask(self, column: str, cell: Cell) -> Mask:
        """Return for whom a cell holds."""
        key = (column, cell)
        if key not in self.masks:
            self.masks[key] = cell.mask(self.of[column], self.kinds[column])
        return self.masks[key]


def work_out_all(rules: Rules, people: Mapping[str, Column], on: date) -> dict[str, Column]:
    """Work out every value of each person; inputs that are not there are unknown of everybody.

    Raises `NotForArrays` where a rule rests on a list.
    """
    size = len(next(iter(people.values())))
    crowd = _Crowd({"on": np.full(size, float(on.toordinal()))}, rules.kinds, size, {})
    for name, asked in rules.inputs.items():
        given = people.get(name, np.full(size, np.nan))
        if asked.assumed is not None:
            given = np.where(np.isnan(given), as_float(asked.assumed, asked.kind), given)
        crowd.of[name] = given
    for step in rules.steps:
        if isinstance(step, Table):
            _table(step, crowd)
        elif isinstance(step, Derived):
            crowd.of[step.name] = _derived(step, crowd)
        else:
            crowd.of[step.name] = _asked(step, crowd, on)
    return crowd.of


def _table(table: Table, crowd: _Crowd) -> None:
    if table.gives is Gives.REFUSE:
        return
    gives = crowd.kinds.get(table.name, Kind(table.kinds[0].sort))
    value = np.full(crowd.size, np.nan)
    met = np.full(crowd.size, np.nan)
    for row in table.rows:
        masks = [
            crowd.mask(column, cell)
            for column, cell in zip(table.columns, row.cells, strict=True)
            if not (cell.known and cell.unknown)
        ]
        holds: Mask = reduce(np.logical_and, masks) if masks else np.ones(crowd.size, np.bool_)
        if row.met is not None:
            met[holds] = float(row.met)
        if table.gives is Gives.POINTS:
            value[holds] = row.points
        elif table.gives is Gives.VALUE:
            value[holds] = as_float(row.value, gives)
    if table.gives in (Gives.MET, Gives.VALUE):
        _whatever_comes(table, crowd, value if table.gives is Gives.VALUE else met, gives)
    if table.gives is Gives.VALUE:
        crowd.of[table.name] = value
        return
    crowd.of[table.met] = met
    if table.gives is Gives.POINTS:
        crowd.of[table.points] = np.nan_to_num(value)


def _whatever_comes(table: Table, crowd: _Crowd, found: Column, gives: Kind) -> None:
    """Fill in, for whom no row holds, what every row says that can still hold."""
    missing = np.isnan(found)
    if not missing.any():
        return
    could: dict[float, Mask] = {}
    for row in table.rows:
        says = as_float(row.value, gives) if table.gives is Gives.VALUE else float(bool(row.met))
        masks = [
            crowd.mask(column, cell) | np.isnan(crowd.of[column])
            for column, cell in zip(table.columns, row.cells, strict=True)
        ]
        could[says] = could.get(says, np.zeros(crowd.size, np.bool_)) | reduce(
            np.logical_and, masks
        )
    one = missing & (np.sum(list(could.values()), axis=0) == 1)
    for says, mask in could.items():
        found[one & mask] = says


def _asked(step: Ask, crowd: _Crowd, on: date) -> Column:
    """Ask another assessment, once for each day by whose rules it is asked."""
    found = np.full(crowd.size, np.nan)
    known = reduce(np.logical_and, (~np.isnan(crowd.of[name]) for name in step.needs))
    if not known.any():
        return found
    days = crowd.of[step.day] if step.day else np.full(crowd.size, np.nan)
    days = np.where(np.isnan(days), float(on.toordinal()), days)
    sinces = [edition.since for edition in step.assessment.editions]
    starts = np.array([float(since.toordinal()) for since in sinces])
    which = np.maximum(np.searchsorted(starts, days, side="right") - 1, 0)
    for place in np.unique(which[known]):
        here = known & (which == place)
        answers = {name: crowd.of[value][here] for name, value in step.given}
        rules = step.assessment.editions[int(place)]
        found[here] = work_out_all(rules, answers, on)[step.gives]
    return found


def _derived(step: Derived, crowd: _Crowd) -> Column:
    columns = [crowd.of[name] for name in step.operands]
    if step.word == "constant":
        return np.full(crowd.size, as_float(step.told, step.kind))
    if step.word == "total":
        return _total(step, columns)
    if step.word == "choose":
        return _chosen(columns)
    if step.word not in _BY_WORD:
        raise NotForArrays(f"{step.name}: {step.word} has no form for arrays")
    return _BY_WORD[step.word](columns)


def _total(step: Derived, columns: Sequence[Column]) -> Column:
    capped_by_name = isinstance(step.told, str)
    points = columns[:-1] if capped_by_name else columns
    summed: Column = np.sum([np.nan_to_num(column) for column in points], axis=0)
    if step.told is None:
        return summed
    cap = columns[-1] if capped_by_name else float(step.told)
    capped: Column = np.minimum(summed, cap)
    return capped


def _chosen(columns: Sequence[Column]) -> Column:
    selector, *cases = columns
    found = np.full(len(selector), np.nan)
    for place, case in enumerate(cases):
        here = selector == place
        found[here] = case[here]
    return found


def _first_known(columns: Sequence[Column]) -> Column:
    found = columns[0].copy()
    for column in columns[1:]:
        found = np.where(np.isnan(found), column, found)
    return found


def _all(columns: Sequence[Column]) -> Column:
    return _three_valued(columns, settles=0.0)


def _any(columns: Sequence[Column]) -> Column:
    return _three_valued(columns, settles=1.0)


def _three_valued(columns: Sequence[Column], settles: float) -> Column:
    together = np.array(columns)
    found = np.where(np.isnan(together).any(axis=0), np.nan, 1.0 - settles)
    return np.where((together == settles).any(axis=0), settles, found)


def _is_whole(columns: Sequence[Column]) -> Column:
    (column,) = columns
    return np.where(np.isnan(column), np.nan, (column == np.floor(column)).astype(np.float64))


def _years_between(columns: Sequence[Column]) -> Column:
    known = ~np.isnan(columns[0]) & ~np.isnan(columns[1])
    found = np.full(len(columns[0]), np.nan)
    start, end = ((column[known].astype("i8") - _EPOCH).astype("M8[D]") for column in columns)
    years = end.astype("M8[Y]").astype("i8") - start.astype("M8[Y]").astype("i8")
    # A birthday has come where the day of the year has: month first, then day.
    found[known] = years - (_month_and_day(end) < _month_and_day(start))
    return found


def _month_and_day(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    months = days.astype("M8[M]")
    month = months.astype("i8") % 12
    day = (days - months.astype("M8[D]")).astype("i8")
    found: NDArray[np.int64] = month * 32 + day
    return found


def _of_trips(columns: Sequence[Column]) -> Column:
    """Return days counted from trips: unknown of everybody, as nobody in an array has told any."""
    return np.full(len(columns[0]), np.nan)


_BY_WORD: dict[str, Callable[[Sequence[Column]], Column]] = {
    "least": np.minimum.reduce,
    "most": np.maximum.reduce,
    "sum": lambda columns: np.sum(columns, axis=0),
    "minus": lambda columns: columns[0] - columns[1],
    "times": lambda columns: columns[0] * columns[1],
    "first_known": _first_known,
    "whole_years": lambda columns: np.floor(columns[0] / 12),
    "is_whole": _is_whole,
    "years_between": _years_between,
    "days_between": lambda columns: columns[1] - columns[0],
    "all": _all,
    "any": _any,
    "count": lambda columns: np.sum(np.array(columns) == 1.0, axis=0).astype(np.float64),
    "days_present": _of_trips,
    "days_as_resident": _of_trips,
    "half_days": _of_trips,
    "days_away": _of_trips,
    "enough_days_on": _of_trips,
}
