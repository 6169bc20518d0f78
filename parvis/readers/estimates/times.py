"""How long applications take and took, program by program, for a page that everybody may read."""

from datetime import datetime
from typing import Any

from parvis.programs import loader
from parvis.programs.schema import Program
from parvis.readers.estimates import words
from parvis.readers.estimates.applying import new_time
from parvis.readers.estimates.figures import figure_of
from parvis.readers.estimates.told import Known, TimeLine


def published_times(now: datetime) -> tuple[TimeLine, ...]:
    """Return a line for each program, by code; at most two short queries in five minutes."""
    return tuple(_line(program, now) for program in loader.all_programs().values())


def _line(program: Program, now: datetime) -> TimeLine:
    what: dict[str, Any] = {"program": program.code, "name": program.name, "line": program.line}
    what["new"] = new_time(program, now)
    figure = figure_of(program, now)
    if figure is None:
        return TimeLine(code=Known.NOT_YET, sentences=(words.NOT_YET_OF_ALL,), **what)
    told = words.facts(figure) | {"basis": words.basis(figure, program)}
    if figure.days is None:
        return TimeLine(code=Known.TOO_FEW, sentences=(words.TOO_FEW_OF_ALL,), **what, **told)
    sentences = (words.took(figure), words.MAY_BE_LONGER)
    return TimeLine(code=Known.KNOWN, sentences=sentences, **what, **told)
