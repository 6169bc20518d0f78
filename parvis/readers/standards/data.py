"""Figures as JSON can hold them: the one shape that the command line and the API give."""

from collections.abc import Callable
from typing import Any

from parvis.lib.text import Language, Text
from parvis.programs import loader
from parvis.readers.standards.discreet import OTHERS
from parvis.readers.standards.standing import Decided, Standing, Survey, Waiting

NO_OFFICE = Text(en="At no office", fr="À aucun bureau")
OTHER_OFFICES = Text(
    en="Other offices, of few applications", fr="Autres bureaux, de peu de demandes"
)
_PLACES = 4
"""Digits of a share: a file in ten thousand."""

Part = Callable[[Standing], dict[str, Any]]


def standards_as_data(survey: Survey, language: Language) -> dict[str, Any]:
    """Return both measures, in all and by every split."""
    return _frame(survey) | _measures(survey.whole) | _splits(survey, language, _measures)


def backlog_as_data(survey: Survey, language: Language) -> dict[str, Any]:
    """Return inventory and backlog, in all and by every split."""
    return _frame(survey) | _backlog(survey.whole) | _splits(survey, language, _backlog)


def share_of(share: float | None) -> float | None:
    """Return a share as it is told."""
    return None if share is None else round(share, _PLACES)


def name_of_program(code: str) -> Text:
    """Return a program's name; its code where no program has it any more."""
    program = loader.all_programs().get(code)
    return program.name if program else Text(en=code, fr=code)


def name_of_office(code: str) -> Text:
    """Return an office's name, by the first program that knows it; its code where none does."""
    if not code:
        return NO_OFFICE
    if code == OTHERS:
        return OTHER_OFFICES
    for program in loader.all_programs().values():
        if code in program.offices:
            return program.offices[code].name
    return Text(en=code, fr=code)


def _frame(survey: Survey) -> dict[str, Any]:
    return {
        "on": survey.on.isoformat(),
        "as_of": survey.read_at.isoformat(),
        "decided_from": survey.since.isoformat(),
        "decided_to": survey.on.isoformat(),
    }


def _splits(survey: Survey, language: Language, part: Part) -> dict[str, Any]:
    return {
        "programs": [
            {"program": code, "name": name_of_program(code)[language]} | part(one)
            for code, one in survey.programs.items()
        ],
        "offices": [
            {"office": code or None, "name": name_of_office(code)[language]} | part(one)
            for code, one in survey.offices.items()
        ],
        "months": [
            {
                "month": f"{month.first:%Y-%m}",
                "since": month.first.isoformat(),
                "to": month.last.isoformat(),
            }
            | part(month.standing)
            for month in survey.months
        ],
    }


def _measures(standing: Standing) -> dict[str, Any]:
    return {"waiting": _waiting(standing.waiting), "decided": _decided(standing.decided)}


def _waiting(waiting: Waiting) -> dict[str, Any]:
    return {
        "inventory": waiting.inventory,
        "within": waiting.within,
        "late": waiting.late,
        "share": share_of(waiting.share),
        "without_standard": waiting.without_standard,
    }


def _decided(decided: Decided) -> dict[str, Any]:
    return {
        "count": decided.count,
        "within": decided.within,
        "late": decided.late,
        "share": share_of(decided.share),
        "without_standard": decided.without_standard,
    }


def _backlog(standing: Standing) -> dict[str, Any]:
    waiting = standing.waiting
    return {
        "inventory": waiting.inventory,
        "within": waiting.within,
        "backlog": waiting.late,
        "without_standard": waiting.without_standard,
        "waiting": waiting.files,
    }
