"""What everybody sees of lines: whom each is for, when it is open, how to reach it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from parvis.casework.lines.selectors import KnownLine
from parvis.engines.queueing.elsewhere import week_in
from parvis.engines.queueing.hours import next_change
from parvis.lib.dates import Day, day
from parvis.lib.durations import grouped
from parvis.lib.text import LANGUAGES, Text
from parvis.programs.support_lines.calendars import UnusualDay
from parvis.programs.support_lines.schema import Terms
from parvis.web.figures.measures import percent
from parvis.web.lines.places import Place, place_named, places_of
from parvis.web.lines.words import (
    DayLine,
    hours_of,
    long_day,
    spoken,
    time_on,
    week_lines,
    zone_name,
)

_AHEAD = timedelta(days=62)
UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place, and a line's week as its clocks show it."""

    key: str
    name: Text
    week: tuple[DayLine, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class Reached:
    """How a line is reached."""

    email: str | None
    phone: str | None
    dialled: str | None
    web_form: bool


@dataclass(frozen=True, slots=True)
class LinePage:
    """A line, as everybody sees it."""

    code: str
    name: Text
    about: Text
    closed_on: Day | None
    is_open: bool
    status: Text
    places: tuple[PlaceRow, ...]
    unusual: tuple[Text, ...]
    """Days to come that are not as in any week."""
    holidays_until: Day | None
    """After which day nobody knows yet what is a holiday; None where that is far off."""
    reached: Reached
    languages: Text
    share: Text | None
    within: Text
    unverified: bool


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line in the list for everybody."""

    code: str
    name: Text
    about: Text
    is_open: bool
    status: Text


def line_rows(lines: list[KnownLine], now: datetime) -> tuple[LineRow, ...]:
    """Return the lines that take contacts, the general one first, then by code."""
    ordered = sorted(lines, key=lambda one: (one.code != "general", one.code))
    return tuple(
        LineRow(
            one.code,
            one.terms.name,
            one.terms.about,
            one.is_open_at(now),
            status_of(one, None, now),
        )
        for one in ordered
    )


def line_page(line: KnownLine, now: datetime, chosen: str = "") -> LinePage:
    """Return the page of a line, for somebody who may have chosen where they are."""
    terms = line.terms
    places = places_of(terms)
    place = place_named(chosen, places)
    today = now.astimezone(terms.time_zone).date()
    closed = line.closed_at is not None and line.closed_at <= now
    until, targets = line.hours.known_until, terms.targets
    return LinePage(
        code=line.code,
        name=terms.name,
        about=terms.about,
        closed_on=day(line.closed_at.astimezone(terms.time_zone).date())
        if line.closed_at and closed
        else None,
        is_open=line.is_open_at(now),
        status=status_of(line, place, now),
        places=tuple(
            PlaceRow(
                one.zone.key,
                one.name,
                week_lines(week_in(line.hours, one.zone, today)),
                one is place,
            )
            for one in places
        ),
        unusual=unusual_days(line, now),
        holidays_until=day(until) if until and until < today + _AHEAD else None,
        reached=reached(terms),
        languages=spoken(terms.languages),
        share=percent(targets.share),
        within=open_hours(targets.open_hours),
        unverified=targets.source == UNVERIFIED,
    )


def status_of(line: KnownLine, place: Place | None, now: datetime) -> Text:
    """Say whether somebody answers now, and until or from when, here and where a visitor is."""
    change, zone = next_change(line.hours, now), line.terms.time_zone
    is_open = line.is_open_at(now)
    if change is None:
        return (
            Text(en="Open at every hour.", fr="Ouverte à toute heure.")
            if is_open
            else Text(en="Closed.", fr="Fermée.")
        )
    here, name = time_on(change, zone, now), zone_name(zone)
    there = None if place is None else time_on(change, place.zone, now)
    when = Text(en=f"{here.en}, {name.en}", fr=f"{here.fr}, {name.fr}")
    if there is not None and there != here:
        when = Text(
            en=f"{when.en} ({there.en} where you are)", fr=f"{when.fr} ({there.fr} chez vous)"
        )
    if is_open:
        return Text(en=f"Open until {when.en}.", fr=f"Ouverte jusqu’à {when.fr}.")
    return Text(
        en=f"Closed now. Opens at {when.en}.", fr=f"Fermée en ce moment. Ouvre à {when.fr}."
    )


def unusual_days(line: KnownLine, now: datetime) -> tuple[Text, ...]:
    """Return the next days that are not as in any week, with their hours and why."""
    today = now.astimezone(line.terms.time_zone).date()
    return unusual_between(line.terms, today, today + _AHEAD)


def unusual_between(terms: Terms, first: date, last: date) -> tuple[Text, ...]:
    """Return the days that are not as in any week, from one to another, with their hours."""
    return tuple(
        _unusual(on, one) for on, one in terms.unusual_days().items() if first <= on <= last
    )


def _unusual(on: date, one: UnusualDay) -> Text:
    written, hours = long_day(on), hours_of(one.spans)
    return Text(
        en=f"{written.en}: {hours.en} ({one.name.en})",
        fr=f"{written.fr.capitalize()}\N{NO-BREAK SPACE}: {hours.fr} ({one.name.fr})",
    )


def reached(terms: Terms) -> Reached:
    """Return how a line is reached."""
    channels = terms.channels
    number = channels.phone
    dialled = None if number is None else "+" + "".join(filter(str.isdigit, number))
    return Reached(channels.email, number, dialled, channels.web_form)


def open_hours(count: float) -> Text:
    """Return a length of open time in hours, as it is written."""
    whole = grouped(int(count)) if count == int(count) else None
    if whole is not None:
        return whole
    return Text(
        **{one: f"{count:g}".replace(".", "," if one == "fr" else ".") for one in LANGUAGES}
    )
