"""Days on which mandates begin and end, where the department is: the last day counts whole."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from parvis.lib.dates import Day, day_of

_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)


def today(now: datetime) -> date:
    """Return the day that it is where the department is."""
    return now.astimezone(_zone()).date()


def begins_on(day: date, *, now: datetime) -> datetime:
    """Return when something begins on a day: at once where that is today."""
    return now if day == today(now) else datetime.combine(day, time(), _zone())


def ends_after(day: date) -> datetime:
    """Return when something ends whose last day this is."""
    return datetime.combine(day + _DAY, time(), _zone())


def shown(moment: datetime) -> Day:
    """Return the day of a moment."""
    return day_of(moment, _zone())


def last_day(ends_at: datetime) -> Day:
    """Return the last day of what ends at a moment."""
    return day_of(ends_at - _MOMENT, _zone())


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
