"""What the rules found, line by line: the rule, whether it is met, why, and where that stands."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from parvis.engines.rules.answers import Asked
from parvis.engines.rules.kinds import Value, written
from parvis.engines.rules.placeholders import placeholders, put_in
from parvis.engines.rules.refusals import AnswersRefused, Refusal
from parvis.engines.rules.rules import Ask, Assessment, Input, Rules, Values
from parvis.engines.rules.sentences import filled
from parvis.engines.rules.tables import Gives, Row, Source, Table
from parvis.lib.text import Text

_REMEMBERED = 50_000
_remembered: dict[tuple[object, ...], "Finding"] = {}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer on which a finding rests."""

    name: str
    value: Value
    label: Text


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one person."""

    rule: str
    title: Text
    met: bool | None
    """None where it is not known: an answer is missing."""
    because: Text
    rests_on: tuple[Answer, ...]
    source: Source | None
    """None only where nothing was asked of a rule: an answer was taken for granted."""
    points: int | None
    unverified: bool
    value: Text | None = None
    """What the rule gives, in words, where that is neither points nor yes or no."""


@dataclass(frozen=True, slots=True)
class Result:
    """What an assessment says of one person."""

    assessment: str
    name: Text
    on: date
    """The day by whose rules."""
    answer: Value
    """What the assessment is about: points, whether it is met, or what is needed."""
    said: Text
    """The answer in words."""
    totals: Mapping[str, Value]
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    """The answers that would settle what is not known, in the order of the rules."""
    unverified: bool
    limits: Text


def assess(assessment: Assessment, asked: Asked) -> Result:
    """Ask an assessment's rules; raise `AnswersRefused` where they refuse an answer."""
    rules, on = asked.rules, asked.on
    values = rules.work_out(asked.answers, on)
    if refusals := dict.fromkeys(refused(rules, values)):
        raise AnswersRefused(list(refusals))
    found = [
        *_assumed(assessment.code, rules, asked),
        *findings(assessment.code, rules, values, on),
    ]
    return Result(
        assessment=assessment.code,
        name=assessment.name,
        on=on,
        answer=values.of[rules.answer],
        said=written(values.of[rules.answer], rules.kinds[rules.answer]),
        totals={rules.key_of(name): values.of[name] for name in rules.totals},
        findings=tuple(found),
        missing=_missing(found),
        unverified=any(finding.unverified for finding in found),
        limits=assessment.limits,
    )


def refused(rules: Rules, values: Values) -> Iterator[Refusal]:
    """Yield each answer that a table refuses."""
    for step in rules.steps:
        if isinstance(step, Ask):
            if step.name in values.asked:
                own = dict(step.given)
                said = values.asked[step.name]
                for one in refused(step.rules(_day(step, values)), said):
                    yield Refusal(own.get(one.field, one.field), one.message)
        elif isinstance(step, Table) and step.gives is Gives.REFUSE:
            row = values.rows[step.name]
            if row and row.refuse:
                text = filled(row.refuse, values.of, rules.kinds, row, step)
                yield Refusal(step.refuses or "", text)


def findings(code: str, rules: Rules, values: Values, on: date) -> Iterator[Finding]:
    """Yield a finding for each table that has something to tell."""
    for step in rules.steps:
        if isinstance(step, Ask):
            if said := values.asked.get(step.name):
                sub = step.rules(_day(step, values))
                yield from findings(step.assessment.code, sub, said, on)
        elif isinstance(step, Table) and step.gives is not Gives.REFUSE and not step.quiet:
            yield _finding(code, rules, step, values)


def _missing(found: Iterable[Finding]) -> tuple[str, ...]:
    unknown = (finding for finding in found if finding.met is None)
    return tuple(
        dict.fromkeys(
            answer.name for one in unknown for answer in one.rests_on if answer.value is None
        )
    )


def _day(step: Ask, values: Values) -> date:
    day = values.of[step.day] if step.day else None
    on = values.of["on"]
    found = day if isinstance(day, date) else on
    assert isinstance(found, date)  # noqa: S101 - for the reader; `on` always is one
    return found


