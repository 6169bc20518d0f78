"""Least squares on sparse rows, by conjugate gradients: a few sweeps over the examples, no chance.

Stopped early on purpose: more sweeps fit what only these examples say (docs/language.md).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from parvis.engines.language.features import BUCKETS, Rows

Table = npt.NDArray[np.float32]
SWEEPS = 5
_RIDGE = np.float32(0.3)
"""How much a weight has to earn; in squares of a row's length, which is one."""
_SMALL = np.float32(1e-12)
_AT_ONCE = 1 << 14
"""Entries summed in one go: a megabyte or two, which stays near the processor."""


class Sums(NamedTuple):
    """How each of some rows is summed from another table's: rows with as many parts together."""

    owners: npt.NDArray[np.int64]
    parts: npt.NDArray[np.int64]
    """Owners by parts: which of the other table's rows."""
    weights: Table
    """Owners by one by parts."""


def sums(owner: npt.NDArray[np.int64], part: npt.NDArray[np.int64], weight: Table) -> list[Sums]:
    """Return what is summed for each owner; owners are sorted.

    Grouped so that numpy does the sums of a group in one go, ten times as fast as entry by entry.
    """
    if not len(owner):
        return []
    first = np.flatnonzero(np.concatenate(([True], owner[1:] != owner[:-1])))
    sizes = np.diff(np.append(first, len(owner)))
    groups = []
    for size in np.unique(sizes):
        alike, some = first[sizes == size], max(1, _AT_ONCE // int(size))
        for begin in range(0, len(alike), some):
            starts = alike[begin : begin + some]
            entries = starts[:, None] + np.arange(size)
            groups.append(Sums(owner[starts], part[entries], weight[entries][:, None, :]))
    return groups


def summed(groups: list[Sums], count: int, table: Table) -> Table:
    """Return a row for each of `count` owners."""
    found = np.zeros((count, table.shape[1]), np.float32)
    for owners, parts, weights in groups:
        found[owners] = np.matmul(weights, table[parts])[:, 0]
    return found


def times(rows: Rows, table: Table) -> Table:
    """Return a row of scores for each row: the sum of its weights times the table's rows."""
    return summed(sums(rows.row, rows.bucket, rows.weight), rows.size, table)


def fit(rows: Rows, wanted: Table) -> Table:
    """Return the table whose `times` comes near what is wanted; BUCKETS rows, a column a topic."""
    used, packed = np.unique(rows.bucket, return_inverse=True)
    order = np.argsort(packed, kind="stable")
    across = sums(rows.row, packed, rows.weight)
    down = sums(packed[order], rows.row[order], rows.weight[order])
    table = np.zeros((len(used), wanted.shape[1]), np.float32)
    left = summed(down, len(used), wanted)
    towards, length = left, (left**2).sum(0)
    for _ in range(SWEEPS):
        moved = summed(down, len(used), summed(across, rows.size, towards)) + _RIDGE * towards
        step = length / np.maximum((towards * moved).sum(0), _SMALL)
        table += step * towards
        left = left - step * moved
        shorter = (left**2).sum(0)
        towards = left + (shorter / np.maximum(length, _SMALL)) * towards
        length = shorter
    whole = np.zeros((BUCKETS, wanted.shape[1]), np.float32)
    whole[used] = table
    return whole
