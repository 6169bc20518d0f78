"""Every question and every result reads at grade 8 or lower, in both languages."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import numpy as np
import pytest

from parvis.engines.rules.answers import Asked
from parvis.engines.rules.findings import assess
from parvis.engines.rules.kinds import Sort
from parvis.engines.rules.people import make_people, person
from parvis.engines.rules.refusals import AnswersRefused
from parvis.engines.rules.tables import Table
from parvis.lib.text import Text
from parvis.programs.rules.finder import asker, finder
from parvis.programs.rules.loader import all_assessments
from tests.reading import HARDEST_GRADE, LEAST_EASE, english_grade, french_ease

ON = date(2026, 11, 29)
PEOPLE = 12
MANY = 20
"""Choices from which nobody reads a list from end to end: countries."""


def questions() -> Iterator[tuple[str, Text]]:
    """Yield each question as it is read: what is asked, what helps, the choices."""
    for code in all_assessments():
        alone = asker(code, ON)
        (rules,) = alone.house.rules.values()
        for question in alone.questions:
            said = [question.ask, question.help]
            for name in question.inputs[:1]:
                options = rules.inputs[name].kind.options
                if rules.inputs[name].kind.sort is Sort.CHOICE and len(options) < MANY:
                    said += [Text(f"{one.en}.", f"{one.fr}.") for one in options.values()]
            yield f"{code}: {question.code}", joined(said)


def results() -> Iterator[tuple[str, Text]]:
    """Yield each thing that a result may say."""
    for code, assessed in all_assessments().items():
        yield f"{code}: limits", assessed.limits
        for way in assessed.on(ON).ways:
            yield f"{code}: change of {way.name}", way.says
        for step in assessed.on(ON).steps:
            if not isinstance(step, Table):
                continue
            if step.unknown:
                yield f"{code}: {step.name}, unknown", step.unknown
            for row in step.rows:
                said = row.because or row.refuse
                if said:
                    yield f"{code}: {step.name}, row {row.number}", said
    for offered in finder(ON).offered.values():
        yield f"{offered.code}: how to apply", offered.how_to_apply


def joined(said: list[Text | None]) -> Text:
    parts = [one for one in said if one]
    return Text(" ".join(one.en for one in parts), " ".join(one.fr for one in parts))


def with_values(text: str) -> str:
    """Put something short where a value will stand."""
    return re.sub(r"\{[^}]*\}", "9", text)


def whole_results() -> Iterator[tuple[str, Text]]:
    """Yield whole results, of made-up people and of somebody who answered nothing."""
    for code, assessed in all_assessments().items():
        rules = assessed.on(ON)
        people = make_people(rules, PEOPLE, ON, np.random.default_rng(5))
        for nth in range(PEOPLE + 1):
            answers = person(people, nth, rules) if nth < PEOPLE else {}
            with suppress(AnswersRefused):
                found = assess(assessed, Asked(rules, answers, ON))
                said = [*(one.because for one in found.findings), found.limits]
                yield f"{code}: somebody {nth}", joined(said)


READ = dict([*questions(), *results(), *whole_results()])


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_it_reads_at_grade_8_or_lower_in_both_languages(text):
    en, fr = with_values(text.en), with_values(text.fr)
    assert english_grade(en) <= HARDEST_GRADE, en
    assert french_ease(fr) >= LEAST_EASE, fr
