"""What a clock on the wall shows, as moments: hours that are skipped or come twice included."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_S = 86_400
_MINUTE_S = 60


def begins(zone: ZoneInfo, day: date, minute: int) -> int:
    """Return the first second, since 1970 in UTC, at which the wall shows this minute or later.

    `minute` counts from the midnight of `day` and may be of the days after. Where the minute comes
    twice, its first time is meant; where it is skipped, the moment of the skip.
    """
    first, last = _readings(zone, day, minute)
    return first if first <= last else _skip(zone, last, first)


def ends(zone: ZoneInfo, day: date, minute: int) -> int:
    """Return the second after the last one at which the wall shows less than this minute."""
    first, last = _readings(zone, day, minute - 1)
    return last + _MINUTE_S if first <= last else _skip(zone, last, first)


def _readings(zone: ZoneInfo, day: date, minute: int) -> tuple[int, int]:
    """Return both moments that a wall's minute may mean, the second before the first in a skip."""
    shown = datetime.combine(day, time(), zone) + timedelta(minutes=minute)
    return int(shown.timestamp()), int(shown.replace(fold=1).timestamp())


def _skip(zone: ZoneInfo, before: int, after: int) -> int:
    """Return the moment between two at which the clock is put forward."""
    forward = datetime.fromtimestamp(after, zone).utcoffset()
    while after - before > 1:
        middle = (before + after) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == forward:
            after = middle
        else:
            before = middle
    return after
