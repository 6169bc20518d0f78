"""The support centre over some days: what was received and answered, every split of it, and a line.

Calls count on the day on which they came, with what became of them. What was written counts as
received when it came and as answered when it was first answered.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from parvis.casework.lines.selectors import UnknownLine
from parvis.casework.lines.selectors import line as known_line
from parvis.lib.dates import months_before
from parvis.lib.text import Text
from parvis.readers.support.counting import MEASURES
from parvis.readers.support.models import Reading
from parvis.readers.support.tallies import PHONE
from parvis.readers.support.waits import percentile

SHARES = (0.5, 0.8, 0.95)
"""Of the answers: within how long so many of them came."""
PARTS = ("channel", "line", "topic", "language", "day")
_DAY = timedelta(days=1)
_MOST_DAYS = 3_700
_SUMS = ", ".join(f'coalesce(sum("{one}"), 0)::bigint' for one in MEASURES)
_SPLITS = f"""
SELECT grouping(channel, line, topic, language, day), channel, line, topic, language, day, {_SUMS}
FROM support_cell WHERE day BETWEEN %s AND %s AND (%s::text IS NULL OR line = %s)
GROUP BY GROUPING SETS ((channel), (line, channel), (topic), (language), (day, channel))
"""  # noqa: S608 - our own words
_OF_ALL = f"""
SELECT channel, {_SUMS} FROM support_cell
WHERE day BETWEEN %s AND %s AND (%s::text IS NULL OR line = %s) GROUP BY channel
"""  # noqa: S608 - our own words
_WAITS = """
SELECT channel, bucket, sum(answers)::bigint FROM support_wait
WHERE day BETWEEN %s AND %s AND (%s::text IS NULL OR line = %s) GROUP BY channel, bucket
"""
_SINCE = """
SELECT min(day), max(day) FROM support_cell WHERE line = %s AND (received > 0 OR answered > 0)
"""
# As PostgreSQL's `grouping` numbers them: a bit is set for each column that is not grouped by.
_CHANNELS, _LINES, _TOPICS, _LANGUAGES, _DAYS = 0b01111, 0b00111, 0b11011, 0b11101, 0b01110

NOT_COUNTED = Text(
    en="The support centre has not been counted yet.",
    fr="Le centre de soutien n’a pas encore été compté.",
)
_BACKWARDS = Text(
    en="The last day is before the first. Choose a later last day.",
    fr="Le dernier jour précède le premier. Choisissez un dernier jour plus tardif.",
)
_TOO_LONG = Text(en="Choose ten years at most.", fr="Choisissez dix ans au plus.")
_NO_LINE = Text(
    en="Nothing ever came to a line with this code. Check the code.",
    fr="Rien n’est jamais arrivé à une ligne portant ce code. Vérifiez le code.",
)


class NotTold(Exception):
    """There is no figure of this; `reason` says why, in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(slots=True)
