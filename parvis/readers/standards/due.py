"""Until when a file is within its service standard: the one rule of its page and of all figures."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from parvis.programs.schema import Standard


def stood_still(
    stopped: timedelta, stopped_at: datetime | None, zone: ZoneInfo, now: datetime
) -> timedelta:
    """Return how long a file's clock stood still by now: in all before, and since it stopped last.

    The last by the clock on the wall: a night in which the hour changes would else make a late
    file timely again.
    """
    if stopped_at is None:
        return stopped
    return stopped + (now.astimezone(zone) - stopped_at.astimezone(zone))


def due_on(standard: Standard, received_at: datetime, stood: timedelta, zone: ZoneInfo) -> date:
    """Return the last day within a standard, for a file whose clock stood still so long."""
    return (_after(received_at.astimezone(zone), standard) + stood).date()


def _after(start: datetime, standard: Standard) -> datetime:
    """Return the moment a standard ends; a month after 31 January is the last day of February."""
    if standard.days is not None:
        return start + timedelta(days=standard.days)
    years, month = divmod(start.month - 1 + (standard.months or 0), 12)
    first = start.replace(year=start.year + years, month=month + 1, day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(start.day, last.day))
