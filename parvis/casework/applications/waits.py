"""How long files waited, as arrays for those who forecast."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from parvis.casework.events.arrays import arrays
from parvis.programs.schema import Program

# What another system recorded may end before it begins; it waited no time at all.
_WAITS = """
SELECT id, came::bigint AS received,
    CASE WHEN went IS NULL THEN -1 ELSE greatest(went, came) END::bigint AS ended,
    coalesce(half - DATE '1970-01-01', -1)::bigint AS half_on,
    coalesce(most - DATE '1970-01-01', -1)::bigint AS most_on,
    coalesce(unsure::integer, 0)::bigint AS unsure, place::bigint AS office
FROM (
    SELECT id, (received_at AT TIME ZONE %s)::date - DATE '1970-01-01' AS came,
        (closed_at AT TIME ZONE %s)::date - DATE '1970-01-01' AS went,
        (rest -> 'given' ->> 'half_on')::date AS half,
        (rest -> 'given' ->> 'most_on')::date AS most,
        (rest -> 'given' ->> 'unsure')::boolean AS unsure,
        coalesce(array_position(%s::text[], office), 0) AS place
    FROM applications_application WHERE program = %s
) file
"""


class Waits(NamedTuple):
    """The files of a program, in the order of their receipt, n of each."""

    id: NDArray[np.int64]
    received: NDArray[np.int64]
    """Days from 1 January 1970, in the program's time zone."""
    ended: NDArray[np.int64]
    """The day of the decision, or of another end; -1 where it still waits."""
    half_on: NDArray[np.int64]
    """By when half of files like it are decided, as its client was told last; -1 where never."""
    most_on: NDArray[np.int64]
    """By when four in five are."""
    unsure: NDArray[np.int64]
    """1 where its client was told that decisions had slowed."""
    office: NDArray[np.int64]
    """Where it is: a place from 1 among the program's offices, 0 where it is at none of them."""


def waits(program: Program) -> Waits:
    """Return how long each file of a program waited, or waits so far."""
    zone = program.time_zone.key
    values = [zone, zone, list(program.offices), program.code]
    found = arrays(_WAITS, values, Waits._fields)
    order = np.lexsort((found[0], found[1]))
    return Waits(*(column[order] for column in found))
