"""Case histories as arrays: the files of the house, with what happened on them."""

import numpy as np

from parvis.casework.applications.waits import waits
from parvis.casework.events.touches import touches
from parvis.engines.forecasting.files import PENDING, Touches, files_of
from parvis.jobs.estimates.histories import Histories
from parvis.lib.references import application_number
from parvis.programs.schema import Program


def histories_of(program: Program) -> Histories:
    """Return the files of a program; what happened last on one is the stage it has reached."""
    found = waits(program)
    touched = touches(found.id.tolist(), program.time_zone)
    order = np.argsort(found.id)
    place = order[np.searchsorted(found.id, touched.subject, sorter=order)]
    _, kind = np.unique(touched.kind, return_inverse=True)
    files = files_of(
        found.received,
        np.where(found.ended < 0, PENDING, found.ended),
        touches=Touches(place, touched.day, kind),
    )
    return Histories(files, [application_number(one) for one in found.id.tolist()], [program.code])
