"""What is told possible covers what comes; what is told settled, or can be skipped, is."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.engines.rules.kinds import Kind, Sort, Value
from parvis.engines.rules.possible import Anything, Span, look_ahead, open_inputs
from parvis.engines.rules.trials import trials
from parvis.programs.rules.loader import all_assessments

ON = date(2026, 11, 29)
RULES = {code: assessed.on(ON) for code, assessed in all_assessments().items()}
seeds = st.integers(0, 2**32 - 1)


def some(rng: np.random.Generator, kind: Kind, tried: list[Value]) -> Value:
    """Return an answer, as often as not one at which a table changes its mind."""
    if kind.sort is Sort.LIST:
        return ()
    if kind.sort is Sort.DATE:
        return ON - timedelta(days=int(rng.integers(4_000)))
    if rng.integers(2) or kind.sort in (Sort.YES_NO, Sort.CHOICE):
        return tried[rng.integers(len(tried))]
    low, high = int(kind.low or 0), int(kind.high or 100)
    whole = int(rng.integers(low, high + 1))
    return whole if kind.sort is Sort.WHOLE else Decimal(whole)


def some_answers(rules, rng: np.random.Generator) -> dict[str, Value]:
    return {
        name: some(rng, asked.kind, list(trials([rules], name, ON)))
        for name, asked in rules.inputs.items()
    }


def split(rules, rng: np.random.Generator) -> tuple[list[str], list[str]]:
    """Return the inputs that are known and those still open; the rest stay unknown."""
    parts = rng.integers(0, 5, size=len(rules.inputs))
    known = [name for name, part in zip(rules.inputs, parts, strict=True) if part < 2]
    open_to = [name for name, part in zip(rules.inputs, parts, strict=True) if 2 <= part < 4]
    return known, open_to


def among(value: Value, possible) -> bool:
    if isinstance(possible, Anything):
        return value is not None or possible.or_unknown
    if isinstance(possible, Span):
        return possible.low <= value <= possible.high
    return value in possible


@pytest.mark.parametrize("code", RULES)
@settings(deadline=None, max_examples=30)
@given(seeds)
def test_whatever_comes_was_told_possible(code, seed):
    rules, rng = RULES[code], np.random.default_rng(seed)
    answers = some_answers(rules, rng)
    known, open_to = split(rules, rng)
    outlook = look_ahead(rules, {name: answers[name] for name in known}, ON, open_to=open_to)
    came = rules.work_out({name: answers[name] for name in [*known, *open_to]}, ON)
    for name, possible in outlook.of.items():
        assert among(came.of[name], possible), name


@pytest.mark.parametrize("code", RULES)
@settings(deadline=None, max_examples=30)
@given(seeds)
def test_what_can_be_skipped_never_changes_the_answer(code, seed):
    rules, rng = RULES[code], np.random.default_rng(seed)
    one, other = some_answers(rules, rng), some_answers(rules, rng)
    known, open_to = split(rules, rng)
    given_ = {name: one[name] for name in known}
    outlook = look_ahead(rules, given_, ON, open_to=open_to)
    matter = open_inputs(rules, outlook, [rules.answer])
    assert matter <= {*open_to}
    asked = {name: one[name] for name in matter}
    left = [name for name in open_to if name not in matter]
    first = rules.work_out(given_ | asked | {name: one[name] for name in left}, ON)
    second = rules.work_out(given_ | asked | {name: other[name] for name in left}, ON)
    assert first.of[rules.answer] == second.of[rules.answer]


@pytest.mark.parametrize("code", RULES)
def test_with_every_answer_all_is_settled(code):
    rules = RULES[code]
    answers = some_answers(rules, np.random.default_rng(0))
    outlook = look_ahead(rules, answers, ON, open_to=())
    assert all(map(outlook.settled, outlook.of))
    assert open_inputs(rules, outlook, rules.totals) == frozenset()