class Count:
    """What was received and answered of one kind, and what became of its calls."""

    received: int = 0
    answered: int = 0
    avoided: int = 0
    calls: int = 0
    calls_answered: int = 0
    abandoned: int = 0
    callbacks: int = 0
    called_back: int = 0
    left: int = 0
    wait_s: int = 0
    """Of the calls that were answered, all together."""
    talk_s: int = 0
    noted: int = 0
    """Calls that agents noted and no telephone system told of; they are among the answered."""
    rating_asked: int = 0
    """Who was asked at the end whether our answer helped."""
    rated: int = 0
    satisfied: int = 0

    @property
    def answer_rate(self) -> float | None:
        """The share of calls that were answered; None where none came."""
        return self.calls_answered / self.calls if self.calls else None

    @property
    def calls_timed(self) -> int:
        """The answered calls of which it was told how long they took."""
        return self.calls_answered - self.noted

    @property
    def satisfied_share(self) -> float | None:
        """The share of those who said whether we helped who are satisfied; None where none did."""
        return self.satisfied / self.rated if self.rated else None

    @property
    def written(self) -> int:
        """What was received by other ways than the telephone."""
        return self.received - self.calls

    @property
    def written_answered(self) -> int:
        """What of that was answered."""
        return self.answered - self.calls_answered

    @property
    def calls_open(self) -> int:
        """Calls of which nobody told how they ended."""
        ended = self.calls_answered + self.abandoned + self.callbacks + self.left
        return self.calls - ended

    def merge(self, other: "Count") -> None:
        """Add what was counted of other days."""
        for one in fields(Count):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    def add(self, channel: str, sums: Sequence[int]) -> None:
        """Add what was counted of a channel."""
        named = dict(zip(MEASURES, sums, strict=True))
        for name in ("received", "answered", "avoided", "abandoned", "callbacks", "called_back"):
            setattr(self, name, getattr(self, name) + named[name])
        for name in ("left", "rating_asked", "rated", "satisfied"):
            setattr(self, name, getattr(self, name) + named[name])
        if channel == PHONE:
            self.calls += named["received"]
            self.calls_answered += named["answered"]
            self.wait_s += named["wait_s"]
            self.talk_s += named["talk_s"]
            self.noted += named["noted"]


@dataclass(frozen=True, slots=True)
class Times:
    """How long answers of a channel took; the shares are `SHARES`."""

    channel: str
    answers: int
    within_s: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """A line since it was opened, or since anything came to it if that was before."""

    first: date
    count: Count


@dataclass(slots=True)
class Figures:
    """The support centre from one day to another, or one line of it."""

    first: date
    last: date
    line: str | None
    read_at: datetime
    whole: Count = field(default_factory=Count)
    before: Count | None = None
    """The days that it is compared with, if any."""
    before_days: tuple[date, date] | None = None
    channels: dict[str, Count] = field(default_factory=dict)
    lines: dict[str, Count] = field(default_factory=dict)
    topics: dict[str, Count] = field(default_factory=dict)
    languages: dict[str, Count] = field(default_factory=dict)
    days: dict[date, Count] = field(default_factory=dict)
    times: tuple[Times, ...] = ()
    opening: Opening | None = None

    @property
    def change(self) -> int | None:
        """How many more were answered than before."""
        return None if self.before is None else self.whole.answered - self.before.answered

    @property
    def change_share(self) -> float | None:
        """The same as a share of what was answered before; None where nothing was."""
        if self.change is None or self.before is None or not self.before.answered:
            return None
        return self.change / self.before.answered


def support_figures(
    first: date, last: date, *, before: tuple[date, date] | None = None, line: str | None = None
) -> Figures:
    """Return what was received and answered from one day to another, both counted.

    A handful of queries of short rows, however many people asked. Raises `NotTold` where the days
    are none, or nothing was counted, or nothing ever came to the line.
    """
    if last < first:
        raise NotTold(_BACKWARDS)
    if (last - first).days > _MOST_DAYS:
        raise NotTold(_TOO_LONG)
    found = Figures(first, last, line, check_counted())
    if line is not None:
        found.opening, _ = _opening(line, last)
    if before is not None:
        found.before_days, found.before = before, _whole(*before, line)
    return _filled(found)


def line_figures(line: str, last: date) -> Figures:
    """Return a line from its first day on, until it closed; raise `NotTold` before it."""
    read_at = check_counted()
    opening, last = _opening(line, last)
    return _filled(Figures(opening.first, last, line, read_at, opening=opening))


def check_counted() -> datetime:
    """Return as of when the figures are; raise `NotTold` where nothing was counted yet."""
    reading = Reading.objects.filter(pk=1).first()
    if reading is None or reading.read_at is None:
        raise NotTold(NOT_COUNTED)
    return reading.read_at


def year_before(first: date, last: date) -> tuple[date, date]:
    """Return the same days a year before."""
    return months_before(first, 12), months_before(last, 12)


