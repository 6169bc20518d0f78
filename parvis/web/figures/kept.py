"""The page of the dates that we gave, and how many of them we kept, ready for its template."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from parvis.lib.dates import Day, day, month_of
from parvis.lib.durations import grouped
from parvis.lib.text import Text
from parvis.programs import loader
from parvis.readers.estimates.due_files import Came, in_percent
from parvis.readers.estimates.scorecard import Month, Score, Scorecard, Scores
from parvis.readers.estimates.scorecard_words import basis, so_few, told
from parvis.web.figures.asking import Choice
from parvis.web.figures.charts import Chart, Line, share_chart
from parvis.web.figures.curve import Curve, curve
from parvis.web.figures.measures import Number, Shown, percent, width

_DUE = Text(en="Fell due", fr="Échues")
_KEPT = Text(en="Kept", fr="Respectées")
_MISSED = Text(en="Not kept", fr="Non respectées")


@dataclass(frozen=True, slots=True)
class DateScore:
    """How many dates of one kind were kept, as a bar; in words where too few fell due."""

    shown: Shown | None
    few: Text
    said: Text | None


@dataclass(frozen=True, slots=True)
class Part:
    """A program: both dates."""

    name: Text
    most: DateScore
    half: DateScore


@dataclass(frozen=True, slots=True)
class Cells:
    """A line of a table: what fell due, and the share that was kept where it is told."""

    name: Text | None
    most_due: Number
    most: Text | None
    half_due: Number
    half: Text | None


@dataclass(frozen=True, slots=True)
class Likely:
    """A likelihood that was told, and what came true of it."""

    said: Text | None
    share: Text | None
    due: Number
    kept: Number


@dataclass(frozen=True, slots=True)
class KeptPage:
    """How many of our dates we kept."""

    choices: tuple[Choice, ...]
    sentences: tuple[Text, ...]
    basis: tuple[Text, ...]
    first: Day | None
    last: Day | None
    any: bool
    """Whether any date fell due in these months."""
    program: Text | None
    """The one that it is of, where it is of one."""
    most: DateScore
    half: DateScore
    programs: tuple[Part, ...]
    chart: Chart | None
    months: tuple[Cells, ...]
    curve: Curve | None
    likelihoods: tuple[Likely, ...]
    downloads: str
    """What a download is asked for, to have the same figures."""


@dataclass(frozen=True, slots=True)
class _Scope:
    """Of which dates a number is, and whether whoever looks may open it."""

    first: date
    last: date
    program: str | None
    staff: bool

    def number(self, label: Text, count: int, said: float, came: Came) -> Number:
        """Return a number that opens to its files where it may."""
        if not (self.staff and count):
            return Number(label, grouped(count), None)
        asked = {
            "likely": in_percent(said),
            "came": came.value,
            "first": self.first,
            "last": self.last,
        }
        if self.program:
            asked["program"] = self.program
        return Number(label, grouped(count), f"{reverse('figures_dates_files')}?{urlencode(asked)}")


def kept_page(card: Scorecard, *, staff: bool) -> KeptPage:
    """Return the page of all programs, or of one."""
    most = [(one.last, one.scores.most.share) for one in card.months]
    told_any = any(share is not None for _, share in most)
    said = card.whole.most.said
    program = loader.program(card.program).name if card.program else None
    first, last = (card.months[0].first, card.months[-1].last) if card.months else (date.min,) * 2
    scope = _Scope(first, last, card.program, staff)
    return KeptPage(
        choices=tuple(
            Choice(code, one.name, code == card.program)
            for code, one in loader.all_programs().items()
        ),
        sentences=told(card),
        basis=basis(card),
        first=day(first) if card.months else None,
        last=day(last) if card.months else None,
        any=any(one.due for one in card.likelihoods),
        program=program,
        most=_score(card.whole.most, scope),
        half=_score(card.whole.half, scope),
        programs=tuple(
            _part(loader.program(code).name, scores, replace(scope, program=code))
            for code, scores in card.programs.items()
        ),
        chart=share_chart(Line(None, most), percent, said) if told_any else None,
        months=tuple(_cells(month, scope) for month in reversed(card.months)),
        curve=curve(card.likelihoods),
        likelihoods=tuple(_likely(one, scope) for one in card.likelihoods),
        downloads=f"program={card.program}" if card.program else "",
    )


def _part(name: Text, scores: Scores, scope: _Scope) -> Part:
    return Part(name, _score(scores.most, scope), _score(scores.half, scope))


def _score(score: Score, scope: _Scope) -> DateScore:
    said = percent(score.said)
    if score.share is None:
        none = Text(en="No date fell due.", fr="Aucune date n’est échue.")
        return DateScore(None, so_few(score) if score.due else none, said)
    numbers = (
        scope.number(_KEPT, score.kept, score.said, Came.KEPT),
        scope.number(_MISSED, score.due - score.kept, score.said, Came.MISSED),
    )
    shown = Shown(
        none=False,
        share=percent(score.share),
        width=width(score.share),
        aim=width(score.said),
        numbers=numbers,
    )
    return DateScore(shown, so_few(score), said)


def _cells(month: Month, whole: _Scope) -> Cells:
    most, half = month.scores.most, month.scores.half
    scope = replace(whole, first=month.first, last=month.last)
    return Cells(
        month_of(month.first),
        scope.number(_DUE, most.due, most.said, Came.DUE),
        percent(most.share),
        scope.number(_DUE, half.due, half.said, Came.DUE),
        percent(half.share),
    )


def _likely(score: Score, scope: _Scope) -> Likely:
    return Likely(
        percent(score.said),
        percent(score.share),
        scope.number(_DUE, score.due, score.said, Came.DUE),
        scope.number(_KEPT, score.kept, score.said, Came.KEPT),
    )
