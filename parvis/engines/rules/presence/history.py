"""What a person tells of their time in Canada."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from parvis.engines.rules.presence.stretches import Stretch


class Trip(NamedTuple):
    """One absence: the day on which the person left Canada, and the one on which they came back.

    Each is the date that the clock on the wall showed at the border, by that place's own zone.
    """

    left: date
    returned: date


@dataclass(frozen=True, slots=True)
class History:
    """What counts for presence: since when a resident, before that allowed to be here, and away."""

    resident_since: date | None
    """The day of becoming a permanent resident; None where that has not happened."""
    before_residence: Sequence[Stretch] = ()
    """When the person was a temporary resident or a protected person; may overlap, and go on."""
    trips: Sequence[Trip] = ()
    serving: Sequence[Stretch] = ()
    """Days in prison, on parole or on probation: none of them counts."""
