"""Who sees what of the figures: staff every office, everybody those of enough files."""

from datetime import date, datetime

from parvis.lib.text import Text
from parvis.programs import loader
from parvis.readers.standards.discreet import for_everybody, of_one_office
from parvis.readers.standards.standing import NotTold, Survey, survey

NO_PROGRAM = Text(
    en="No program has this code. Check the code.",
    fr="Aucun programme ne porte ce code. Vérifiez le code.",
)


def survey_for(
    on: date,
    *,
    now: datetime,
    staff: bool,
    program: str | None = None,
    office: str | None = None,
) -> Survey:
    """Return how files stood at the end of a day as somebody may see it.

    Raises `NotTold` where nothing is known of the day, for a program that nobody knows, and, to
    everybody but staff, for an office of few files.
    """
    if program is not None and program not in loader.all_programs():
        raise NotTold(NO_PROGRAM)
    if staff:
        return survey(on, now=now, program=program, office=office)
    found = survey(on, now=now, program=program)
    return for_everybody(found) if office is None else of_one_office(found, office)