def same_days_of(year: int, first: date, last: date) -> tuple[date, date]:
    """Return the same days so many years before that the first is in this year."""
    months = 12 * (first.year - year)
    return months_before(first, months), months_before(last, months)


def every_day(found: Figures) -> list[tuple[date, Count]]:
    """Return every day in turn, those without anything too; a line's from its first on."""
    first = max(found.first, found.opening.first) if found.opening else found.first
    days = max(0, (found.last - first).days + 1)
    return [(day, found.days.get(day, Count())) for day in (first + n * _DAY for n in range(days))]


def _filled(found: Figures) -> Figures:
    """Return figures with all their splits counted."""
    first, last, line = found.first, found.last, found.line
    with connection.cursor() as cursor:
        cursor.execute(_SPLITS, [first, last, line, line])
        for row in cursor.fetchall():
            _split(found, row[0], row[1:6], row[6:])
    found.times = _times(first, last, line)
    for parts in (found.channels, found.lines, found.topics, found.languages):
        _drop_empty(parts)
    return found


def _split(found: Figures, set_: int, keys: Sequence[object], sums: Sequence[int]) -> None:
    channel, line, topic, language, day = keys
    if set_ == _CHANNELS:
        found.channels.setdefault(str(channel), Count()).add(str(channel), sums)
        found.whole.add(str(channel), sums)
    elif set_ == _LINES:
        found.lines.setdefault(str(line), Count()).add(str(channel), sums)
    elif set_ == _TOPICS:
        found.topics.setdefault(str(topic), Count()).add("", sums)
    elif set_ == _LANGUAGES:
        found.languages.setdefault(str(language), Count()).add("", sums)
    elif set_ == _DAYS and isinstance(day, date):
        found.days.setdefault(day, Count()).add(str(channel), sums)


def _whole(first: date, last: date, line: str | None) -> Count:
    found = Count()
    with connection.cursor() as cursor:
        cursor.execute(_OF_ALL, [first, last, line, line])
        for channel, *sums in cursor.fetchall():
            found.add(channel, sums)
    return found


def _opening(line: str, last: date) -> tuple[Opening, date]:
    """Return a line since its opening, and its last day of those that are asked for."""
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, [line])
        came = cursor.fetchone()
    opened_on, closed_on = _open_from_to(line)
    days = [on for on in (came[0], opened_on) if on is not None and on <= last]
    if not days:
        raise NotTold(_NO_LINE)
    if closed_on is not None:
        # What an agent had then they answered later.
        last = min(last, max(closed_on, came[1] or closed_on))
    return Opening(min(days), _whole(min(days), last, line)), last


def _open_from_to(code: str) -> tuple[date | None, date | None]:
    """Return the days on which a line was opened and closed; none of what a telephone alone knows.

    None for the second where it goes on.
    """
    try:
        known = known_line(code)
    except UnknownLine:
        return None, None
    zone = ZoneInfo(settings.TIME_ZONE)
    closed_at = known.closed_at
    return known.opened_at.astimezone(zone).date(), closed_at and closed_at.astimezone(zone).date()


def _times(first: date, last: date, line: str | None) -> tuple[Times, ...]:
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(_WAITS, [first, last, line, line])
        for channel, bucket, answers in cursor.fetchall():
            counts[channel][bucket] = answers
    return tuple(
        Times(channel, some.total(), tuple(percentile(some, share) for share in SHARES))
        for channel, some in sorted(counts.items())
        if some.total()
    )


def _drop_empty(parts: dict[str, Count]) -> None:
    """Leave out parts of which nothing is counted any more, and order the others: most first."""
    kept = [
        (code, one)
        for code, one in parts.items()
        if one.received or one.answered or one.avoided or one.rating_asked
    ]
    parts.clear()
    parts.update(sorted(kept, key=lambda part: (-part[1].received, part[0])))
