"""How many files will wait in a month, a quarter and half a year, and how good that was before.

Made when files are counted and kept, so that a page need not wait for it. Days are known from the
one by which a hundredth of all closings had come: a house that took over another's open files, and
few of its closed ones, knows little of the days before.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from parvis.engines.forecasting.backlog import HORIZONS, HistoryTooShort, forecast, track_record
from parvis.readers.standards.models import Forecast, Measure
from parvis.readers.standards.standing import today

MOST_DAYS = 5 * 365
"""What was longer ago tells nothing of the months to come."""
_DAY = timedelta(days=1)
_IN_AND_OUT = {Measure.WAITING: (0, 1), Measure.BACKLOG: (2, 3)}
_DAILY = """
SELECT program, day, sum(came), sum("left"), sum(became_late), sum(late_closed) FROM (
    SELECT p.program, t.day, t.came - lag(t.came, 1, 0) OVER w AS came,
        t."left" - lag(t."left", 1, 0) OVER w AS "left",
        t.became_late - lag(t.became_late, 1, 0) OVER w AS became_late,
        t.late_closed - lag(t.late_closed, 1, 0) OVER w AS late_closed
    FROM standards_total t JOIN standards_place p ON p.id = t.place_id
    WINDOW w AS (PARTITION BY t.place_id ORDER BY t.day)
) daily WHERE day <= %s GROUP BY program, day
"""

Daily = dict[date, tuple[int, ...]]
"""By day: files that came, that left, that became late, and that were late and left."""


def make_forecasts(now: datetime) -> None:
    """Forecast what waits and the backlog, of all programs together and of each; keep nothing else.

    The day of the forecast is no part of what is known, because it is not over.
    """
    last = today(now) - _DAY
    found = _daily(last)
    rows = []
    for program, daily in found.items():
        days = min((last - _first(daily, last)).days + 1, MOST_DAYS)
        rows += [
            Forecast(program=program, measure=measure, last_on=last, **one)
            for measure, (into, out) in _IN_AND_OUT.items()
            for one in _forecasts(daily, into, out, last, days)
        ]
    Forecast.objects.all().delete()
    Forecast.objects.bulk_create(rows)


def _first(daily: Daily, last: date) -> date:
    """Return the day by which a hundredth of all closings had come; without one, tomorrow."""
    closings = sum(left for _, left, *_ in daily.values())
    so_far = 0
    for day in sorted(daily):
        so_far += daily[day][1]
        if so_far * 100 >= closings > 0:
            return day
    return last + _DAY


def _daily(last: date) -> dict[str, Daily]:
    """Return what happened by day, by program and, under the empty code, in all."""
    found: defaultdict[str, Daily] = defaultdict(dict)
    whole: defaultdict[date, tuple[int, ...]] = defaultdict(lambda: (0, 0, 0, 0))
    with connection.cursor() as cursor:
        cursor.execute(_DAILY, [last])
        for program, day, *counts in cursor:
            found[program][day] = tuple(map(int, counts))
            whole[day] = tuple(map(int.__add__, whole[day], found[program][day]))
    return {"": dict(whole), **found} if found else {}


def _forecasts(
    daily: Daily, into: int, out: int, last: date, known_days: int
) -> list[dict[str, Any]]:
    level = sum(counts[into] - counts[out] for counts in daily.values())
    days = [last - back * _DAY for back in range(known_days - 1, -1, -1)]
    none = (0, 0, 0, 0)
    came, went = ([daily.get(day, none)[which] for day in days] for which in (into, out))
    return [_forecast(came, went, level, horizon) for horizon in HORIZONS]


def _forecast(came: list[int], went: list[int], level: int, days: int) -> dict[str, Any]:
    """Return one forecast as its row keeps it, by itself: a near one needs fewer days."""
    told: dict[str, Any] = {"days": days, "level": level, "known_days": len(came)}
    try:
        [one] = forecast(came, went, waiting=level, horizons=(days,))
    except HistoryTooShort as short:
        return told | {"needed_days": short.needs}
    told |= {"expected": one.expected, "low": one.low, "high": one.high}
    try:
        [record] = track_record(came, went, waiting=level, horizons=(days,))
    except HistoryTooShort:
        return told
    return told | {
        "scored": record.scored,
        "error": record.error,
        "last_value_error": record.last_value_error,
        "seasonal_error": record.seasonal_error,
        "inside": record.inside,
    }
