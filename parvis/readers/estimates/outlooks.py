"""By when the open files of a program are decided, and which clients have to be told anew.

The same dates are told until one is off by more than a week and by more than a tenth of the time
that was left to it, or has passed, or has become less sure: a date that moves every night is none.
"""

from dataclasses import dataclass

import numpy as np

from parvis.engines.forecasting.alarm import LOOKED_BACK, QUIET, alarms, is_on, pace
from parvis.engines.forecasting.files import Flags, Ints
from parvis.engines.forecasting.forecaster import Setting
from parvis.engines.forecasting.outlook import Outlook
from parvis.engines.forecasting.snapshot import Snapshot
from parvis.readers.estimates.histories import Caseload
from parvis.readers.estimates.models import DOTS, ENOUGH

HALF, MOST = 0.5, 0.8
SHARES = (*((2 * n + 1) / (2 * DOTS) for n in range(DOTS)), HALF, MOST)
"""The twenty dots, each for a twentieth of files alike, and the two dates that are said."""
_WEEK, _TENTH, _YEAR = 7, 0.1, 365


@dataclass(frozen=True, eq=False)
class Outlooks:
    """The open files of a program as a day begins, n of each."""

    file: Ints
    """Places among the program's files."""
    days: Ints
    """(n, shares): days from receipt, in the order of `SHARES`."""
    reached: Ints
    decided: Ints
    told: Flags
    """Whether a date can be told: enough files like it were seen, and its date is known."""
    unsure: bool
    """Whether decisions have slowed down lately, so that dates are less sure."""


def outlooks(known: Caseload, setting: Setting, today: int) -> Outlooks | None:
    """Return the outlook of every open file of a program; None before anything was decided."""
    files = known.files
    snapshot = Snapshot(files.received, files.decided, files.touches, today)
    if not snapshot.decided_any:
        return None
    outlook = snapshot.outlook("open", setting.way, np.zeros(0, np.int64))
    days, reachable = dates(outlook, setting)
    enough = (outlook.reached >= ENOUGH) & (outlook.decided >= ENOUGH)
    return Outlooks(
        *(outlook.file, days, outlook.reached, outlook.decided),
        told=enough & reachable,
        unsure=slowed(known, today),
    )


def slowed(known: Caseload, today: int) -> bool:
    """Tell whether a program decides less than it did, as of a day; before a year of it, never."""
    files = known.files
    since = max(int(files.decided.min(initial=today)) + _YEAR, today - LOOKED_BACK - QUIET)
    if since >= today:
        return False
    raised = alarms(pace(files.received, files.decided, since, today))
    return is_on(raised, today)


def dates(outlook: Outlook, setting: Setting) -> tuple[Ints, Flags]:
    """Return the days of `SHARES`, (n, shares), and whether the figures reach to what is said."""
    told = [outlook.dates(asked) for asked in setting.asked]
    return np.stack([one.days for one in told], axis=1), told[-1].known


def moved(known: Caseload, found: Outlooks, today: int) -> Ints:
    """Return which outlooks have to be told anew, as places among them."""
    received = known.files.received[found.file]
    changed = known.waits.unsure[found.file] != found.unsure
    for share, last in ((HALF, known.waits.half_on), (MOST, known.waits.most_on)):
        before, now = last[found.file], received + found.days[:, SHARES.index(share)]
        off, left = np.abs(now - before), np.maximum(before - today, 0)
        changed |= (before < today) | (off > np.maximum(_WEEK, _TENTH * left))
    return np.flatnonzero(found.told & changed)
