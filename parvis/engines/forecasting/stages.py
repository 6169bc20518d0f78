"""What files had reached on the first day of each month, and how long nothing had happened since.

A file that has just been examined is nearer its end than one of the same age that was touched last
half a year ago. So files are also read by what happened last on them and by how quiet they have
been: the clock starts on the day one looks (a landmark), and files that stood so then tell how long
it took from there.
"""

from dataclasses import dataclass

import numpy as np

from parvis.engines.forecasting.files import Floats, Ints, Touches

LOOKED_BACK = 48
"""Months of landmarks."""
_QUIET = (0.5, 0.75, 0.9)
"""Files are parted by how quiet they are at these shares of all: the last tenth is dormant."""


@dataclass(frozen=True, eq=False)
class Standings:
    """Files as they stood on days, n of each."""

    file: Ints
    day: Ints
    kind: Ints
    """What happened last on it; -1 where nothing did."""
    quiet: Ints
    """Days since then, or since it was received."""


def standings(
    received: Ints, decided: Ints, touches: Touches, days: Ints, among: Ints | None = None
) -> Standings:
    """Return how the files that were open stood when each of these days began.

    `touches` are sorted by file and day. What happened on the day itself is not known yet.
    """
    file, day = [], []
    for one in days:
        there = np.flatnonzero((received < one) & (decided >= one))
        file.append(there)
        day.append(np.full(len(there), one))
    which, when = np.concatenate([*file, _NONE]), np.concatenate([*day, _NONE])
    # One key for both orders: the last touch of the file before the day stands just before it.
    days = np.concatenate([touches.day, when, [0]])
    first, long = days.min(), np.ptp(days) + 1
    keys = touches.file * long + touches.day - first
    found = np.searchsorted(keys, which * long + when - first) - 1
    has = (found >= 0) & (touches.file[found] == which) if len(touches.file) else found < -1
    last = np.maximum(found, 0)
    kind, since = np.full(len(which), -1), received[which].copy()
    if len(touches.file):
        kind[has], since[has] = touches.kind[last[has]], touches.day[last[has]]
    return Standings(which, when, kind, when - since)


def quiet_edges(past: Standings) -> Floats:
    """Return the lengths of quiet, in days, that part files that stood so."""
    if not len(past.quiet):
        return np.zeros(len(_QUIET))
    return np.quantile(past.quiet, _QUIET)


def cells(past: Standings, now: Standings) -> tuple[Ints, Ints, int]:
    """Return the cell of each standing, past and now, and how many cells there are.

    A cell is what happened last and how quiet it was since. Those of now have cells of their own;
    what stands so no more is together in the last.
    """
    parts = quiet_edges(past)
    width = len(parts) + 1
    then, today = (
        (one.kind + 1) * width + np.searchsorted(parts, one.quiet) for one in (past, now)
    )
    here, cell = np.unique(today, return_inverse=True)
    at = np.searchsorted(here, then)
    there = np.minimum(at, max(len(here) - 1, 0))
    same = here[there] == then if len(here) else np.zeros(len(then), bool)
    return np.where(same, there, len(here)), cell, len(here) + 1


_NONE = np.zeros(0, np.int64)
