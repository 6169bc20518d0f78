"""What the pages of figures have in common."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.conf import settings

from parvis.lib.dates import Day, day, day_of
from parvis.lib.text import Text
from parvis.readers.standards.behind import Figure, Kind
from parvis.readers.standards.discreet import OTHERS
from parvis.readers.standards.standing import Survey
from parvis.web.figures.asking import Asked
from parvis.web.figures.measures import Scope

ALL_WAITING = Text(en="Waiting", fr="En attente")


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


def figures_of(survey: Survey, asked: Asked, *, staff: bool) -> Figures:
    """Return of which day the figures are."""
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


def scope_of(survey: Survey, asked: Asked, *, staff: bool) -> Scope:
    """Return the scope of the whole."""
    figure = Figure.of(Kind.INVENTORY, on=survey.on, program=asked.program)
    return Scope(figure, staff)


def part_of(scope: Scope, *, program: str | None = None, office: str | None = None) -> Scope:
    """Return the scope of a part; nobody opens offices that are told together."""
    figure = replace(scope.figure, program=program or scope.figure.program, office=office)
    return Scope(figure, scope.staff and office != OTHERS)
