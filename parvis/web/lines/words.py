"""Hours as people say them: Monday to Friday, 6:30 to 19:00; le lundi, de 6 h 30 à 19 h."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import get_timezone_location, get_timezone_name

from parvis.engines.queueing.hours import MINUTES_A_DAY, Span, Spans
from parvis.lib.dates import day
from parvis.lib.text import LANGUAGES, Text

_S = "\N{NO-BREAK SPACE}"
_LOCALES = {"en": "en_CA", "fr": "fr_CA"}
_HOUR, _PAIR, _WEEK = 60, 2, 7
WEEKDAYS = (
    Text(en="Monday", fr="lundi"),
    Text(en="Tuesday", fr="mardi"),
    Text(en="Wednesday", fr="mercredi"),
    Text(en="Thursday", fr="jeudi"),
    Text(en="Friday", fr="vendredi"),
    Text(en="Saturday", fr="samedi"),
    Text(en="Sunday", fr="dimanche"),
)
_CLOSED = Text(en="closed", fr="fermé")
_EVERY_DAY = Text(en="Every day", fr="Tous les jours")
_ALL_DAY = Text(en="all day", fr="toute la journée")


@dataclass(frozen=True, slots=True)
class DayLine:
    """Days of a week that are alike, and their hours."""

    days: Text
    hours: Text


def clock_time(minute: int) -> Text:
    """Return a time of a day: 6:30, 6 h 30; midnight has its word."""
    hours, minutes = divmod(minute % MINUTES_A_DAY, _HOUR)
    if not hours and not minutes:
        return Text(en="midnight", fr="minuit")
    fr = f"{hours}{_S}h" + (f"{_S}{minutes:02}" if minutes else "")
    return Text(en=f"{hours}:{minutes:02}", fr=fr)


def hours_of(spans: Spans) -> Text:
    """Return the hours of a day."""
    if not spans:
        return _CLOSED
    return joined(map(_span, spans))


def _span(span: Span) -> Text:
    if span == Span(0, MINUTES_A_DAY):
        return _ALL_DAY
    opens, closes = clock_time(span.opens), clock_time(span.closes)
    later = span.closes > MINUTES_A_DAY
    return Text(
        en=f"{opens.en} to {closes.en}{' the next day' if later else ''}",
        fr=f"de {opens.fr} à {closes.fr}{' le lendemain' if later else ''}",
    )


def week_lines(week: Sequence[Spans]) -> tuple[DayLine, ...]:
    """Return a week's hours, days that follow each other and are alike as one."""
    groups: list[tuple[int, int]] = []
    for nth, spans in enumerate(week):
        if groups and week[groups[-1][0]] == spans:
            groups[-1] = (groups[-1][0], nth)
        else:
            groups.append((nth, nth))
    return tuple(DayLine(_days(first, last), hours_of(week[first])) for first, last in groups)


def _days(first: int, last: int) -> Text:
    if last - first + 1 == _WEEK:
        return _EVERY_DAY
    one, other = WEEKDAYS[first], WEEKDAYS[last]
    if first == last:
        return Text(en=one.en, fr=one.fr.capitalize())
    if last - first + 1 == _PAIR:
        return Text(en=f"{one.en} and {other.en}", fr=f"{one.fr.capitalize()} et {other.fr}")
    return Text(en=f"{one.en} to {other.en}", fr=f"Du {one.fr} au {other.fr}")


def long_day(on: date) -> Text:
    """Return a day with its weekday: Monday, 15 January 2024; lundi 15 janvier 2024."""
    weekday, written = WEEKDAYS[on.weekday()], day(on).text
    return Text(en=f"{weekday.en}, {written.en}", fr=f"{weekday.fr} {written.fr}")


def time_on(at: datetime, zone: ZoneInfo, now: datetime) -> Text:
    """Return a moment as a clock in a zone shows it; with its day, unless that is the present one.

    The midnight that ends a day is of that day.
    """
    there, today = at.astimezone(zone), now.astimezone(zone).date()
    time = clock_time(there.hour * _HOUR + there.minute)
    ends_day = not there.hour and not there.minute
    on = there.date() - timedelta(days=1) if ends_day else there.date()
    if on == today:
        return time
    if on == today + timedelta(days=1):
        return Text(en=f"{time.en} the next day", fr=f"{time.fr} le lendemain")
    written = long_day(on)
    return Text(en=f"{time.en} on {written.en}", fr=f"{time.fr} le {written.fr}")


def zone_name(zone: ZoneInfo) -> Text:
    """Return what the time of a zone is called: Eastern Time, heure de l’Est."""
    return Text(
        **{
            language: get_timezone_name(zone.key, locale=locale, zone_variant="generic")
            for language, locale in _LOCALES.items()
        }
    )


def city_of(zone: ZoneInfo) -> Text:
    """Return the city that a zone is named for."""
    return Text(
        **{
            language: get_timezone_location(zone.key, locale=locale, return_city=True)
            for language, locale in _LOCALES.items()
        }
    )


def language_name(code: str) -> Text:
    """Return what a language is called; its code where nobody has told."""
    return Text(
        **{
            language: str(Locale.parse(locale).languages.get(code, code))
            for language, locale in _LOCALES.items()
        }
    )


def spoken(codes: Iterable[str]) -> Text:
    """Return languages as one; each language names itself first."""
    said = tuple(codes)
    names = {
        first: joined(map(language_name, sorted(said, key=lambda code: code != first)))
        for first in LANGUAGES
    }
    return Text(**{language: names[language][language] for language in LANGUAGES})


def joined(parts: Iterable[Text]) -> Text:
    """Return parts as one: a, b and c."""
    said = tuple(parts)

    def join(words: Sequence[str], last: str) -> str:
        return last.join(filter(None, (", ".join(words[:-1]), words[-1])))

    return Text(
        en=join([one.en for one in said], " and "), fr=join([one.fr for one in said], " et ")
    )
