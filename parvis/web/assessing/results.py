"""A result as a page tells it: the rules one by one, what each rests on, what would change it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from parvis.engines.rules.answers import Asked
from parvis.engines.rules.changes import Change, changes
from parvis.engines.rules.findings import Answer, Finding, Result, called
from parvis.engines.rules.kinds import Sort, Value, written
from parvis.engines.rules.rules import Answers, Input, Rules
from parvis.engines.rules.tables import Source
from parvis.lib.dates import Day, day
from parvis.lib.text import Text
from parvis.programs.rules.loader import assessment
from parvis.web.assessing import words

_MOST_CHANGES = 8


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where a rule stands, and on what day it was read there."""

    name: Text
    url: str
    on: Day


@dataclass(frozen=True, slots=True)
class Line:
    """What one rule says."""

    title: Text
    mark: str
    """Of the sheet of marks; empty where the rule gives points."""
    word: Text
    because: Text
    rests_on: tuple[Text, ...]
    source: SourceLine | None
    unverified: bool


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """The smallest step of a kind that would change the result."""

    says: tuple[Text, ...]
    gain: Text | None
    then: Text | None
    """What it is then, where it is not about points."""


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of points, or an outcome."""

    label: Text
    value: Text


@dataclass(frozen=True, slots=True)
class ResultPart:
    """What one assessment says."""

    code: str
    name: Text
    said: Text
    on: Day
    lines: tuple[Line, ...]
    """The conditions, and what was taken for granted."""
    scored: tuple[Line, ...]
    """What gives points, or gave none."""
    totals: tuple[Total, ...]
    changes: tuple[ChangeLine, ...]
    fixed: bool
    """Whether no change that is known alters a result that could be better."""
    missing: tuple[Text, ...]
    """The answers without which it is not known."""
    points: bool
    """Whether the result is a number of points."""
    unverified: bool
    limits: Text


def result_part(result: Result, rules: Rules, answers: Answers) -> ResultPart:
    """Return what an assessment says, ready for a page."""
    asked = Asked(rules, answers, result.on)
    told_once = list(dict.fromkeys(result.findings))
    number = rules.answer.startswith("points.")
    found = tuple(_changes(asked))
    return ResultPart(
        code=result.assessment,
        name=result.name,
        said=_said(result, number=number),
        on=day(result.on),
        lines=tuple(_line(one, result.on) for one in told_once if one.points is None),
        scored=tuple(_line(one, result.on) for one in told_once if one.points is not None),
        totals=tuple(_totals(result, rules)) if number else (),
        changes=found,
        fixed=not found and _could_be_better(result, rules),
        missing=_missing(result, rules) if result.answer is None else (),
        points=number,
        unverified=result.unverified,
        limits=result.limits,
    )


def counted(results: Iterable[Result]) -> Text | None:
    """Return in one line how many rules are met, not met, and not known."""
    found = [one.met for result in results for one in conditions(result)]
    numbers = [sum(one is met for one in found) for met in (True, False, None)]
    return words.shares(*numbers) if any(numbers) else None


def conditions(result: Result) -> list[Finding]:
    """Return the rules that are met or not: none that gives points or was taken for granted."""
    return [
        one
        for one in result.findings
        if one.points is None and one.value is None and one.source is not None
    ]


def lacking(results: Iterable[Result]) -> tuple[Text, ...]:
    """Return what is not met, in the words of the rules."""
    found = [one for result in results for one in conditions(result) if one.met is False]
    return tuple(dict.fromkeys(one.because for one in found))


def _said(result: Result, *, number: bool) -> Text:
    if isinstance(result.answer, bool):
        return words.ELIGIBLE[result.answer]
    if result.answer is None:
        return words.ELIGIBLE[None]
    if number and isinstance(result.answer, int):
        return words.points(result.answer)
    return words.capital(result.said)


def _could_be_better(result: Result, rules: Rules) -> bool:
    """Tell whether a result says no, or that more is needed than the least."""
    if isinstance(result.answer, str):
        return bool(rules.ways) and result.answer != next(iter(rules.kinds[rules.answer].options))
    return result.answer is False


def _missing(result: Result, rules: Rules) -> tuple[Text, ...]:
    """Return the answers without which what is met, or what is needed, is not known."""
    waits = [one for one in result.findings if one.met is None and one.points is None]
    answers = [answer for one in waits if one.value is None for answer in one.rests_on]
    names = dict.fromkeys(one.name for one in answers if one.value is None)
    asked = [rules.inputs[name] for name in names if name in rules.inputs]
    return tuple(map(words.capital, called(asked)))


def _line(finding: Finding, on: date) -> Line:
    mark, word = words.MET[finding.met]
    if finding.points is not None:
        mark, word = "", words.points(finding.points)
    elif finding.value is not None:
        mark, word = "", finding.value
    code = finding.rule.partition(".")[0]
    return Line(
        title=finding.title,
        mark=mark,
        word=word,
        because=finding.because,
        rests_on=tuple(
            words.labelled(one.label, _answer(one, code, on)) for one in finding.rests_on
        ),
        source=_source(finding.source),
        unverified=finding.unverified,
    )


def _answer(answer: Answer, code: str, on: date) -> Text:
    if answer.value is None:
        return words.NOT_ANSWERED
    known = assessment(code).editions[-1].inputs.get(answer.name)
    return told(answer.value, known) if known else Text(str(answer.value), str(answer.value))


def told(value: Value, asked: Input) -> Text:
    """Return an answer in words."""
    if isinstance(value, bool):
        return words.YES_NO["yes" if value else "no"]
    if isinstance(value, tuple):
        return words.entries(len(value))
    text = written(value, asked.kind)
    return words.capital(text) if asked.kind.sort is Sort.CHOICE else text


def _source(source: Source | None) -> SourceLine | None:
    if source is None:
        return None
    return SourceLine(source.name, source.url or "", day(source.on))


def _totals(result: Result, rules: Rules) -> Iterable[Total]:
    """Yield the sums, the whole last; what one rule gives stands at that rule."""
    titles = {one.title for one in result.findings}
    for name in rules.totals:
        value = result.totals.get(rules.key_of(name))
        label = rules.labels.get(name)
        if label in titles:
            continue
        if label and isinstance(value, int) and not isinstance(value, bool) and "." in name:
            yield Total(words.capital(label), words.points(value))


def _changes(asked: Asked) -> Iterable[ChangeLine]:
    """Yield what would change the result."""
    for change in _ends(changes(asked))[:_MOST_CHANGES]:
        gain = None if change.gain is None else words.gain(change.gain)
        then = change.then and words.capital(change.then)
        first, *others = (step.says for step in change.steps)
        yield ChangeLine((first, *map(words.small, others)), gain, then)


def _ends(found: Iterable[Change]) -> list[Change]:
    """Return of each way the step that gives most and the smallest, not all between."""
    by_way: dict[tuple[str, ...], list[Change]] = {}
    for change in found:
        by_way.setdefault(tuple(step.way.name for step in change.steps), []).append(change)
    kept = [one for among in by_way.values() for one in (among[0], *among[1:][-1:])]
    return sorted(kept, key=lambda change: -(change.gain or 0))
