"""A made-up file that shows every component at once, without a database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from parvis.casework.applications import facts
from parvis.casework.applications.selectors import File
from parvis.casework.applications.state import fold
from parvis.casework.events.facts import Fact
from parvis.casework.events.log import Recorded
from parvis.lib.durations import Unit, duration
from parvis.lib.references import application_number
from parvis.lib.text import Text
from parvis.programs.vocabulary import Outcome
from parvis.readers.standards.behind import Figure, Kind
from parvis.readers.standards.standing import Decided, Standing, Waiting
from parvis.readers.tracker import FileLine, file_lines, page_of
from parvis.readers.tracker.dots import dotplot
from parvis.web.client.pages import ApplicationPage, application_page
from parvis.web.client.picture import Picture, picture_of
from parvis.web.figures.charts import Chart, Line, Range, count_chart, share_chart
from parvis.web.figures.measures import Scope, Shown, decided_of, percent

_ID = 1
_RECEIVED = datetime(2023, 9, 4, 14, tzinfo=UTC)
_NOW = datetime(2024, 1, 12, 14, tzinfo=UTC)
_PROGRAM = "study-permit"
_STORY: tuple[tuple[int, Fact], ...] = (
    (0, facts.Received(program=_PROGRAM, office="visa-office-paris")),
    (2, facts.Acknowledged()),
    (3, facts.SectionOpened(section="eligibility")),
    (9, facts.SectionCompleted(section="eligibility")),
    (11, facts.SectionExempted(section="medical")),
    (12, facts.SectionOpened(section="background")),
    (
        40,
        facts.ClientAsked(
            document="police-certificate",
            section="background",
            due_on=date(2023, 11, 13),
            stops_clock=True,
        ),
    ),
    (
        41,
        facts.ClientAsked(
            document="biometrics-appointment",
            section="biometrics",
            due_on=date(2024, 2, 2),
            stops_clock=True,
        ),
    ),
)
_LENGTHS = (20, 24, 27, 31, 33, 36, 38, 41, 44, 47, 50, 54, 58, 63, 69, 77, 88, 103, 127, 190)
_ENDING: tuple[tuple[int, Fact], ...] = ((60, facts.Decided(outcome=Outcome.APPROVED)),)


@dataclass(frozen=True, slots=True)
class ComponentsPage:
    """One file that waits on its client, one that is decided, and the list of both."""

    waiting: ApplicationPage
    decided: ApplicationPage
    files: tuple[FileLine, ...]
    picture: Picture | None
    measure: Shown
    nothing: Shown
    shares: Chart | None
    counts: Chart | None


def example() -> ComponentsPage:
    """Return the page of components."""
    told = [(file, page_of(file, history, _NOW)) for file, history in (_file(()), _file(_ENDING))]
    files = file_lines([file for file, _ in told], _NOW)
    waiting, decided = (application_page(page, answerable=True) for _, page in told)
    picture = picture_of(dotplot(_LENGTHS, standard=duration(60, Unit.DAY), today=130))
    return ComponentsPage(waiting, decided, files, picture, *_measures(), *_charts())


def _measures() -> tuple[Shown, Shown]:
    """Return a measure with everything it can have, and one of nothing."""
    scope = Scope(Figure.of(Kind.DECIDED, on=_NOW.date()), staff=True)
    nothing = Standing(Waiting(0, 0, 0, 0), Decided(0, 0, 0, 0))
    some = Standing(nothing.waiting, Decided(1_240, 806, 434, 12))
    return decided_of(some, scope, 0.8), decided_of(nothing, scope, 0.8)


def _charts() -> tuple[Chart | None, Chart | None]:
    """Return shares with an aim, and counts of which some are to come."""
    months = [date(2023, month, 28) for month in range(1, 13)]
    shares = [0.61, 0.63, 0.6, None, 0.66, 0.7, 0.71, 0.69, 0.74, 0.72, 0.75, 0.77]
    waiting = [930, 950, 990, 1_020, 1_000, 1_040, 1_080, 1_100, 1_090, 1_130, 1_160, 1_150]
    late = [410, 420, 415, 430, 450, 455, 440, 460, 480, 490, 470, 475]
    ahead = [
        Range(date(2024, 1, 27), 1_100, 1_170, 1_230),
        Range(date(2024, 3, 28), 990, 1_180, 1_380),
    ]
    lines = [
        Line(Text(en="Waiting", fr="En attente"), list(zip(months, waiting, strict=True)), ahead),
        Line(Text(en="Backlog", fr="Arriéré"), list(zip(months, late, strict=True))),
    ]
    shared = Line(None, list(zip(months, shares, strict=True)))
    return share_chart(shared, percent, 0.8), count_chart(lines)


def _file(ending: tuple[tuple[int, Fact], ...]) -> tuple[File, list[Recorded]]:
    happened = [(_RECEIVED + timedelta(days=day), fact) for day, fact in _STORY + ending]
    state = fold(happened)
    assert state is not None  # noqa: S101 - the story begins with a receipt
    history = [Recorded(seq, at, at, "user:0", fact) for seq, (at, fact) in enumerate(happened, 1)]
    file = File(_ID, application_number(_ID), source_number=None, user=None, state=state)
    return file, history
