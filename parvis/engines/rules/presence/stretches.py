"""Stretches of days, as sets: what is in some and not in others, counted without walking days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Days from the first to the last, both included; none where the last comes before."""

    first: date
    last: date

    def within(self, other: Self) -> Self:
        """Return the days that are in this stretch and in another."""
        return type(self)(max(self.first, other.first), min(self.last, other.last))

    @property
    def days(self) -> int:
        """Return how many days there are, 0 where the last comes before the first."""
        return max(0, self.last.toordinal() - self.first.toordinal() + 1)


def days_in(stretches: Iterable[Stretch], *, but_not: Iterable[Stretch] = ()) -> int:
    """Count the days that are in one stretch or more, and in none of the others."""
    kept, left_out = list(stretches), list(but_not)
    return _in_any(kept + left_out) - _in_any(left_out)


def _in_any(stretches: Iterable[Stretch]) -> int:
    """Count the days that are in one stretch or more; a day in two is one day."""
    counted, reached = 0, 0
    for stretch in sorted(stretches):
        first, last = stretch.first.toordinal(), stretch.last.toordinal()
        counted += max(0, last - max(first, reached + 1) + 1)
        reached = max(reached, last)
    return counted
