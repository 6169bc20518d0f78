"""The dates that clients were told, as arrays for those who see whether they were kept."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from parvis.casework.applications.facts import DateGiven
from parvis.casework.events import log

_EPOCH = date(1970, 1, 1).toordinal()


class Promises(NamedTuple):
    """A row a telling, n of each."""

    file: NDArray[np.int64]
    dots: NDArray[np.int64]
    """(n, dots): days from receipt."""
    half_on: NDArray[np.int64]
    """Days from 1 January 1970."""
    most_on: NDArray[np.int64]


def promises_of(ids: Sequence[int]) -> Promises:
    """Return every date that the clients of these files were told, in no order."""
    file, dots, half_on, most_on = [], [], [], []
    for id_, fact in log.facts_of(DateGiven, ids):
        file.append(id_)
        dots.append(fact.dots)
        half_on.append(fact.half_on.toordinal() - _EPOCH)
        most_on.append(fact.most_on.toordinal() - _EPOCH)
    columns = (np.array(one, np.int64) for one in (file, half_on, most_on))
    files, half, most = columns
    width = len(dots[0]) if dots else 0
    return Promises(files, np.array(dots, np.int64).reshape(len(files), width), half, most)
