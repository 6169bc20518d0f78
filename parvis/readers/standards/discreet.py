"""What everybody may know: offices of few files are told together, so that no person is told of.

Where fewer than five files wait at an office, or fewer than five were decided there, whoever knows
one of the people might learn how they fared. Such offices are counted as one, with more until that
one has enough; nobody can work it out from the rest.
"""

from dataclasses import replace

from parvis.lib.text import Text
from parvis.readers.standards.standing import Decided, NotTold, Standing, Survey, Waiting

FEWEST = 5
OTHERS = "*"
"""Stands for the offices that are told together; no office has this code."""
_TOO_FEW = Text(
    en="Too few applications are at this office to tell of it alone.",
    fr="Trop peu de demandes sont à ce bureau pour en parler séparément.",
)


def for_everybody(survey: Survey) -> Survey:
    """Return a survey with its small offices told together."""
    shown = dict(survey.offices)
    others = [code for code, one in shown.items() if _is_small(one)]
    while others and _is_small(_sum([survey.offices[code] for code in others])):
        rest = [code for code in shown if code not in others]
        if not rest:
            break
        others.append(min(rest, key=lambda code: (_size(survey.offices[code]), code)))
    together = {OTHERS: _sum([survey.offices[code] for code in others])} if others else {}
    apart = {code: one for code, one in shown.items() if code not in others}
    return replace(survey, offices=apart | together)


def of_one_office(survey: Survey, office: str) -> Survey:
    """Return what everybody may know of one office: its two measures on the day, no split of them.

    Raises `NotTold` where it is told together with others.
    """
    found = for_everybody(survey).offices.get(office)
    if found is None:
        raise NotTold(_TOO_FEW)
    return replace(survey, whole=found, programs={}, offices={office: found}, months=())


def _is_small(one: Standing) -> bool:
    return any(0 < files < FEWEST for files in (one.waiting.files, one.decided.files))


def _size(one: Standing) -> int:
    return one.waiting.files + one.decided.files


def _sum(parts: list[Standing]) -> Standing:
    def total(of: str) -> tuple[int, ...]:
        measures = [getattr(one, of) for one in parts]
        names = type(measures[0]).__dataclass_fields__
        return tuple(sum(getattr(one, name) for one in measures) for name in names)

    return Standing(Waiting(*total("waiting")), Decided(*total("decided")))
