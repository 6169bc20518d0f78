"""From a person who knows nothing to a program: what is asked, in which order, and what fits."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.engines.rules.kinds import Kind, Sort, Value
from parvis.engines.rules.offers import Fit
from parvis.programs.rules.finder import Finder, asker, finder
from parvis.programs.rules.loader import all_assessments

if TYPE_CHECKING:
    from parvis.engines.rules.asking import Question

ON = date(2026, 11, 29)
FINDER = finder(ON)
KINDS: dict[str, Kind] = {
    name: asked.kind
    for rules in FINDER.asker.house.rules.values()
    for name, asked in rules.inputs.items()
}


def anything(kind: Kind, rng: np.random.Generator) -> Value:
    """Return some answer of a kind, as likely one as another."""
    if kind.sort is Sort.YES_NO:
        return bool(rng.integers(2))
    if kind.sort is Sort.CHOICE:
        return list(kind.options)[rng.integers(len(kind.options))]
    if kind.sort is Sort.DATE:
        return ON - timedelta(days=int(rng.integers(1_000)))
    assert kind.sort in (Sort.WHOLE, Sort.DECIMAL)
    return int(rng.integers(int(kind.low or 0), int(kind.high or 0) + 1))


def walk(found: Finder, known: dict[str, Value], rng: np.random.Generator):
    """Answer what is asked until nothing is open; `known` is what the person would say."""
    answers: dict[str, Value] = {}
    asked: list[Question] = []
    while question := found.asker.next(answers):
        asked.append(question)
        for name in question.inputs:
            answers[name] = known[name] if name in known else anything(KINDS[name], rng)
    return answers, asked


def fits(answers) -> list[str]:
    return [f.offered.code for f in FINDER.found(answers) if f.ranked.standing.fit is Fit.YES]


@pytest.mark.parametrize("purpose", KINDS["purpose"].options)
@pytest.mark.parametrize("seed", range(8))
def test_whoever_comes_is_asked_fewer_than_20_questions(purpose, seed):
    answers, asked = walk(FINDER, {"purpose": purpose}, np.random.default_rng(seed))
    assert len(asked) < 20
    assert all(found.ranked.standing.fit is Fit.YES for found in FINDER.found(answers))
    assert len({question.code for question in asked}) == len(asked)
    house = FINDER.asker.house
    for need in (need for found in FINDER.found(answers) for need in found.ranked.offer.needs):
        rules = house.rules[need.assessment]
        own = {name: value for name, value in answers.items() if name in rules.inputs}
        assert rules.work_out(own, ON).of[need.name] in need.values, need


PEOPLE = {
    "a student of some years, not sure of it": (
        {
            "purpose": "unsure",
            "stay": "years",
            "plan": "study",
            "status": "none",
            "person_kind": "none",
            "course": "college",
            "course_length": "long",
            "letter_of_acceptance": True,
            "province_letter": True,
            "money_for_studies": True,
        },
        ["study-permit"],
    ),
    "a tourist from Mexico who flies and has a US visa": (
        {
            "purpose": "visit",
            "status": "none",
            "nationality": "MX",
            "route": "air",
            "us_green_card": False,
            "us_visa": True,
            "canadian_visa_before": False,
        },
        ["eta"],
    ),
    "the same, by car": (
        {
            "purpose": "visit",
            "status": "none",
            "nationality": "MX",
            "route": "land",
            "us_green_card": False,
        },
        ["visitor-visa"],
    ),
    "a husband abroad of a citizen": (
        {
            "purpose": "family",
            "relation": "partner",
            "relative_age": 31,
            "relative_is_here": False,
            "sponsor_status": "citizen",
            "sponsor_age": 30,
            "sponsor_in_canada": True,
            "sponsor_barred": False,
            "sponsor_was_sponsored": False,
        },
        ["partner-abroad"],
    ),
    "a resident who has the days": (
        {
            "purpose": "citizenship",
            "status": "permanent_resident",
            "age": 60,
            "days_in_canada": 1095,
            "taxes": "not_required",
        },
        ["citizenship-grant"],
    ),
    "a speaker at a congress": (
        {"purpose": "work", "status": "none", "person_kind": "none", "work_kind": "speaker"},
        ["work-freely"],
    ),
}


@pytest.mark.parametrize(("known", "offers"), PEOPLE.values(), ids=PEOPLE)
def test_people_find_what_is_theirs_and_are_asked_nothing_that_they_did_not_say(known, offers):
    answers, asked = walk(FINDER, known, np.random.default_rng(0))
    assert {name for question in asked for name in question.inputs} <= known.keys()
    assert fits(answers) == offers


def test_the_first_question_is_what_a_person_wants():
    first = FINDER.asker.next({})
    assert first
    assert first.code == "purpose"


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000))
def test_no_answer_lengthens_what_is_left(seed):
    rng, answers = np.random.default_rng(seed), {}
    before = FINDER.asker.progress(answers)
    while question := FINDER.asker.next(answers):
        answers |= {name: anything(KINDS[name], rng) for name in question.inputs}
        now = FINDER.asker.progress(answers)
        assert now.answered == before.answered + 1
        assert now.at_most < before.at_most
        before = now
    assert before.at_most == 0


def test_a_question_that_nobody_answers_is_not_asked_again_and_leaves_its_offers_out():
    answers = {"purpose": "citizenship", "status": "permanent_resident", "age": 30}
    first = FINDER.asker.next(answers)
    assert first
    skipped = frozenset(first.inputs)
    still = FINDER.asker.still_open(answers, skipped)
    assert first.code not in {question.code for question in still}
    assert FINDER.found(answers, skipped) == []


def test_what_speaks_for_an_offer_and_against_it_is_told():
    answers = {"purpose": "citizenship", "status": "visitor"}
    assert FINDER.found(answers) == []
    (lost,) = [one for one in FINDER.all_of(answers) if one.offered.code == "citizenship-grant"]
    assert [need.name for need in lost.ranked.standing.kept] == ["goal"]
    assert [need.name for need in lost.ranked.standing.lacking] == ["met.eligible"]


def test_the_reasons_are_the_findings_of_what_the_offer_rests_on():
    answers = {"purpose": "citizenship", "status": "permanent_resident", "age": 30, "route": "air"}
    (result,) = FINDER.results("citizenship-grant", answers)
    assert result.assessment == "citizenship"
    assert {one.rule: one.met for one in result.findings} == {
        "citizenship.resident": True,
        "citizenship.adult": True,
        "citizenship.presence": None,
        "citizenship.tax_filing": None,
        "citizenship.language": None,
        "citizenship.knowledge_test": True,
    }
    assert all(one.source for one in result.findings)


def test_what_needs_fewer_answers_comes_first_among_what_may_fit():
    found = FINDER.found({"purpose": "live", "relation": "partner", "relative_age": 30})
    needed = [one.ranked.answers_needed for one in found]
    assert needed == sorted(needed)
    assert [one.ranked.place for one in found] == list(range(1, len(found) + 1))


def test_every_offer_tells_its_limits_how_to_apply_and_its_name():
    for offered in FINDER.offered.values():
        assert offered.name
        assert offered.how_to_apply
        assert offered.limits


@pytest.mark.parametrize("code", all_assessments())
def test_each_assessment_can_be_asked_alone_to_its_end(code):
    alone, rng = asker(code, ON), np.random.default_rng(1)
    answers: dict[str, Value] = {}
    kinds = {n: i.kind for r in alone.house.rules.values() for n, i in r.inputs.items()}
    while question := alone.next(answers):
        answers |= {name: anything(kinds[name], rng) for name in question.inputs}
    assert alone.progress(answers).at_most == 0
