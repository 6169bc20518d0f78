"""Hours in which nothing is sent, by the clock of whoever would get it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)


def quiet_until(at: datetime, begins: time, ends: time, zone: ZoneInfo) -> datetime | None:
    """Return when the quiet hours end that a moment falls into; None where it falls into none.

    Hours that end before they begin pass midnight; such that begin when they end are none. Where a
    clock is put forward past the end, they end at the first moment after it; where it is put back,
    they end once: in the hour that comes a second time they are over.
    """
    if begins == ends:
        return None
    local = at.astimezone(zone)
    for day in (local.date() - _DAY, local.date()):
        last = day if begins < ends else day + _DAY
        starts = datetime.combine(day, begins, zone)
        stops = datetime.combine(last, ends, zone)
        ends_at = stops.astimezone(at.tzinfo)
        # The clock alone would say, in an hour that comes twice, that they end in the past.
        if starts <= local < stops and ends_at.timestamp() > at.timestamp():
            return ends_at
    return None
