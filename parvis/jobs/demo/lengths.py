"""How long files take: four in five as long as is usual, the others longer, some by far.

That is how both published numbers can hold: most are decided within the published months, and yet
almost half of those that wait have waited longer than the standard.
"""

from dataclasses import dataclass

import numpy as np

from parvis.jobs.demo.hours import Numbers

_FOUR_IN_FIVE = 0.8
_USUAL = 0.84
"""A little more than four in five go on in the same way, so that chance does not move the fifth."""
_SHORTEST = 0.2
"""Of the usual length."""
_STEPS = 40
_SAMPLE = (np.arange(4_000) + 0.5) / 4_000


@dataclass(frozen=True, slots=True)
class Lengths:
    """Days from receipt to decision, without those on which the client held the clock still."""

    usual: float
    slowest: float

    def at(self, chance: Numbers) -> Numbers:
        """Return the lengths that belong to these numbers between 0 and 1."""
        usual = self.usual * (_SHORTEST + (1 - _SHORTEST) * chance / _FOUR_IN_FIVE)
        longest = self.usual * (_SHORTEST + (1 - _SHORTEST) * _USUAL / _FOUR_IN_FIVE)
        slow = longest + (self.slowest - longest) * (chance - _USUAL) / (1 - _USUAL)
        return np.where(chance < _USUAL, usual, np.maximum(slow, longest))

    @property
    def mean(self) -> float:
        """The mean number of days."""
        return float(self.at(_SAMPLE).mean())


def lengths_for(*, usual: float, standard: float, within: float, stopped: float) -> Lengths:
    """Return the lengths of a steady department with that share of its inventory in its standard.

    Of what waits, a file makes as much as the time for which it waits: the share is the mean time
    spent within the standard over the mean time spent. `stopped` is the mean number of days on
    which the clock stood still, which are within. Where even the shortest tail leaves a smaller
    share, that one is returned.
    """
    low, high = usual, usual * 100
    for _ in range(_STEPS):
        slowest = (low + high) / 2
        days = Lengths(usual, slowest).at(_SAMPLE)
        share = (np.minimum(days, standard).mean() + stopped) / (days.mean() + stopped)
        low, high = (slowest, high) if share > within else (low, slowest)
    return Lengths(usual, low)