def _finding(code: str, rules: Rules, table: Table, values: Values) -> Finding:
    """Return what a table says; what it said of the same answers before is not written anew."""
    of, row = values.of, values.rows[table.name]
    names = rules.told_by(table)
    doubtful = table.name in values.doubtful
    # No row is chosen twice for the same values; what is told besides depends on these names.
    key = (code, table, doubtful, tuple([of[name] for name in names]))
    try:
        return _remembered[key]
    except KeyError:
        if len(_remembered) >= _REMEMBERED:
            _remembered.clear()
    found = _remembered[key] = _told(code, rules, table, row, of, doubtful=doubtful)
    return found


def _told(  # noqa: PLR0913 - each is what a finding speaks of
    code: str,
    rules: Rules,
    table: Table,
    row: Row | None,
    of: Mapping[str, Value],
    *,
    doubtful: bool,
) -> Finding:
    leaves = dict.fromkeys(leaf for column in table.columns for leaf in rules.leaves[column])
    if row is None:
        waits_for = table.waits_for(tuple(of[column] for column in table.columns))
        names = (name for column in waits_for for name in _unanswered(rules, column, of))
        rests_on = [rules.inputs[name] for name in dict.fromkeys(names)]
        because = _not_known(table, rests_on)
    else:
        rests_on = [rules.inputs[leaf] for leaf in leaves if of[leaf] is not None]
        because = filled(row.because or table.title, of, rules.kinds, row, table)
    source = (row or table.rows[0]).source
    return Finding(
        rule=f"{code}.{table.name}",
        title=_titled(table, of, rules),
        met=row.met if row else None,
        because=because,
        rests_on=tuple(Answer(one.name, of[one.name], one.label) for one in rests_on),
        source=source,
        points=None if table.gives is not Gives.POINTS else row.points if row else 0,
        unverified=doubtful if row else any(one.unverified for one in table.rows),
        value=written(row.value, rules.kinds[table.name])
        if row and table.gives is Gives.VALUE
        else None,
    )


def _unanswered(rules: Rules, name: str, of: Mapping[str, Value]) -> Iterator[str]:
    """Yield the inputs whose answers a value waits for."""
    if name in rules.inputs:
        if of[name] is None:
            yield name
        return
    for operand in rules.wants.get(name, ()):
        if of[operand] is None:
            yield from _unanswered(rules, operand, of)


def _titled(table: Table, of: Mapping[str, Value], rules: Rules) -> Text:
    """Return a table's title; one may name answers: IELTS General Training, listening."""
    names = placeholders(table.title) & of.keys()
    return put_in(table.title, {name: written(of[name], rules.kinds[name]) for name in names})


def _not_known(table: Table, waits_for: list[Input]) -> Text:
    """Return what to tell of a table that waits for answers, and which they are."""
    missing = _not_answered(waits_for)
    if table.unknown is None:
        return missing
    if len(table.columns) == 1 or not waits_for:
        return table.unknown
    return Text(f"{table.unknown.en} {missing.en}", f"{table.unknown.fr} {missing.fr}")


def called(inputs: Sequence[Input]) -> list[Text]:
    """Return what answers are called, each once: the four parts of a language are one language."""
    together = Counter(one.all_of_them for one in inputs)
    names = (
        one.all_of_them if one.all_of_them and together[one.all_of_them] > 1 else one.label
        for one in inputs
    )
    return list(dict.fromkeys(names))


def _not_answered(inputs: list[Input]) -> Text:
    labels = called(inputs)
    if not labels:
        return Text("This cannot be known from your answers.", "Vos réponses ne le disent pas.")
    return Text(
        f"Not answered: {', '.join(label.en for label in labels)}.",
        f"Sans réponse\N{NO-BREAK SPACE}: {', '.join(label.fr for label in labels)}.",
    )


def _assumed(code: str, rules: Rules, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each answer that was taken for granted and is worth telling."""
    for name, one in rules.inputs.items():
        if one.assumed_because is not None and asked.answers.get(name) is None:
            yield Finding(
                rule=f"{code}.{name}",
                title=Text(one.label.en[:1].upper() + one.label.en[1:],
                           one.label.fr[:1].upper() + one.label.fr[1:]),
                met=None,
                because=one.assumed_because,
                rests_on=(Answer(name, None, one.label),),
                source=None,
                points=None,
                unverified=False,
            )  # fmt: skip
