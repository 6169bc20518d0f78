"""What a page of figures was asked for: a day, and perhaps one program."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from parvis.lib.text import Text
from parvis.programs import loader
from parvis.readers.standards.seeing import survey_for
from parvis.readers.standards.standing import NotTold, Survey, today

_NO_DAY = Text(
    en="Give a day as year, month and day, such as 2023-11-30.",
    fr="Donnez l’année, le mois et le jour, par exemple 2023-11-30.",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A program to choose."""

    code: str
    name: Text
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for as it was typed, and why there is no answer, if so."""

    on: str
    program: str | None
    choices: tuple[Choice, ...]
    error: Text | None


def ask(typed: Mapping[str, str], *, now: datetime, staff: bool) -> tuple[Asked, Survey | None]:
    """Return what was asked for, and its figures where there are any."""
    on, program = typed.get("on", "").strip(), typed.get("program") or None
    found, error = None, None
    try:
        day = date.fromisoformat(on) if on else today(now)
        found = survey_for(day, now=now, staff=staff, program=program)
        on = day.isoformat()
    except ValueError:
        error = _NO_DAY
    except NotTold as refused:
        error = refused.reason
    choices = tuple(
        Choice(code, one.name, code == program) for code, one in loader.all_programs().items()
    )
    return Asked(on, program, choices, error), found
