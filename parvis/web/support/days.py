"""Days on which an enquiry comes back, as they are typed."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

_MORNING = time(6, 30)
"""When the general line opens."""


def day_typed(typed: str) -> date | None:
    """Return a day that was typed; None where it is none."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def morning_of(on: date | None) -> datetime | None:
    """Return the moment at which work begins on a day; None where there is no such moment."""
    if on is None:
        return None
    try:
        return datetime.combine(on, _MORNING, ZoneInfo(settings.TIME_ZONE))
    except OverflowError:
        return None
