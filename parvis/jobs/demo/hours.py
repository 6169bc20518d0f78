"""Office hours as one axis without nights, weekends and holidays, so that work falls into them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Seconds = NDArray[np.int64]

_OPENS_AT = 8
_OPEN_FOR_S = 9 * 3600
_DAY_S = 86_400
_CLOSED_ON = ((1, 1), (7, 1), (12, 25), (12, 26))


class OfficeHours:
    """The office days of a place from a day to another, numbered from 0; parts of one are numbers.

    Moments are whole seconds since 1970, in UTC; local ones are those that the clock on the wall
    would count.
    """

    def __init__(self, first: date, last: date, zone: ZoneInfo) -> None:
        holidays = [
            date(year, month, day)
            for year in range(first.year, last.year + 1)
            for month, day in _CLOSED_ON
        ]
        days = np.arange(np.datetime64(first), np.datetime64(last + timedelta(days=1)))
        days = days[np.is_busday(days, holidays=holidays)]
        self._zone = zone
        self._local: Seconds = days.astype(np.int64) * _DAY_S + _OPENS_AT * 3600
        self._utc: Seconds = np.array(
            [
                int(datetime(day.year, day.month, day.day, _OPENS_AT, tzinfo=zone).timestamp())
                for day in days.tolist()
            ]
        )
        self.days = len(days)
        self.days_a_day = len(days) / ((last - first).days + 1)
        """How many of these days there are to a day of the calendar."""

    def number_of(self, moment: datetime) -> float:
        """Return the place of a moment on the axis; that of the next opening if it is not in it."""
        at = moment.timestamp()
        day = int(np.searchsorted(self._utc, at, side="right")) - 1
        return day + min((at - float(self._utc[day])) / _OPEN_FOR_S, 1.0)

    def moments(self, numbers: Numbers) -> Seconds:
        """Return the moments at these places; all after the last day are at its end."""
        return self._at(self._utc, numbers)

    def local(self, numbers: Numbers) -> Seconds:
        """Return what the wall's clock says at these places."""
        return self._at(self._local, numbers)

    def _at(self, openings: Seconds, numbers: Numbers) -> Seconds:
        within = np.clip(numbers, 0.0, np.nextafter(float(len(openings)), 0.0))
        day = within.astype(np.int64)
        return openings[day] + ((within - day) * _OPEN_FOR_S).astype(np.int64)
