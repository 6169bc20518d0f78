"""What a person tells of their time in Canada."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from parvis.engines.rules.presence.stretches import Stretch

_DATE = len("2024-03-31")
_AHEAD_OF_ALL = timedelta(hours=14)
"""How far the clocks that are furthest ahead are before UTC."""


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
    before: Sequence[Stretch] = ()
    """When the person was a temporary resident or a protected person; may overlap, and go on."""
    trips: Sequence[Trip] = ()
    serving: Sequence[Stretch] = ()
    """Days in prison, on parole or on probation: none of them counts."""


def day_written(text: str) -> date:
    """Return the day of a date, or of a moment by the clock that wrote it, whatever its zone.

    2024-03-31T23:30-07:00 is 31 March, though it is April in Toronto. Raises `ValueError`.
    """
    return date.fromisoformat(text) if len(text) <= _DATE else datetime.fromisoformat(text).date()


def last_day_begun(at: datetime) -> date:
    """Return the latest day that has begun anywhere, so that nobody's own today is refused."""
    return (at.astimezone(UTC) + _AHEAD_OF_ALL).date()
