"""Dates as people write them, in both languages: 3 May 2024, 3 mai 2024, 1er mai 2024."""

from calendar import monthrange
from dataclasses import field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

from parvis.lib.text import Language, Text
from parvis.lib.values import value

DEPARTMENT = ZoneInfo("America/Toronto")
"""Where the department is: by its days rules come into force."""
_KEPT_READY = 16_384
"""To write a date takes longer than a query; so many days are 45 years."""
_DATE = len("2024-03-31")
_AHEAD_OF_ALL = timedelta(hours=14)
"""How far the clocks that are furthest ahead are before UTC."""
_LOCALES: dict[Language, str] = {"en": "en_CA", "fr": "fr_CA"}


@value()
class Day:
    """A day, and how it is written out."""

    on: date
    text: Text = field(compare=False)


@value()
class Moment:
    """A moment as people say it, where the department is."""

    at: datetime
    on: Day
    time: Text


@lru_cache(maxsize=_KEPT_READY)
def day(on: date) -> Day:
    """Return a day with its text."""
    return Day(on, Text(en=_written(on, "d MMMM y", "en"), fr=_french(on)))


def department_day(moment: datetime) -> date:
    """Return the day that it is at a moment where the department is."""
    return moment.astimezone(DEPARTMENT).date()


def day_of(moment: datetime, zone: ZoneInfo) -> Day:
    """Return the day that a moment fell on in this time zone."""
    return day(moment.astimezone(zone).date())


def moment(at: datetime, zone: ZoneInfo) -> Moment:
    """Return a moment as people say it in a time zone: 3 May 2024, 14:05."""
    there = at.astimezone(zone)
    space = "\N{NO-BREAK SPACE}"
    time = Text(en=f"{there:%H:%M}", fr=f"{there.hour}{space}h{space}{there:%M}")
    return Moment(there, day(there.date()), time)


@lru_cache(maxsize=_KEPT_READY)
def month_of(on: date) -> Text:
    """Return the month of a day, written out: May 2024, mai 2024."""
    return Text(en=_written(on, "MMMM y", "en"), fr=_written(on, "MMMM y", "fr"))


def day_written(text: str) -> date:
    """Return the day of a date, or of a moment by the clock that wrote it, whatever its zone.

    2024-03-31T23:30-07:00 is 31 March, though it is April in Toronto. Raises `ValueError`.
    """
    return date.fromisoformat(text) if len(text) <= _DATE else datetime.fromisoformat(text).date()


def last_day_begun(at: datetime) -> date:
    """Return the latest day that has begun anywhere, so that nobody's own today is refused."""
    return (at.astimezone(UTC) + _AHEAD_OF_ALL).date()


def months_before(on: date, months: int) -> date:
    """Return the same day so many months before; the month's last where it has no such day."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def _written(on: date, pattern: str, language: Language) -> str:
    return format_date(on, pattern, locale=_LOCALES[language])


def _french(on: date) -> str:
    # French counts the first of a month as such; CLDR's patterns do not know it.
    first = "1er " + _written(on, "MMMM y", "fr")
    return first if on.day == 1 else _written(on, "d MMMM y", "fr")
