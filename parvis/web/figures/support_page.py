"""The page of the support centre, ready for its template."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from parvis.lib.dates import Day, day, day_of
from parvis.lib.durations import grouped
from parvis.lib.text import Text
from parvis.readers.support.figures import Count, Figures, Times, every_day
from parvis.readers.support.words import (
    length,
    name_of_channel,
    name_of_language,
    name_of_line,
    name_of_topic,
    names_of_lines,
)
from parvis.web.figures.charts import Chart, Line, count_chart
from parvis.web.figures.measures import Number, Shown, percent, width
from parvis.web.figures.satisfaction import SatisfiedRow, satisfaction_of, satisfaction_rows

_BY_DAY_DAYS = 92
"""So many days are drawn one by one; more of them by month."""
_CALLS = Text(en="Came", fr="Reçus")
_CALLS_ANSWERED = Text(en="Answered", fr="Avec réponse")
_RECEIVED = Text(en="Received", fr="Reçues")
_ANSWERED = Text(en="Answered", fr="Avec réponse")


@dataclass(frozen=True, slots=True)
class AskedDays:
    """The days that were asked for as they were typed, and why there is no answer, if so."""

    first: str
    last: str
    error: Text | None = None


@dataclass(frozen=True, slots=True)
class AsOf:
    """As of when the figures are."""

    on: Day
    time: str


@dataclass(frozen=True, slots=True)
class LinePart:
    """A line: what it received and answered, and where its daily report is."""

    name: Text
    address: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table."""

    name: Text
    received: Text
    answered: Text


@dataclass(frozen=True, slots=True)
class Took:
    """How long answers of a channel took: within so long half, four in five, 95 in 100."""

    name: Text
    answers: Text
    half: Text | None
    most: Text | None
    nearly_all: Text | None


@dataclass(frozen=True, slots=True)
class SupportPage:
    """What the support centre received and answered; nothing but what was asked without figures."""

    asked: AskedDays
    first: Day | None = None
    last: Day | None = None
    read: AsOf | None = None
    answered: Text | None = None
    received: Text | None = None
    more: Text | None = None
    """How many more, or fewer, than a year before, in a sentence."""
    avoided: Text | None = None
    calls: Shown | None = None
    lines: tuple[LinePart, ...] = ()
    channels: tuple[Row, ...] = ()
    topics: tuple[Row, ...] = ()
    languages: tuple[Row, ...] = ()
    took: tuple[Took, ...] = ()
    satisfied: Shown | None = None
    """What people said at the end; None where nobody was asked."""
    satisfied_lines: tuple[SatisfiedRow, ...] = ()
    satisfied_languages: tuple[SatisfiedRow, ...] = ()
    reads_words: bool = False
    """Whether whoever looks may read what people added."""
    calls_chart: Chart | None = None
    answered_chart: Chart | None = None
    by_month: bool = False
    downloads: str = ""


def support_page(
    asked: AskedDays, found: Figures | None, *, reads_words: bool = False
) -> SupportPage:
    """Return the page of some days."""
    if found is None:
        return SupportPage(asked)
    whole, names = found.whole, names_of_lines()
    by_month = (found.last - found.first).days > _BY_DAY_DAYS
    points = _months(found) if by_month else every_day(found)
    return SupportPage(
        asked=asked,
        first=day(found.first),
        last=day(found.last),
        read=as_of(found.read_at),
        answered=grouped(whole.answered),
        received=grouped(whole.received),
        more=_more(found),
        avoided=grouped(whole.avoided) if whole.avoided else None,
        calls=calls_of(whole),
        lines=tuple(
            _line(code, name_of_line(code, names), one) for code, one in found.lines.items()
        ),
        channels=_rows(found.channels, name_of_channel),
        topics=_rows({code: one for code, one in found.topics.items() if code}, name_of_topic),
        languages=_rows(found.languages, name_of_language),
        took=tuple(map(_took, found.times)),
        satisfied=satisfaction_of(whole) if whole.rating_asked else None,
        satisfied_lines=satisfaction_rows(found.lines, lambda code: name_of_line(code, names)),
        satisfied_languages=satisfaction_rows(found.languages, name_of_language),
        reads_words=reads_words,
        calls_chart=calls_chart(points),
        answered_chart=count_chart([Line(None, [(on, one.answered) for on, one in points])]),
        by_month=by_month,
        downloads=f"from={found.first.isoformat()}&to={found.last.isoformat()}",
    )


