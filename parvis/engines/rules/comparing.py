"""Two sets of rules asked about the same made-up people: who gains, who loses, by how much."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from parvis.engines.rules.arrays import work_out_all
from parvis.engines.rules.kinds import Kind, Sort, written
from parvis.engines.rules.people import Column, make_people
from parvis.engines.rules.rules import Rules
from parvis.lib.text import Text

AT_A_TIME = 100_000
_MOST_VALUES = 30
"""An answer with more values than this is told in no table."""

_CHANCE = 1e-4
"""Less than this does an answer tell by chance alone."""
_UNKNOWN = float("nan")
"""One not-a-number for all: as a key it is found again only by being the same."""


@dataclass
class Group:
    """The people who gave one answer, and what becomes of them."""

    people: int = 0
    gain: int = 0
    lose: int = 0
    by: float = 0.0
    """What all of them gain together, losses taken off."""

    @property
    def moved(self) -> float:
        """The share of them for whom something changes."""
        return (self.gain + self.lose) / self.people if self.people else 0.0


@dataclass
class Comparison:
    """What new rules do to people."""

    people: int = 0
    gain: int = 0
    lose: int = 0
    by: Counter[int] = field(default_factory=Counter)
    """How many people gain so much; losses are below nothing."""
    totals: Counter[str] = field(default_factory=Counter)
    """For how many people each total changes."""
    groups: dict[str, dict[float, Group]] = field(default_factory=dict)
    """By answer and its value, for answers with few values."""

    def most_telling(self, most: int) -> list[str]:
        """Return the answers by which it differs most whether something changes for somebody."""

        def spread(name: str) -> float:
            groups = self.groups[name].values()
            mean = (self.gain + self.lose) / max(self.people, 1)
            return sum(one.people * (one.moved - mean) ** 2 for one in groups)

        telling = [name for name in self.groups if spread(name) > _CHANCE * self.people]
        return sorted(telling, key=spread, reverse=True)[:most]


@dataclass(frozen=True)
class Side:
    """One of the two sets of rules, and the day by which it is asked."""

    rules: Rules
    on: date


def compare(
    old: Side,
    new: Side,
    *,
    count: int,
    rng: np.random.Generator,
    told: Callable[[int], None] = lambda done: None,
) -> Comparison:
    """Compare two sets of rules over so many people; `told` hears how many are done.

    People are made up by the answers of the new rules, and of the old where only those ask.
    """
    found = Comparison()
    for size in _portions(count):
        people = make_people(new.rules, size, new.on, rng)
        before = make_people(old.rules, size, old.on, rng)
        for name, column in people.items():
            if name in before:
                before[name] = _recoded(
                    column, old.rules.inputs[name].kind, new.rules.inputs[name].kind
                )
        was = work_out_all(old.rules, before, old.on)
        is_now = work_out_all(new.rules, people, new.on)
        difference = _difference(old.rules, new.rules, was, is_now)
        _add(found, difference)
        _add_totals(found, old.rules, new.rules, was, is_now)
        for name, column in people.items():
            _add_groups(found, name, column, difference)
        told(size)
    return found


def value_of(name: str, number: float, rules: Rules) -> Text:
    """Return the words for a value of an answer as it stands in a comparison."""
    kind = rules.inputs[name].kind if name in rules.inputs else Kind(Sort.WHOLE)
    if np.isnan(number):
        return written(None, kind)
    if kind.sort is Sort.YES_NO:
        return written(bool(number), kind)
    if kind.sort is Sort.CHOICE:
        return written(list(kind.options)[int(number)], kind)
    return written(int(number), kind)


def _portions(count: int) -> Iterator[int]:
    for start in range(0, count, AT_A_TIME):
        yield min(AT_A_TIME, count - start)


def _difference(
    old: Rules, new: Rules, was: dict[str, Column], is_now: dict[str, Column]
) -> Column:
    """Return by how much each person gains: points, or how much less is needed of them.

    Of what is needed, the choices go from the least to the most; where it is not known on both
    sides, nobody gains or loses.
    """
    before, after = was[old.answer], is_now[new.answer]
    if new.kinds[new.answer].sort is not Sort.CHOICE:
        return np.nan_to_num(after) - np.nan_to_num(before)
    after = _recoded(after, old.kinds[old.answer], new.kinds[new.answer])
    return np.nan_to_num(before - after)


def _recoded(column: Column, old: Kind, new: Kind) -> Column:
    """Return choices by their place among the old options; unknown where those have none."""
    if new.sort is not Sort.CHOICE or list(old.options) == list(new.options):
        return column
    places = list(old.options)
    found = np.full(len(column), np.nan)
    for place, option in enumerate(new.options):
        if option in old.options:
            found[column == place] = places.index(option)
    return found


def _add(found: Comparison, difference: Column) -> None:
    found.people += len(difference)
    found.gain += int((difference > 0).sum())
    found.lose += int((difference < 0).sum())
    values, counts = np.unique(difference, return_counts=True)
    found.by.update({int(v): int(n) for v, n in zip(values, counts, strict=True)})


def _add_totals(
    found: Comparison,
    old: Rules,
    new: Rules,
    was: dict[str, Column],
    is_now: dict[str, Column],
) -> None:
    for name in dict.fromkeys((*old.totals, *new.totals)):
        before, after = was.get(name), is_now.get(name)
        if before is None or after is None:
            found.totals[name] += len(next(iter(was.values())))
            continue
        changed = ~((before == after) | (np.isnan(before) & np.isnan(after)))
        if changed.any():
            found.totals[name] += int(changed.sum())


def _add_groups(found: Comparison, name: str, column: Column, difference: Column) -> None:
    known: Column = np.unique(column)
    if len(known) > _MOST_VALUES:
        return
    groups = found.groups.setdefault(name, {})
    for number in known:
        here = np.isnan(column) if np.isnan(number) else column == number
        of = groups.setdefault(_UNKNOWN if np.isnan(number) else float(number), Group())
        of.people += int(here.sum())
        of.gain += int((difference[here] > 0).sum())
        of.lose += int((difference[here] < 0).sum())
        of.by += float(difference[here].sum())
