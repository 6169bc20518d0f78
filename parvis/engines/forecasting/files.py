"""Files as arrays: when each was received and decided, in whole days, and what happened between.

A day is the number of days since 1 January 1970 in the department's own calendar.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

PENDING = 1 << 40
"""The day on which a file is decided that is not decided yet."""


class FilesRefused(ValueError):
    """What was given cannot be files: it says what is wrong with which."""


@dataclass(frozen=True, eq=False)
class Touches:
    """What happened on files: a row a touch, by file and then by day.

    `file` is an index into the files, `day` a day, `kind` a code from 0: what was reached with it.
    """

    file: Ints
    day: Ints
    kind: Ints

    def of(self, where: Ints, files: int) -> "Touches":
        """Return the touches of some of so many files, by their place among these, sorted."""
        place = np.full(files, -1)
        place[where] = np.arange(len(where))
        file = place[self.file]
        mine = np.flatnonzero(file >= 0)
        mine = mine[np.lexsort((self.day[mine], file[mine]))]
        return Touches(file[mine], self.day[mine], self.kind[mine])


@dataclass(frozen=True, eq=False)
class Files:
    """Files of one or more strata, n of each array."""

    received: Ints
    decided: Ints
    """`PENDING` where it is not decided."""
    stratum: Ints
    """Codes from 0."""
    touches: Touches | None = None

    def __len__(self) -> int:
        return len(self.received)

    @cached_property
    def strata(self) -> int:
        """How many strata there are."""
        return int(self.stratum.max()) + 1 if len(self) else 0


def files_of(
    received: ArrayLike,
    decided: ArrayLike,
    stratum: ArrayLike | None = None,
    touches: Touches | None = None,
) -> Files:
    """Return files of these days; `PENDING` is the day of one that is not decided.

    Raises `FilesRefused` for lengths that differ and for files decided before they were received.
    """
    came = np.asarray(received, dtype=np.int64)
    went = np.asarray(decided, dtype=np.int64)
    of = np.zeros(len(came), np.int64) if stratum is None else np.asarray(stratum, dtype=np.int64)
    if not came.shape == went.shape == of.shape or came.ndim != 1:
        raise FilesRefused(
            f"one of each is needed for a file: {len(came):,} received, {len(went):,} decided,"
            f" {len(of):,} strata"
        )
    if (wrong := np.flatnonzero(went < came)).size:
        raise FilesRefused(
            f"file {wrong[0]:,} was decided before it was received"
            f" (days {went[wrong[0]]:,} and {came[wrong[0]]:,})"
        )
    if of.size and of.min() < 0:
        raise FilesRefused("a stratum is a code from 0")
    return Files(came, went, of, touches)
