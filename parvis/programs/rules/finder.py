"""What people can be offered, and what is asked to find it: from `_offers` and `_questions`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from pydantic import Field, TypeAdapter, ValidationError

from parvis.engines.rules.answers import Asked
from parvis.engines.rules.asking import Asker, Question
from parvis.engines.rules.findings import Result, assess
from parvis.engines.rules.offers import House, Need, Offer
from parvis.engines.rules.ranking import Ranked, rank
from parvis.engines.rules.rules import Answers, Input, Rules
from parvis.lib.text import Text
from parvis.programs.lines import Lines, read_lines
from parvis.programs.loader import program
from parvis.programs.mistakes import Mistake, Place, ProgramRefused, place_of, told
from parvis.programs.rules.loader import SHIPPED, assessment
from parvis.programs.rules.schema import Name
from parvis.programs.schema import Code, Fee, Program, Strict

PURPOSE = "purpose"
"""The assessment that only sorts: it has no reasons and no limits to tell of what it leads to."""
OFFERS, QUESTIONS = SHIPPED / "_offers.yaml", SHIPPED / "_questions.yaml"


class OfferSaid(Strict):
    """What `_offers.yaml` says of one offer."""

    needs: dict[Code, dict[Name, list[Any]]]
    program: Code | None = None
    name: Text | None = None
    fee: dict[date, Fee] = Field(default_factory=dict)
    how_to_apply: Text | None = None


class TogetherSaid(Strict):
    """Answers that one question asks for at once."""

    inputs: list[str]
    ask: Text
    help: Text | None = None
    see: Code | None = None
    """An assessment that helps to answer it."""


class QuestionsSaid(Strict):
    """What `_questions.yaml` says."""

    first: list[str]
    """Questions that come before all others where they settle as much."""
    together: dict[Code, TogetherSaid]
    not_asked: dict[str, str]
    """Answers that are not asked for, each with why."""


@dataclass(frozen=True)
class Offered:
    """What there is to say of an offer, whether it has a program or not."""

    code: str
    name: Text
    program: Program | None
    fee: Mapping[date, Fee]
    how_to_apply: Text
    limits: tuple[Text, ...]
    """What the rules cannot know, and what to do then: one text for each assessment."""


@dataclass(frozen=True)
class Found:
    """An offer in its place, with what there is to say of it."""

    ranked: Ranked
    offered: Offered


@dataclass(frozen=True)
class Finder:
    """Finds what fits a person on a day, and knows what to ask for it."""

    asker: Asker
    offered: Mapping[str, Offered]

    def found(self, answers: Answers, skipped: frozenset[str] = frozenset()) -> list[Found]:
        """Return what fits or still may, best first."""
        return self._ranked(answers, skipped, with_lost=False)

    def all_of(self, answers: Answers, skipped: frozenset[str] = frozenset()) -> list[Found]:
        """Return every offer, best first; what does not fit comes last, with what it lacks."""
        return self._ranked(answers, skipped, with_lost=True)

    def results(self, code: str, answers: Answers) -> list[Result]:
        """Return what the assessments behind an offer say: the reasons, rule by rule.

        Raises `AnswersRefused` where they refuse an answer.
        """
        house = self.asker.house
        offer = next(one for one in self.asker.offers if one.code == code)
        found = []
        for assessed in dict.fromkeys(need.assessment for need in offer.needs):
            rules = house.rules[assessed]
            own = {name: value for name, value in answers.items() if name in rules.inputs}
            if assessed != PURPOSE:
                found.append(assess(assessment(assessed), Asked(rules, own, house.on)))
        return found

    def _ranked(self, answers: Answers, skipped: frozenset[str], *, with_lost: bool) -> list[Found]:
        sight = self.asker.house.look(answers, skipped)
        ranked = rank(sight, self.asker.offers, with_lost=with_lost)
        return [Found(one, self.offered[one.offer.code]) for one in ranked]


@lru_cache(maxsize=16)
def finder(on: date) -> Finder:
    """Return the finder by the rules in force on a day; raise `NoRulesYet` before any."""
    said, offered = _offers(), {}
    for code, one in said.items():
        offered[code] = _offered(code, one)
    offers = [_offer(code, one) for code, one in said.items()]
    return Finder(_asker(offers, on), offered)


@lru_cache(maxsize=64)
def asker(code: str, on: date) -> Asker:
    """Return what asks for one assessment only, until all that it tells is settled."""
    rules = assessment(code).on(on)
    names = dict.fromkeys((rules.answer, *rules.totals))
    return _asker([Offer(code, tuple(Need(code, name) for name in names))], on)


def _asker(offers: Sequence[Offer], on: date) -> Asker:
    codes = dict.fromkeys(need.assessment for offer in offers for need in offer.needs)
    rules = {code: assessment(code).on(on) for code in codes}
    questions = list(_questions(rules.values()))
    asked = frozenset(name for question in questions for name in question.inputs)
    return Asker(House(rules, on, asked), offers, questions)


def _questions(among: Iterable[Rules]) -> Iterator[Question]:
    """Yield the questions for the inputs of some rules: those asked together, then one by one.

    What says the same as another input, in another way, is not asked.
    """
    inputs: dict[str, Input] = {}
    for rules in among:
        inputs |= {
            name: one
            for name, one in rules.inputs.items()
            if name not in inputs and not one.instead_of
        }
    said = _said()
    for name in said.not_asked:
        for member in _members(name, inputs):
            inputs.pop(member)
    found: dict[str, Question] = {}
    for code, together in said.together.items():
        if names := tuple(name for one in together.inputs for name in _members(one, inputs)):
            found[code] = Question(code, together.ask, names, together.help, together.see)
    taken = {name for question in found.values() for name in question.inputs}
    for name, one in inputs.items():
        if name not in taken and one.ask:
            found[name] = Question(name, one.ask, (name,), one.help)
    first = [code for code in said.first if code in found]
    yield from (found[code] for code in (*first, *(code for code in found if code not in first)))


def _members(name: str, inputs: Mapping[str, Input]) -> list[str]:
    """Return the inputs that a name stands for: itself, or every member of its group."""
    return [one for one in inputs if one == name or one.startswith(f"{name}.")]


def _offer(code: str, said: OfferSaid) -> Offer:
    return Offer(
        code,
        tuple(
            Need(assessed, name, frozenset(values))
            for assessed, needs in said.needs.items()
            for name, values in needs.items()
        ),
    )


def _offered(code: str, said: OfferSaid) -> Offered:
    of = program(said.program) if said.program else None
    name = of.name if of else said.name
    how = of.how_to_apply if of else said.how_to_apply
    assert name  # noqa: S101 - looked at when the file was read
    assert how  # noqa: S101
    limits = tuple(assessment(one).limits for one in said.needs if one != PURPOSE)
    return Offered(code, name, of, of.fee if of else said.fee, how, limits)


@cache
def _offers() -> dict[str, OfferSaid]:
    """Return what each offer says; raise `ProgramRefused` where it leads nowhere."""
    lines = read_lines(OFFERS)
    try:
        said = TypeAdapter(dict[Code, OfferSaid]).validate_python(lines.data)
    except ValidationError as refused:
        raise _refused(lines, _errors(refused)) from None
    if wrong := [found for code, one in said.items() for found in _loose(code, one)]:
        raise _refused(lines, wrong)
    return said


def _loose(code: str, said: OfferSaid) -> Iterator[tuple[Place, str]]:
    """Yield what an offer leaves out, and what it needs that no rules give."""
    if said.program and (said.name or said.how_to_apply or said.fee):
        yield (code, "program"), "has these words itself; remove name, fee and how_to_apply"
    elif not said.program and not (said.name and said.how_to_apply):
        yield (code,), "has no program; give its name and how_to_apply"
    elif said.program and not program(said.program).how_to_apply:
        yield (code, "program"), "does not say how_to_apply; add it to the program"
    for assessed, needs in said.needs.items():
        rules = assessment(assessed).editions[-1]
        for name, values in needs.items():
            kind = rules.kinds.get(name)
            if kind is None:
                yield (code, "needs", assessed, name), "is no value of this assessment"
            elif kind.options and not kind.options.keys() >= set(values):
                yield (code, "needs", assessed, name), f"is one of: {', '.join(kind.options)}"


@cache
def _said() -> QuestionsSaid:
    lines = read_lines(QUESTIONS)
    try:
        return QuestionsSaid.model_validate(lines.data)
    except ValidationError as refused:
        raise _refused(lines, _errors(refused)) from None


def _errors(refused: ValidationError) -> list[tuple[Place, str]]:
    return [(place_of(error), told(error)) for error in refused.errors(include_url=False)]


def _refused(lines: Lines, errors: list[tuple[Place, str]]) -> ProgramRefused:
    return ProgramRefused(
        [
            Mistake(lines.file, lines.find(place)[1], ".".join(map(str, place)), message)
            for place, message in errors
        ]
    )
