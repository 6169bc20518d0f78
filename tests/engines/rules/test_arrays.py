"""Arrays made from the tables say of each person what the tables say."""

from datetime import date

import numpy as np
import pytest

from parvis.engines.rules.arrays import NotForArrays, work_out_all
from parvis.engines.rules.cells import as_float
from parvis.engines.rules.comparing import Side, compare
from parvis.engines.rules.people import make_people, person
from parvis.engines.rules.rules import Assessment, Rules
from parvis.programs.rules.loader import all_assessments, assessment

TODAY = date(2026, 11, 29)
PEOPLE = 150
EDITIONS = [
    pytest.param(one, edition, id=f"{one.code} since {edition.since}")
    for one in all_assessments().values()
    for edition in one.editions
]


@pytest.mark.parametrize(("of", "rules"), EDITIONS)
def test_every_value_is_the_same_by_tables_and_by_arrays(of: Assessment, rules: Rules) -> None:
    people = make_people(rules, PEOPLE, TODAY, np.random.default_rng(5))
    found = work_out_all(rules, people, TODAY)
    for nth in range(PEOPLE):
        answers = person(people, nth, rules)
        by_tables = rules.work_out(answers, TODAY).of
        for name, value in by_tables.items():
            if name in rules.kinds:
                np.testing.assert_equal(
                    found[name][nth], as_float(value, rules.kinds[name]), f"{name} of {answers}"
                )


def test_scores_of_tests_are_read_by_the_rules_of_their_day_in_arrays_too() -> None:
    rules = assessment("crs").on(TODAY)
    taken = [date(2023, 12, 10), date(2023, 12, 11)]
    tests = list(rules.inputs["first_language_test.test"].kind.options)
    people = {
        "first_language_name": np.array([1.0, 1.0]),
        "first_language_test.test": np.full(2, float(tests.index("tef_canada"))),
        "first_language_test.taken_on": np.array([float(day.toordinal()) for day in taken]),
        "first_language_test.L": np.array([316.0, 316.0]),
    }
    found = work_out_all(rules, people, date(2024, 6, 1))
    assert list(found["first_clb.L"]) == [10.0, 4.0]


def test_the_end_of_points_for_job_offers_takes_just_these_points() -> None:
    crs = assessment("crs")
    old, new = (Side(crs.on(day), day) for day in (date(2025, 3, 24), date(2025, 3, 25)))
    found = compare(old, new, count=20_000, rng=np.random.default_rng(1))
    assert (found.people, found.gain) == (20_000, 0)
    assert {by for by, count in found.by.items() if count > 200} == {0, -50, -200}
    offers = found.groups["job_offer"]
    assert (offers[0.0].lose, offers[0.0].people > 5_000) == (0, True)
    assert found.totals["points.additional_job_offer"] > found.lose
    assert found.most_telling(1) == ["job_offer"]
    assert sum(group.people for group in offers.values()) == 20_000


def test_the_same_rules_change_nothing_for_anybody() -> None:
    side = Side(assessment("fsw").on(TODAY), TODAY)
    found = compare(side, side, count=5_000, rng=np.random.default_rng(1))
    assert (found.gain, found.lose, found.most_telling(3)) == (0, 0, [])


def test_the_same_seed_makes_the_same_people() -> None:
    rules = assessment("crs").on(TODAY)
    one, two = (make_people(rules, 100, TODAY, np.random.default_rng(7)) for _ in range(2))
    for name, column in one.items():
        np.testing.assert_array_equal(column, two[name])


def test_an_operation_without_a_form_for_arrays_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(work_out_all.__globals__["_BY_WORD"], "least")
    rules = assessment("crs").on(TODAY)
    with pytest.raises(NotForArrays, match="least"):
        work_out_all(rules, {"age": np.array([30.0])}, TODAY)
