"""The page of the service standards, both measures, ready for its template."""

from dataclasses import dataclass, replace

from parvis.lib.dates import month_of
from parvis.lib.text import Text
from parvis.readers.standards.behind import Kind
from parvis.readers.standards.data import name_of_office, name_of_program
from parvis.readers.standards.standing import Month, Standing, Survey
from parvis.web.figures.asking import Asked
from parvis.web.figures.charts import Chart, Line, share_chart
from parvis.web.figures.measures import (
    Number,
    Scope,
    Shown,
    aim_of,
    decided_of,
    percent,
    waiting_of,
)
from parvis.web.figures.pages import ALL_WAITING, Figures, figures_of, part_of, scope_of


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


def standards_page(asked: Asked, survey: Survey | None, *, staff: bool) -> StandardsPage:
    """Return the page of both measures."""
    if survey is None:
        return StandardsPage(asked)
    scope = scope_of(survey, asked, staff=staff)
    aim = aim_of(scope.figure)
    months = [(one.last, one.standing) for one in survey.months]
    return StandardsPage(
        asked=asked,
        figures=figures_of(survey, asked, staff=staff),
        row=_row(ALL_WAITING, survey.whole, scope),
        aim=percent(aim),
        programs=tuple(
            _row(name_of_program(code), one, part_of(scope, program=code))
            for code, one in survey.programs.items()
        ),
        offices=tuple(
            _row(name_of_office(code), one, part_of(scope, office=code))
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


def _row(name: Text, standing: Standing, scope: Scope) -> Row:
    aim = aim_of(scope.figure)
    return Row(name, waiting_of(standing, scope), decided_of(standing, scope, aim))


def _month_row(month: Month, scope: Scope) -> MonthRow:
    waiting, decided = month.standing.waiting, month.standing.decided
    of_month = Scope(replace(scope.figure, on=month.last, since=month.first), scope.staff)
    return MonthRow(
        month_of(month.first),
        of_month.number(ALL_WAITING, waiting.inventory, Kind.INVENTORY),
        percent(waiting.share),
        of_month.number(ALL_WAITING, decided.count, Kind.DECIDED),
        percent(decided.share),
    )
