"""One question a page: the question as a form, and what comes of an answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from parvis.engines.rules.asking import Question
from parvis.engines.rules.findings import refused
from parvis.engines.rules.refusals import AnswersRefused, Refusal
from parvis.engines.rules.rules import Answers, Input
from parvis.lib.text import Text
from parvis.programs.rules.finder import Finder
from parvis.web.assessing import cookie, fields, words
from parvis.web.assessing.cookie import Kept, inputs_of
from parvis.web.assessing.fields import Read, Shown
from parvis.web.assessing.results import told


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A sentence about a field, and where that is; empty where it is on another page."""

    id: str
    reason: Text
    question: str = ""


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question as it stands."""

    code: str
    ask: Text
    hint: Text | None
    progress: Text
    single: Shown | None
    """The field whose question is that of the page."""
    several: tuple[Shown, ...]
    wrongs: tuple[WrongLine, ...]
    begun: bool
    """Whether something was answered before."""
    days: int
    see: str
    """The assessment whose page helps to answer it, or nothing."""


@dataclass(frozen=True, slots=True)
class Given:
    """A question that was answered, and how."""

    code: str
    ask: Text
    answers: tuple[Text, ...]


def question_of(finder: Finder, code: str) -> Question | None:
    """Return a question by its code."""
    return next((one for one in finder.asker.questions if one.code == code), None)


def question_page(
    finder: Finder, question: Question, kept: Kept, found: Read, elsewhere: Sequence[Refusal]
) -> QuestionPage:
    """Return a question with what was answered or typed so far."""
    on, inputs = finder.asker.house.on, inputs_asked(finder, question)
    single = len(inputs) == 1
    shown = [fields.shown(one, found, on, label=question.ask if single else None) for one in inputs]
    # Whoever comes back to a question had it answered: it is not counted twice.
    before = kept.without(question.inputs)
    progress = finder.asker.progress(before.answers, before.skipped)
    wrongs = [WrongLine(*line) for line in fields.wrong_lines(shown, found)]
    if "" in found.wrongs:
        wrongs.append(WrongLine(shown[0].id, found.wrongs[""]))
    for one in elsewhere:
        other = _asks_for(finder, one.field)
        wrongs.append(WrongLine("", one.message, other.code if other else ""))
    return QuestionPage(
        code=question.code,
        ask=question.ask,
        hint=question.help,
        progress=words.progress(progress.answered, max(0, progress.at_most - 1)),
        single=shown[0] if single else None,
        several=() if single else tuple(shown),
        wrongs=tuple(wrongs),
        begun=not kept.empty,
        days=cookie.DAYS,
        see=question.see or "",
    )


def answer(
    finder: Finder, question: Question, kept: Kept, post: QueryDict
) -> tuple[Kept | None, Read, list[Refusal]]:
    """Return what is known after a form was sent; None where something is wrong with it."""
    inputs = inputs_asked(finder, question)
    found = fields.read(inputs, post, finder.asker.house.on)
    if not found.wrongs:
        _half(inputs, found)
    if not found.wrongs and not found.answers:
        found.wrongs[inputs[0].name] = words.NOTHING_YET
    if found.wrongs:
        return None, found, []
    after = kept.answered(question.inputs, found.answers)
    refusals = [
        one for one in _refused(finder, question, after.answers) if one.field in after.answers
    ]
    elsewhere = fields.refuse(found, refusals)
    return (None if refusals else after), found, elsewhere


def given(finder: Finder, kept: Kept) -> tuple[Given, ...]:
    """Return what was answered, question by question."""
    return tuple(_given(finder, kept))


def _given(finder: Finder, kept: Kept) -> Iterator[Given]:
    for question in finder.asker.questions:
        inputs = inputs_asked(finder, question)
        answers = [
            _told(one, kept, alone=len(inputs) == 1) for one in inputs if one.name in kept.answers
        ]
        if answers or not kept.skipped.isdisjoint(question.inputs):
            yield Given(question.code, question.ask, tuple(answers))


def _told(one: Input, kept: Kept, *, alone: bool) -> Text:
    said = told(kept.answers[one.name], one)
    return said if alone else words.labelled(one.label, said)


def _half(inputs: Sequence[Input], found: Read) -> None:
    """Refuse four levels of which some are missing: they count only together."""
    groups: dict[str, list[Input]] = {}
    for one in inputs:
        if one.member is not None:
            groups.setdefault(one.name.rpartition(".")[0], []).append(one)
    for members in groups.values():
        missing = [one.name for one in members if one.name not in found.answers]
        if missing and len(missing) < len(members):
            found.wrongs.update(dict.fromkeys(missing, words.ALL_OF_THEM))


def _refused(finder: Finder, question: Question, answers: Answers) -> Iterator[Refusal]:
    """Yield what the rules refuse of these answers, where the question has a part in it."""
    house, seen = finder.asker.house, set()
    for rules in house.rules.values():
        if rules.inputs.keys().isdisjoint(question.inputs):
            continue
        own = {name: value for name, value in answers.items() if name in rules.inputs}
        try:
            refusals = list(refused(rules, rules.work_out(own, house.on)))
        except AnswersRefused as error:
            refusals = error.refusals
        for one in refusals:
            if one not in seen:
                seen.add(one)
                yield one


def inputs_asked(finder: Finder, question: Question) -> list[Input]:
    """Return the inputs that a question asks for."""
    every = inputs_of(finder.asker.house)
    return [every[name] for name in question.inputs]


def _asks_for(finder: Finder, name: str) -> Question | None:
    return next((one for one in finder.asker.questions if name in one.inputs), None)
