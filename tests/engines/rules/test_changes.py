"""What would change a result is what the rules say of changed answers, and nothing else."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from parvis.engines.rules.answers import Asked, read_answers
from parvis.engines.rules.changes import Change, changes
from parvis.engines.rules.people import make_people, person
from parvis.programs.rules.loader import assessment

TODAY = date(2026, 11, 29)
ALL_SEVEN = {"L": 7, "R": 7, "W": 7, "S": 7}


def asked(code: str, said: dict[str, Any]) -> Asked:
    return read_answers(assessment(code), said, today=TODAY, on=None)


def said_by(found: tuple[Change, ...]) -> dict[str, int | None]:
    return {"; ".join(step.says.en for step in one.steps): one.gain for one in found}


def test_each_change_gives_what_it_says_when_it_is_made() -> None:
    rules = assessment("crs").editions[-1]
    people = make_people(rules, 30, TODAY, np.random.default_rng(3))
    told = 0
    for nth in range(30):
        answers = person(people, nth, rules)
        before = rules.work_out(answers, TODAY).of[rules.answer]
        for change in changes(Asked(rules, answers, TODAY)):
            made = dict(answers)
            for step in change.steps:
                made |= dict(step.answers)
            after = rules.work_out(made, TODAY).of[rules.answer]
            assert isinstance(before, int)
            assert isinstance(after, int)
            assert (change.gain, change.after) == (after - before, after)
            assert after > before
            told += 1
    assert told > 100


def test_french_is_told_with_both_its_gains() -> None:
    found = said_by(
        changes(
            asked(
                "crs",
                {
                    "accompanying_spouse": False,
                    "first_language_clb": ALL_SEVEN,
                    "second_language_clb": {"L": 6, "R": 7, "W": 7, "S": 7},
                },
            )
        )
    )
    # Two points of the second language, and the fifty of French on all four.
    assert found["CLB 7 in French"] == 52
    assert list(found.values()) == sorted(found.values(), key=lambda gain: -(gain or 0))


def test_months_are_told_in_months_where_they_were_given_so() -> None:
    found = said_by(
        changes(asked("crs", {"accompanying_spouse": False, "canadian_work_months": 6}))
    )
    assert found["6 more months of skilled work in Canada"] == 40
    assert not [one for one in found if "more years of skilled work in Canada" in one]


def test_a_change_that_gives_no_more_than_a_smaller_one_is_not_told() -> None:
    work = {"accompanying_spouse": False, "canadian_work_years": 5, "foreign_work_years": 3}
    assert not [one for one in said_by(changes(asked("crs", work))) if "skilled work" in one]


def test_what_nobody_can_change_is_not_told() -> None:
    found = changes(asked("crs", {"accompanying_spouse": False, "age": 45}))
    assert not {name for one in found for step in one.steps for name, _ in step.answers} & {
        "age",
        "sibling_in_canada",
        "accompanying_spouse",
    }


def test_where_no_single_change_does_the_fewest_together_are_told() -> None:
    found = changes(
        asked(
            "cec",
            {
                "recent_canadian_months": 6,
                "job_teer": "teer_1",
                "first_language_clb": {"L": 5, "R": 7, "W": 7, "S": 7},
                "work_self_employed": False,
                "work_while_student": False,
            },
        )
    )
    assert said_by(found) == {"CLB 7 in English; 6 more months of skilled work in Canada": None}


def test_what_is_met_already_needs_no_change() -> None:
    met = {
        "trade_work_years": 2,
        "trade_certificate": True,
        "first_language_clb": ALL_SEVEN,
    }
    assert changes(asked("fst", met)) == ()


def told(code: str, said: dict[str, Any]) -> list[tuple[str, str]]:
    """Return each change and what it is then."""
    found = changes(asked(code, said))
    return [("; ".join(s.says.en for s in one.steps), one.then.en if one.then else "")
            for one in found]  # fmt: skip


def test_where_answers_are_missing_what_stands_in_the_way_is_told_all_the_same() -> None:
    said = {
        "recent_canadian_months": 6,
        "job_teer": "teer_1",
        "first_language_clb": {"L": 5, "R": 7, "W": 7, "S": 7},
    }
    assert told("cec", said) == [
        (
            "CLB 7 in English; 6 more months of skilled work in Canada",
            "Then the answers that are missing decide.",
        )
    ]
    [one] = changes(asked("cec", said))
    assert (one.gain, one.after) == (None, None)


def test_nothing_is_told_to_change_what_no_answer_speaks_against() -> None:
    assert changes(asked("cec", {"job_teer": "teer_1"})) == ()


STRANGER = {"status": "none", "us_green_card": False}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (
            {"nationality": "FR", "route": "air"},
            {
                ("Come by car, bus or train, or on foot", "no visa and no eTA"),
                ("Come by boat", "no visa and no eTA"),
            },
        ),
        (
            {"nationality": "BR", "route": "air", "us_visa": False, "canadian_visa_before": False},
            {("You hold a valid US visa", "an eTA")},
        ),
        (
            {"nationality": "BR", "route": "sea", "us_visa": False, "canadian_visa_before": False},
            {("Come by plane; You hold a valid US visa", "an eTA")},
        ),
        ({"nationality": "FR", "route": "land"}, set()),
        ({"nationality": "IN", "route": "air"}, set()),
        ({"route": "air"}, set()),
    ],
    ids=["by land", "with a US visa", "two at once", "nothing is less", "none helps", "unknown"],
)
def test_of_a_visit_is_told_what_needs_less(
    said: dict[str, Any], found: set[tuple[str, str]]
) -> None:
    assert set(told("visitor-visa", STRANGER | said)) == found


def test_of_studies_is_told_what_needs_no_permit_and_what_makes_ready_for_one() -> None:
    said = {"status": "none", "course": "college", "person_kind": "none", "course_length": "long",
            "letter_of_acceptance": False, "money_for_studies": True}  # fmt: skip
    assert told("study-permit", said) == [
        ("A course of this length: six months or less", "no permit"),
        (
            "Get a letter of acceptance; Get the letter from the province",
            "Ready to study or to apply",
        ),
    ]


def test_of_work_is_told_what_makes_ready_to_apply() -> None:
    said = {"status": "none", "work_kind": "job", "person_kind": "none", "lmia_reason": "none",
            "job_offer_in_canada": True, "lmia": False}  # fmt: skip
    assert told("work-permit", said) == [("Your boss gets an LMIA", "Ready to work or to apply")]


@pytest.mark.parametrize("code", ["visitor-visa", "study-permit", "work-permit", "cec", "fsw"])
def test_what_is_told_to_come_of_a_change_comes_of_it(code: str) -> None:
    rules, seen = assessment(code).on(TODAY), 0
    people = make_people(rules, 60, TODAY, np.random.default_rng(8))
    for nth in range(60):
        answers = person(people, nth, rules)
        before = rules.work_out(answers, TODAY).of
        for change in changes(Asked(rules, answers, TODAY)):
            made = dict(answers)
            for step in change.steps:
                made |= dict(step.answers)
            after = rules.work_out(made, TODAY).of
            of = [name for name in (rules.answer, *rules.outcomes) if before[name] != after[name]]
            assert change.after in [after[name] for name in of]
            seen += 1
    assert seen


@pytest.mark.parametrize(
    "code", ["crs", "fsw", "cec", "fst", "visitor-visa", "study-permit", "work-permit"]
)
def test_every_way_to_change_something_is_worded_alike_in_both_languages(code: str) -> None:
    for change in changes(asked(code, {})):
        for step in change.steps:
            assert "{" not in step.says.en + step.says.fr
            assert step.says.en != step.says.fr
