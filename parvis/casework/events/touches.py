"""What happened on many subjects, as arrays: to whom, on which day, and what it was."""

from collections.abc import Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from parvis.casework.events.arrays import arrays

_BATCH = 50_000
# What happened is told by the words of another system where there are any, else by its kind and
# what it was about. A hash stands for it: whoever asks wants to tell things apart, no more.
_TOUCHES = """
SELECT subject_id AS subject, ((at AT TIME ZONE %s)::date - DATE '1970-01-01')::bigint AS day,
    hashtextextended(coalesce(
        payload -> 'source' ->> 'activity',
        concat_ws(':', kind, payload ->> 'section', payload ->> 'document')
    ), 0) AS kind
FROM events_event WHERE subject_id = ANY (%s) AND kind <> ALL (%s)
"""


class Touched(NamedTuple):
    """A row a fact, in no order."""

    subject: NDArray[np.int64]
    day: NDArray[np.int64]
    """From 1 January 1970, where the subject is."""
    kind: NDArray[np.int64]
    """Equal for equal facts."""


def touches(subject_ids: Sequence[int], zone: ZoneInfo, leaving_out: Sequence[str] = ()) -> Touched:
    """Return the facts of these subjects by the day on which each happened, but for some kinds."""
    parts = [
        arrays(
            _TOUCHES,
            [zone.key, list(subject_ids[start : start + _BATCH]), list(leaving_out)],
            Touched._fields,
        )
        for start in range(0, len(subject_ids), _BATCH)
    ]
    none = [np.zeros(0, np.int64)] * len(Touched._fields)
    return Touched(*(np.concatenate(columns) for columns in zip(none, *parts, strict=True)))
