"""Hours as people write them: 06:30-19:00 on monday-friday. What they mean is the engine's."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from parvis.engines.queueing.hours import MINUTES_A_DAY, Span, Spans
from parvis.programs.support_lines.unfit import Unfit

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPAN = re.compile(r"(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)")
_HOUR = 60


def span_of(written: str) -> Span:
    """Return the span of two times, hours and minutes: one that ends no later passes midnight."""
    found = _SPAN.fullmatch(written.strip())
    hours = [int(one) for one in found.groups()] if found else []
    if not found or any(minute >= _HOUR for minute in hours[1::2]):
        raise Unfit(
            f"{written!r} cannot be read as hours; write them as 06:30-19:00",
            f"« {written} » ne se lit pas comme des heures ; écrivez par exemple 06:30-19:00",
        )
    opens, closes = hours[0] * _HOUR + hours[1], hours[2] * _HOUR + hours[3]
    if opens >= MINUTES_A_DAY or closes > MINUTES_A_DAY:
        raise Unfit(
            f"{written!r} has a time that no day has; the last is 24:00, for the end of a day",
            f"« {written} » contient une heure qui n’existe pas ; la dernière est 24:00, en fin de"
            " journée",
        )
    if opens == closes:
        raise Unfit(
            f"{written!r} is no length of time; for a whole day write 00:00-24:00",
            f"« {written} » ne dure rien ; pour une journée entière, écrivez 00:00-24:00",
        )
    return Span(opens, closes if closes > opens else closes + MINUTES_A_DAY)


def spans_of(written: Iterable[str]) -> Spans:
    """Return the spans of one day, in their order; refuse two that overlap."""
    spans = tuple(sorted(map(span_of, written)))
    for one, other in pairwise(spans):
        if one.closes > other.opens:
            raise Unfit(
                f"{shown(one)} and {shown(other)} overlap; write one span, or two apart",
                f"{shown(one)} et {shown(other)} se chevauchent ; écrivez une seule plage, ou deux"
                " qui se suivent",
            )
    return spans


def week_of(written: Mapping[str, Iterable[str]]) -> tuple[Spans, ...]:
    """Return the spans of each day from Monday; a day that is not written is closed."""
    week: dict[str, Spans] = {}
    for name, spans in written.items():
        for day in days_of(name):
            if day in week:
                raise Unfit(f"{day} stands here twice; keep one", "Un jour y figure deux fois")
            week[day] = spans_of(spans)
    return tuple(week.get(day, ()) for day in DAYS)


def days_of(name: str) -> tuple[str, ...]:
    """Return the days of a key: one, or those from one to another."""
    first, _, last = name.partition("-")
    last = last or first
    if first not in DAYS or last not in DAYS or DAYS.index(first) > DAYS.index(last):
        raise Unfit(
            f"{name!r} is no day; write monday to sunday, or two with a hyphen: monday-friday",
            f"« {name} » n’est pas un jour ; écrivez monday à sunday, ou deux avec un trait"
            " d’union : monday-friday",
        )
    return DAYS[DAYS.index(first) : DAYS.index(last) + 1]


def shown(span: Span) -> str:
    """Return a span as it is written."""
    closes = span.closes if span.closes <= MINUTES_A_DAY else span.closes - MINUTES_A_DAY
    opens, closed = (f"{one // _HOUR:02}:{one % _HOUR:02}" for one in (span.opens, closes))
    return f"{opens}-{closed}"
