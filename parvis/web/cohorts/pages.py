"""What the page of the two doors holds, before a template sees it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal

from parvis.casework.cohorts.selectors import CohortLine, Fared, Opening, Week
from parvis.casework.cohorts.status import WHOLE, CohortKind
from parvis.lib.dates import Day, day
from parvis.lib.durations import grouped
from parvis.lib.text import Text
from parvis.programs import loader
from parvis.web.figures.charts import Chart, Line, count_chart
from parvis.web.figures.measures import percent
from parvis.web.mandates.days import shown

_NEW, _OLD = Text(en="New door", fr="Nouvelle porte"), Text(en="Old door", fr="Ancienne porte")
_NONE = Text(en="–", fr="–")


@dataclass(frozen=True, slots=True)
class CohortRow:
    """A cohort in the list."""

    id: int
    name: Text
    kind: CohortKind
    clients: Text
    opened_on: Day
    stopped_on: Day | None


@dataclass(frozen=True, slots=True)
class FaredRow:
    """Both doors at one measure."""

    name: Text
    new: Text
    old: Text


@dataclass(frozen=True, slots=True)
class WeekRow:
    """Both doors in one week."""

    first: Day
    new: tuple[Text, ...]
    old: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ProgramChoice:
    """A program to open the door to."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class DoorsPage:
    """To whom the new door is open, and how both fare."""

    everybody: bool
    clients: Text
    inside: Text
    share: Text | None
    cohorts: tuple[CohortRow, ...]
    may_open: bool
    programs: tuple[ProgramChoice, ...]
    fared: tuple[FaredRow, ...]
    weeks: tuple[WeekRow, ...]
    chart: Chart | None
    wrong: Text | None = None
    to: str = CohortKind.SHARE
    """What was chosen for an opening that is not made yet, with the numbers that were typed."""
    numbers: str = ""
    doors: tuple[Text, ...] = (_NEW, _OLD)


def doors_page(
    opening: Opening,
    cohorts: Sequence[CohortLine],
    weeks: Sequence[Week],
    *,
    may_open: bool,
) -> DoorsPage:
    """Return the page of the two doors."""
    new, old = (_sum(getattr(week, door) for week in weeks) for door in ("new", "old"))
    return DoorsPage(
        everybody=opening.everybody,
        clients=grouped(opening.clients),
        inside=grouped(opening.inside),
        share=percent(opening.inside / opening.clients) if opening.clients else None,
        cohorts=tuple(map(_cohort, cohorts)),
        may_open=may_open,
        programs=tuple(
            ProgramChoice(code, one.name) for code, one in loader.all_programs().items()
        ),
        fared=_fared(new, old),
        weeks=tuple(
            WeekRow(day(week.first), _numbers(week.new), _numbers(week.old))
            for week in reversed(weeks)
        ),
        chart=count_chart(
            [
                Line(_NEW, [(week.first, _enquiries(week.new)) for week in weeks]),
                Line(_OLD, [(week.first, _enquiries(week.old)) for week in weeks]),
            ]
        ),
    )


def _sum(parts: Iterable[Fared]) -> Fared:
    return sum(parts, start=Fared())


def _fared(new: Fared, old: Fared) -> tuple[FaredRow, ...]:
    def row(en: str, fr: str, say: Callable[[Fared], Text]) -> FaredRow:
        return FaredRow(Text(en=en, fr=fr), say(new), say(old))

    return (
        row("Sign-ins", "Connexions", lambda one: _count(one.sign_ins)),
        row("Tasks completed", "Tâches accomplies", lambda one: _count(one.tasks)),
        row("Enquiries", "Demandes de renseignements", lambda one: _count(one.enquiries)),
        row(
            "Tasks for each 100 sign-ins",
            "Tâches par 100 connexions",
            lambda one: _rate(one.a_hundred(one.tasks)),
        ),
        row(
            "Enquiries for each 100 sign-ins",
            "Demandes de renseignements par 100 connexions",
            lambda one: _rate(one.a_hundred(one.enquiries)),
        ),
        row(
            "Said that it was easy",
            "Ont trouvé cela facile",
            lambda one: percent(one.satisfied) or _NONE,
        ),
        row(
            "Answers to that question", "Réponses à cette question", lambda one: _count(one.ratings)
        ),
    )


def _numbers(one: Fared) -> tuple[Text, ...]:
    return (
        _count(one.sign_ins),
        _count(one.tasks),
        _count(one.enquiries),
        percent(one.satisfied) or _NONE,
    )


def _count(number: int | None) -> Text:
    return _NONE if number is None else grouped(number)


def _enquiries(one: Fared) -> float | None:
    return one.a_hundred(one.enquiries)


def _rate(rate: float | None) -> Text:
    if rate is None:
        return _NONE
    return Text(
        en=str(format_decimal(rate, "0.0", locale="en_CA")),
        fr=str(format_decimal(rate, "0.0", locale="fr_CA")),
    )


def _cohort(line: CohortLine) -> CohortRow:
    return CohortRow(
        id=line.id,
        name=_name(line),
        kind=line.kind,
        clients=grouped(line.clients),
        opened_on=shown(line.opened_at),
        stopped_on=None if line.stopped_at is None else shown(line.stopped_at),
    )


def _name(line: CohortLine) -> Text:
    if line.kind is CohortKind.SHARE and line.share is not None:
        share = percent(line.share / WHOLE)
        if share is not None:
            return Text(en=f"{share.en} of all clients", fr=f"{share.fr} de tous les clients")
    if line.kind is CohortKind.PROGRAM:
        programs = loader.all_programs()
        if line.program in programs:
            return programs[line.program].name
    return Text(en="A list of clients", fr="Une liste de clients")