def as_of(read_at: datetime) -> AsOf:
    """Return as of when figures are, as pages tell it."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return AsOf(day_of(read_at, zone), f"{read_at.astimezone(zone):%H:%M}")


def calls_of(one: Count) -> Shown:
    """Return how calls are shown: the share answered, and what became of the others."""
    left_queue = Text(en="Gave up waiting", fr="Abandonnés dans la file")
    before = Text(en="Ended before a queue", fr="Terminés avant la file")
    back = Text(en="Chose to be called back", fr="Rappel demandé")
    counts = [(_CALLS, one.calls), (_CALLS_ANSWERED, one.calls_answered)]
    counts += [(left_queue, one.abandoned), (before, one.left), (back, one.callbacks)]
    return Shown(
        none=one.calls == 0,
        share=percent(one.answer_rate),
        width=width(one.answer_rate),
        aim=None,
        numbers=tuple(Number(label, grouped(count), None) for label, count in counts)
        if one.calls
        else (),
    )


def calls_chart(points: list[tuple[date, Count]]) -> Chart | None:
    """Return how many calls came and were answered, over time; None where none came."""
    if not any(one.calls for _, one in points):
        return None
    return count_chart(
        [
            Line(_CALLS, [(on, one.calls) for on, one in points]),
            Line(_CALLS_ANSWERED, [(on, one.calls_answered) for on, one in points]),
        ]
    )


def _months(found: Figures) -> list[tuple[date, Count]]:
    """Return the months, each on its last day that is asked for."""
    months: dict[tuple[int, int], tuple[date, Count]] = {}
    for on, one in every_day(found):
        _, so_far = months.get((on.year, on.month), (on, Count()))
        so_far.merge(one)
        months[on.year, on.month] = (on, so_far)
    return list(months.values())


def _more(found: Figures) -> Text | None:
    share = percent(abs(found.change_share)) if found.change_share is not None else None
    if found.change is None or share is None:
        return None
    number = grouped(abs(found.change))
    if found.change < 0:
        return Text(
            en=f"That is {number.en} ({share.en}) fewer than in the same days a year before.",
            fr=f"C’est {number.fr} ({share.fr}) de moins que pour les mêmes jours un an plus tôt.",
        )
    return Text(
        en=f"That is {number.en} ({share.en}) more than in the same days a year before.",
        fr=f"C’est {number.fr} ({share.fr}) de plus que pour les mêmes jours un an plus tôt.",
    )


def _line(code: str, name: Text, one: Count) -> LinePart:
    share = one.answered / one.received if one.received else None
    shown = Shown(
        none=one.received == 0,
        share=percent(share) if share is not None and share <= 1 else None,
        width=width(share),
        aim=None,
        numbers=(
            Number(_RECEIVED, grouped(one.received), None),
            Number(_ANSWERED, grouped(one.answered), None),
        ),
    )
    address = reverse("figures_support_line", args=[code]) if code else ""
    return LinePart(name, address, shown)


def _rows(parts: Mapping[str, Count], name: Callable[[str], Text]) -> tuple[Row, ...]:
    return tuple(
        Row(name(code), grouped(one.received), grouped(one.answered)) for code, one in parts.items()
    )


def _took(one: Times) -> Took:
    return Took(name_of_channel(one.channel), grouped(one.answers), *map(length, one.within_s))
