"""By when files are decided, with what odds, and what that was counted from."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from parvis.engines.forecasting.curves import Curve, days_until
from parvis.engines.forecasting.files import Flags, Floats, Ints


@dataclass(frozen=True, eq=False)
class Dates:
    """Days since receipt by which files are decided with some likelihood, n of each."""

    days: Ints
    known: Flags
    """Whether the figures reach so far; where not, it takes longer than `days`."""


@dataclass(eq=False)
class Outlook:
    """What is believed of files at a cut-off, n of each array."""

    cutoff: int
    file: Ints
    age: Ints
    """Days since receipt when the day of the cut-off begins; 0 for files yet to come."""
    curve: Curve
    alike: Ints
    """A number for all that the curve goes by: files of one number have the same dates."""
    reached: Ints
    """Files of the last year that were seen at this age or later, of the same stratum and load."""
    decided: Ints
    """How many of these were decided."""
    _told: dict[float, Dates] = field(default_factory=dict)

    @cached_property
    def _kinds(self) -> tuple[Ints, Ints]:
        _, first, which = np.unique(self.alike, return_index=True, return_inverse=True)
        return first, which

    def dates(self, share: float) -> Dates:
        """Return by when each is decided with a likelihood of `share`."""
        if share not in self._told:
            first, which = self._kinds
            more, known = days_until(self.curve, share, first)
            self._told[share] = Dates(self.age + more[which], known[which])
        return self._told[share]

    def chances(self, received: Ints, decided: Ints, now: int) -> tuple[Floats, Flags]:
        """Return how likely each file was to be decided before it was, as told at the cut-off.

        And whether it is decided: for one that is not, how likely it was to be by now. Were every
        date true, those of the decided would be spread evenly from 0 to 1.
        """
        came, went = received[self.file], decided[self.file]
        done = went < now
        more = np.where(done, went, now) - came - 1 - self.age
        chance = np.zeros(len(self.file))
        where = np.flatnonzero(more >= 0)
        chance[where] = 1 - self.curve.still_open(more[where], where)
        return chance, done

    def losses(self, received: Ints, decided: Ints, now: int, share: float) -> Floats:
        """Return what the dates for `share` cost, in days, by pinball loss.

        A file that still waits has lost what it is beyond its date by now, and nothing before.
        """
        told = self.dates(share).days
        came, went = received[self.file], decided[self.file]
        done = went < now
        late = np.where(done, went, now) - came - told
        lost: Floats = np.where(late > 0, share * late, np.where(done, (share - 1) * late, 0.0))
        return lost
