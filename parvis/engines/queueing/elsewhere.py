"""A week's hours as a clock elsewhere shows them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from parvis.engines.queueing import walls
from parvis.engines.queueing.hours import MINUTES_A_DAY, Hours, Span, Spans

_MINUTE_S = 60


def week_in(hours: Hours, zone: ZoneInfo, on: date) -> tuple[Spans, ...]:
    """Return the spans of each day from Monday, as walls in `zone` show them in the week from `on`.

    Of any week: without the days that are not as in any. A span stands on the day on which it opens
    there.
    """
    found: list[list[Span]] = [[] for _ in range(7)]
    for nth in range(7):
        day = on + timedelta(days=nth)
        for span in hours.week[day.weekday()]:
            opens = datetime.fromtimestamp(walls.begins(hours.zone, day, span.opens), zone)
            closes = datetime.fromtimestamp(walls.ends(hours.zone, day, span.closes), zone)
            first, last = (_minute(one, opens.date()) for one in (opens, closes))
            if first < last <= first + MINUTES_A_DAY:
                found[opens.weekday()].append(Span(first, last))
    return tuple(tuple(sorted(one)) for one in found)


def _minute(shown: datetime, day: date) -> int:
    """Return a wall's time in minutes since the midnight of a day."""
    wall = shown.replace(tzinfo=None) - datetime.combine(day, time())
    return int(wall.total_seconds()) // _MINUTE_S
