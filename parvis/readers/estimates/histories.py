"""The files of a program as arrays: how long each waits, and what happened on it."""

from dataclasses import dataclass

import numpy as np

from parvis.casework.applications.facts import DateGiven
from parvis.casework.applications.waits import Waits, waits
from parvis.casework.events.touches import touches
from parvis.engines.forecasting.files import PENDING, Files, Ints, Touches, files_of
from parvis.programs.schema import Program


@dataclass(frozen=True, eq=False)
class Caseload:
    """The files of a program, in the order of their receipt."""

    waits: Waits
    files: Files

    def some(self, where: Ints) -> "Caseload":
        """Return some of the files, by their places in order."""
        files = self.files
        touches = None if files.touches is None else files.touches.of(where, len(files))
        few = Files(files.received[where], files.decided[where], files.stratum[where], touches)
        return Caseload(Waits(*(column[where] for column in self.waits)), few)


def caseload_of(program: Program) -> Caseload:
    """Return the files of a program; what happened last on one is the stage that it has reached.

    That a file was closed ends its wait, whatever the outcome: nobody waits on it any more.
    """
    found = waits(program)
    touched = touches(found.id.tolist(), program.time_zone, leaving_out=[DateGiven.KIND])
    by_id = np.argsort(found.id)
    place = by_id[np.searchsorted(found.id, touched.subject, sorter=by_id)]
    _, kind = np.unique(touched.kind, return_inverse=True)
    order = np.lexsort((touched.day, place))
    reached = Touches(place[order], touched.day[order], kind[order])
    ended = np.where(found.ended < 0, PENDING, found.ended)
    return Caseload(found, files_of(found.received, ended, touches=reached))
