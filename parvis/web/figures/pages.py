"""The pages of figures, ready for their templates."""

from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings

from parvis.lib.dates import Day, day, day_of, month_of
from parvis.lib.durations import grouped
from parvis.lib.text import Text
from parvis.readers.standards.ahead import Ahead, Outlook, TrackRecord
from parvis.readers.standards.behind import Figure, Kind
from parvis.readers.standards.data import name_of_office, name_of_program
from parvis.readers.standards.discreet import OTHERS
from parvis.readers.standards.standing import Month, Standing, Survey
from parvis.web.figures.asking import Asked
from parvis.web.figures.charts import Chart, Line, Range, count_chart, share_chart
from parvis.web.figures.measures import (
    BACKLOG,
    WITHIN,
    WITHOUT,
    Number,
    Scope,
    Shown,
    aim_of,
    decided_of,
    percent,
    told,
    waiting_of,
    width,
)

_ALL_WAITING = Text(en="Waiting", fr="En attente")
_BACKLOG = Text(en="Backlog", fr="Arriéré")


@dataclass(frozen=True, slots=True)
class Row:
    """A program or an office: both measures."""

    name: Text
    waiting: Shown
    decided: Shown


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month: both measures in short."""

    name: Text
    waiting: Number
    waiting_share: Text | None
    decided: Number
    decided_share: Text | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What both pages have: of which day they are, and as of when the log was read."""

    on: Day
    since: Day
    read_on: Day
    read_time: str
    staff: bool
    downloads: str
    """What a download is asked for, to have the same figures."""


@dataclass(frozen=True, slots=True)
class StandardsPage:
    """How service standards are kept; nothing but what was asked where there are no figures."""

    asked: Asked
    figures: Figures | None = None
    row: Row | None = None
    aim: Text | None = None
    programs: tuple[Row, ...] = ()
    offices: tuple[Row, ...] = ()
    months: tuple[MonthRow, ...] = ()
    waiting_chart: Chart | None = None
    decided_chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A program or an office: what waits."""

    name: Text
    shown: Shown


@dataclass(frozen=True, slots=True)
class MonthCount:
    """What waited at the end of a month."""

    name: Text
    waiting: Text
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
    waiting: Text | None = None
    programs: tuple[Part, ...] = ()
    offices: tuple[Part, ...] = ()
    months: tuple[MonthCount, ...] = ()
    chart: Chart | None = None
    last_on: Day | None = None
    foreseen: tuple[Foreseen, ...] = ()


def standards_page(asked: Asked, survey: Survey | None, *, staff: bool) -> StandardsPage:
    """Return the page of both measures."""
    if survey is None:
        return StandardsPage(asked)
    scope = _scope(survey, asked, staff=staff)
    aim = aim_of(scope.figure)
    months = [(one.last, one.standing) for one in survey.months]
    return StandardsPage(
        asked=asked,
        figures=_figures(survey, asked, staff=staff),
        row=_row(_ALL_WAITING, survey.whole, scope),
        aim=percent(aim),
        programs=tuple(
            _row(name_of_program(code), one, _of(scope, program=code))
            for code, one in survey.programs.items()
        ),
        offices=tuple(
            _row(name_of_office(code), one, _of(scope, office=code))
            for code, one in survey.offices.items()
        ),
        months=tuple(_month_row(one, scope) for one in reversed(survey.months)),
        waiting_chart=share_chart(
            Line(None, [(last, one.waiting.share) for last, one in months]), percent, None
        ),
        decided_chart=share_chart(
            Line(None, [(last, one.decided.share) for last, one in months]), percent, aim
        ),
    )


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
    scope = _scope(survey, asked, staff=staff)
    lines = [
        Line(
            _ALL_WAITING,
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
        figures=_figures(survey, asked, staff=staff),
        shown=_backlog_of(survey.whole, scope),
        waiting=grouped(survey.whole.waiting.files),
        programs=tuple(
            Part(name_of_program(code), _backlog_of(one, _of(scope, program=code)))
            for code, one in survey.programs.items()
        ),
        offices=tuple(
            Part(name_of_office(code), _backlog_of(one, _of(scope, office=code)))
            for code, one in survey.offices.items()
        ),
        months=tuple(_month_count(one, scope) for one in reversed(survey.months)),
        chart=count_chart(lines),
        last_on=None if last_on is None else day(last_on),
        foreseen=()
        if outlook is None
        else (
            _foreseen(_ALL_WAITING, outlook.waiting),
            _foreseen(_BACKLOG, outlook.backlog),
        ),
    )


def _figures(survey: Survey, asked: Asked, *, staff: bool) -> Figures:
    zone = ZoneInfo(settings.TIME_ZONE)
    program = f"&program={asked.program}" if asked.program else ""
    return Figures(
        on=day(survey.on),
        since=day(survey.since),
        read_on=day_of(survey.read_at, zone),
        read_time=f"{survey.read_at.astimezone(zone):%H:%M}",
        staff=staff,
        downloads=f"on={survey.on.isoformat()}{program}",
    )


def _scope(survey: Survey, asked: Asked, *, staff: bool) -> Scope:
    figure = Figure.of(Kind.INVENTORY, on=survey.on, program=asked.program)
    return Scope(figure, staff)


def _of(scope: Scope, *, program: str | None = None, office: str | None = None) -> Scope:
    """Return the scope of a part; nobody opens offices that are told together."""
    figure = replace(scope.figure, program=program or scope.figure.program, office=office)
    return Scope(figure, scope.staff and office != OTHERS)


def _row(name: Text, standing: Standing, scope: Scope) -> Row:
    aim = aim_of(scope.figure)
    return Row(name, waiting_of(standing, scope), decided_of(standing, scope, aim))


def _month_row(month: Month, scope: Scope) -> MonthRow:
    waiting, decided = month.standing.waiting, month.standing.decided
    of_month = Scope(replace(scope.figure, on=month.last, since=month.first), scope.staff)
    return MonthRow(
        month_of(month.first),
        of_month.number(_ALL_WAITING, waiting.inventory, Kind.INVENTORY),
        percent(waiting.share),
        of_month.number(_ALL_WAITING, decided.count, Kind.DECIDED),
        percent(decided.share),
    )


def _month_count(month: Month, scope: Scope) -> MonthCount:
    waiting = month.standing.waiting
    of_month = Scope(replace(scope.figure, on=month.last), scope.staff)
    backlog = of_month.number(_BACKLOG, waiting.late, Kind.LATE)
    return MonthCount(month_of(month.first), grouped(waiting.files), backlog)


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
        record=None if one.record is None else _record(one.record),
    )


def _record(record: TrackRecord) -> Record:
    return Record(
        grouped(record.scored),
        grouped(round(record.error)),
        grouped(round(record.last_value_error)),
        grouped(round(record.seasonal_error)),
        percent(record.inside),
    )
