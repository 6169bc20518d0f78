"""Files received and closed a day, checked, and the inventory that follows from them."""

from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

YEAR = 365
"""Days. A leap day shifts a season by one, which no season notices."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Files a day, oldest first, each of shape (days,); `waiting` is at the end of each day."""

    received: Ints
    closed: Ints
    waiting: Ints

    @classmethod
    def of(cls, received: ArrayLike, closed: ArrayLike, *, waiting: int) -> Self:
        """Check the counts and work the inventory out backwards from the end of the last day."""
        came, went = _whole("received", received), _whole("closed", closed)
        if came.size != went.size:
            raise ValueError(
                f"Received covers {came.size} days and closed {went.size}; they are the same days."
            )
        if not isinstance(waiting, int | np.integer) or waiting < 0:
            raise ValueError(f"Waiting is {waiting}; it is a whole number of files, zero or more.")
        net = np.cumsum(came - went)
        before = waiting - int(net[-1]) if net.size else waiting
        inventory = before + net
        if before < 0 or inventory.min(initial=0) < 0:
            raise ValueError(
                f"With {waiting} files waiting at the end, the counts leave"
                f" {min(before, int(inventory.min(initial=0)))} on an earlier day:"
                " more were closed than can have been there."
            )
        return cls(came, went, inventory)

    @property
    def days(self) -> int:
        """Return how many days are counted."""
        return self.received.size


def _whole(name: str, counts: ArrayLike) -> Ints:
    given = np.asarray(counts)
    if given.ndim != 1:
        raise ValueError(f"{name} has {given.ndim} dimensions; it is one count a day.")
    if given.size and not np.issubdtype(given.dtype, np.number):
        raise ValueError(f"{name} holds {given.dtype}; it is one whole number a day.")
    as_float = given.astype(np.float64)
    wrong = ~(np.isfinite(as_float) & (as_float >= 0) & (as_float == np.floor(as_float)))
    if wrong.any():
        day = int(wrong.argmax())
        raise ValueError(
            f"{name} on day {day} is {given[day]}; it is a whole number of files, zero or more."
        )
    return given.astype(np.int64)
