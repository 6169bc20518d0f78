"""The page of what waits and what is expected, ready for its template."""

from dataclasses import dataclass, replace
from datetime import date

from parvis.lib.dates import Day, day, month_of
from parvis.lib.durations import grouped
from parvis.lib.text import Text
from parvis.readers.standards.ahead import Ahead, Outlook, TrackRecord
from parvis.readers.standards.behind import Kind
from parvis.readers.standards.data import name_of_office, name_of_program
from parvis.readers.standards.standing import Month, Standing, Survey
from parvis.web.figures.asking import Asked
from parvis.web.figures.charts import Chart, Line, Range, count_chart
from parvis.web.figures.measures import (
    BACKLOG,
    WITHIN,
    WITHOUT,
    Number,
    Scope,
    Shown,
    percent,
    told,
    width,
)
from parvis.web.figures.pages import ALL_WAITING, Figures, figures_of, part_of, scope_of

_HELD_TOO_SELDOM = 0.6
"""A range should hold eight of ten outcomes; where it held fewer than this, that is said."""
_BACKLOG = Text(en="Backlog", fr="Arriéré")


@dataclass(frozen=True, slots=True)
class Part:
    """A program or an office: what waits."""

    name: Text
    shown: Shown


@dataclass(frozen=True, slots=True)
class MonthCount:
    """What waited at the end of a month."""

    name: Text
    waiting: Number
    backlog: Number


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected at the end of some days, and how good such forecasts were."""

    days: int
    on: Day
    number: Text | None
    low: Text | None
    high: Text | None
    needed: Text | None
    known: Text
    caution: Text | None
    """That past ranges held far fewer outcomes than they should."""
    record: "Record | None"


@dataclass(frozen=True, slots=True)
class Record:
    """How far past forecasts were from what came, beside two simple ones."""

    scored: Text
    error: Text
    last_value: Text
    seasonal: Text
    inside: Text | None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The forecasts of one number."""

    name: Text
    ahead: tuple[Expected, ...]
    judged: bool
    """Whether any of them was compared with what came."""


@dataclass(frozen=True, slots=True)
class BacklogPage:
    """What waits and what waits too long, and what is expected."""

    asked: Asked
    figures: Figures | None = None
    shown: Shown | None = None
    waiting: Number | None = None
    programs: tuple[Part, ...] = ()
    offices: tuple[Part, ...] = ()
    months: tuple[MonthCount, ...] = ()
    chart: Chart | None = None
    last_on: Day | None = None
    foreseen: tuple[Foreseen, ...] = ()


def backlog_page(
    asked: Asked,
    survey: Survey | None,
    outlook: Outlook | None,
    last_on: date | None,
    *,
    staff: bool,
) -> BacklogPage:
    """Return the page of what waits; `outlook` where the day is today and forecasts were made."""
    if survey is None:
        return BacklogPage(asked)
    scope = scope_of(survey, asked, staff=staff)
    lines = [
        Line(
            ALL_WAITING,
            [(one.last, one.standing.waiting.files) for one in survey.months],
            _ranges(outlook.waiting if outlook else ()),
        ),
        Line(
            _BACKLOG,
            [(one.last, one.standing.waiting.late) for one in survey.months],
            _ranges(outlook.backlog if outlook else ()),
        ),
    ]
    return BacklogPage(
        asked=asked,
        figures=figures_of(survey, asked, staff=staff),
        shown=_backlog_of(survey.whole, scope),
        waiting=scope.number(ALL_WAITING, survey.whole.waiting.files, Kind.WAITING),
        programs=tuple(
            Part(name_of_program(code), _backlog_of(one, part_of(scope, program=code)))
            for code, one in survey.programs.items()
        ),
        offices=tuple(
            Part(name_of_office(code), _backlog_of(one, part_of(scope, office=code)))
            for code, one in survey.offices.items()
        ),
        months=tuple(_month_count(one, scope) for one in reversed(survey.months)),
        chart=count_chart(lines),
        last_on=None if last_on is None else day(last_on),
        foreseen=()
        if outlook is None
        else (
            _foreseen(ALL_WAITING, outlook.waiting),
            _foreseen(_BACKLOG, outlook.backlog),
        ),
    )


def _month_count(month: Month, scope: Scope) -> MonthCount:
    waiting = month.standing.waiting
    of_month = Scope(replace(scope.figure, on=month.last), scope.staff)
    return MonthCount(
        month_of(month.first),
        of_month.number(ALL_WAITING, waiting.files, Kind.WAITING),
        of_month.number(_BACKLOG, waiting.late, Kind.LATE),
    )


def _backlog_of(standing: Standing, scope: Scope) -> Shown:
    one = standing.waiting
    share = one.late / one.inventory if one.inventory else None
    return Shown(
        one.files == 0,
        percent(share),
        width(share),
        None,
        told(
            scope,
            (BACKLOG, one.late, Kind.LATE),
            (WITHIN, one.within, Kind.WITHIN),
            (WITHOUT, one.without_standard, Kind.WITHOUT_STANDARD),
        ),
    )


def _ranges(ahead: tuple[Ahead, ...]) -> tuple[Range, ...]:
    return tuple(
        Range(one.on, one.low, one.expected, one.high)
        for one in ahead
        if one.low is not None and one.expected is not None and one.high is not None
    )


def _foreseen(name: Text, ahead: tuple[Ahead, ...]) -> Foreseen:
    return Foreseen(name, tuple(map(_expected, ahead)), any(one.record for one in ahead))


def _expected(one: Ahead) -> Expected:
    def said(number: int | None) -> Text | None:
        return None if number is None else grouped(number)

    return Expected(
        days=one.days,
        on=day(one.on),
        number=said(one.expected),
        low=said(one.low),
        high=said(one.high),
        needed=said(one.needed_days),
        known=grouped(one.known_days),
        caution=_caution(one.record),
        record=None if one.record is None else _record(one.record),
    )


def _caution(record: TrackRecord | None) -> Text | None:
    if record is None or record.inside >= _HELD_TOO_SELDOM:
        return None
    of, held = grouped(record.scored), round(record.inside * record.scored)
    if held == 0:
        return Text(
            en=f"Be careful: past ranges held none of {of.en} outcomes.",
            fr="Prudence\N{NO-BREAK SPACE}: les intervalles passés n’ont contenu aucun résultat"
            f" sur {of.fr}.",
        )
    return Text(
        en=f"Be careful: past ranges held only {grouped(held).en} of {of.en} outcomes.",
        fr=f"Prudence\N{NO-BREAK SPACE}: les intervalles passés n’ont contenu que"
        f" {grouped(held).fr} résultat{'s'[: held > 1]} sur {of.fr}.",
    )


def _record(record: TrackRecord) -> Record:
    return Record(
        grouped(record.scored),
        grouped(round(record.error)),
        grouped(round(record.last_value_error)),
        grouped(round(record.seasonal_error)),
        percent(record.inside),
    )
