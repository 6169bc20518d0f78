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


@pytest.mark.parametrize("code", ["crs", "fsw", "cec", "fst"])
def test_every_way_to_change_something_is_worded_alike_in_both_languages(code: str) -> None:
    for change in changes(asked(code, {})):
        for step in change.steps:
            assert "{" not in step.says.en + step.says.fr
            assert step.says.en != step.says.fr
