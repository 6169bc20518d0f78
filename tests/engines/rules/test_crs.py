"""The CRS is right: by cases that others published, by an oracle, and by what must always hold."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.engines.rules.answers import read_answers
from parvis.engines.rules.arrays import work_out_all
from parvis.engines.rules.findings import Result, assess
from parvis.engines.rules.people import make_people, person
from parvis.programs.rules.loader import assessment
from tests.engines.rules.oracle import crs, person_of

TODAY = date(2026, 11, 29)
UNTIL, SINCE = date(2025, 3, 24), date(2025, 3, 25)
CASES = Path(__file__).parents[4] / "shared" / "data" / "domain" / "crs_cases.json"
PEOPLE, BY_TABLES = 100_000, 500
ABILITIES = ("L", "R", "W", "S")
EDUCATIONS = list(assessment("crs").editions[-1].inputs["education"].kind.options)


def published() -> dict[str, Any]:
    if not CASES.is_file():
        pytest.skip(
            f"{CASES} is not here: cases that others published are kept outside the project"
        )
    found: dict[str, Any] = json.loads(CASES.read_text())
    return found


def scored(said: dict[str, Any], on: date | None = None) -> Result:
    return assess(
        assessment("crs"), read_answers(assessment("crs"), said, today=TODAY, on=on)
    )  # fmt: skip


def total(said: dict[str, Any]) -> int:
    found = scored(said).answer
    assert isinstance(found, int)
    return found


def test_every_published_case_has_the_score_that_it_asserts() -> None:
    cases = published()["cases"]
    assert len(cases) > 40
    for case in cases:
        totals = scored(case["input"]).totals
        wanted = case["expected"] | {"total": case["total_by_grid"]}
        assert {key: totals[key] for key in wanted} == wanted, case["title"]


def test_a_published_case_that_is_wrong_is_not_reproduced() -> None:
    told = published()
    for case in told["rejected_published_cases"]:
        totals = scored(case["input"]).totals
        right = case["by_official_grid"]
        assert {key: totals[key] for key in right} == right, case["title"]
        assert {key: totals[key] for key in case["published"]} != case["published"]


def test_every_key_of_a_result_is_told() -> None:
    assert set(published()["schema"]["result"]) <= set(scored({}).totals)


def test_a_hundred_thousand_people_have_the_score_of_the_oracle() -> None:
    rng = np.random.default_rng(8)
    for on in (UNTIL, SINCE):
        rules = assessment("crs").on(on)
        people = make_people(rules, PEOPLE // 2, on, rng)
        found = work_out_all(rules, people, on)
        wanted = [
            crs(person_of(dict(person(people, nth, rules))), job_offers_count=on == UNTIL)
            for nth in range(PEOPLE // 2)
        ]
        for key in wanted[0]:
            by_oracle = np.array([one[key] for one in wanted], np.float64)
            wrong = np.flatnonzero(found[f"points.{key}"] != by_oracle)
            assert not wrong.size, (key, person(people, int(wrong[0]), rules))


@pytest.mark.parametrize("on", [UNTIL, SINCE], ids=str)
def test_the_tables_themselves_agree_with_the_oracle(on: date) -> None:
    rules = assessment("crs").on(on)
    people = make_people(rules, BY_TABLES, on, np.random.default_rng(9))
    for nth in range(BY_TABLES):
        answers = person(people, nth, rules)
        of = rules.work_out(answers, on).of
        wanted = crs(person_of(dict(answers)), job_offers_count=on == UNTIL)
        assert {key: of[f"points.{key}"] for key in wanted} == wanted, answers


four = st.fixed_dictionaries({one: st.integers(0, 12) for one in ABILITIES})
people = st.fixed_dictionaries(
    {"accompanying_spouse": st.booleans()},
    optional={
        "age": st.integers(0, 120),
        "education": st.sampled_from(EDUCATIONS),
        "first_language_name": st.sampled_from(["en", "fr"]),
        "first_language_clb": four,
        "second_language_clb": four,
        "canadian_work_years": st.integers(0, 80),
        "foreign_work_years": st.integers(0, 80),
        "trade_certificate": st.booleans(),
        "provincial_nomination": st.booleans(),
        "sibling_in_canada": st.booleans(),
        "canadian_education": st.sampled_from(["none", "one_or_two_years", "three_years_or_more"]),
        "spouse": st.fixed_dictionaries(
            {},
            optional={
                "education": st.sampled_from(EDUCATIONS),
                "language_clb": four,
                "canadian_work_years": st.integers(0, 80),
            },
        ),
    },
)
often = settings(max_examples=100, deadline=None)


@often
@given(said=people, which=st.sampled_from(["first", "second"]), ability=st.sampled_from(ABILITIES))
def test_more_language_never_lowers_the_score(
    said: dict[str, Any], which: str, ability: str
) -> None:
    key = f"{which}_language_clb"
    before = said.get(key, dict.fromkeys(ABILITIES, 4))
    better = before | {ability: min(before[ability] + 1, 12)}
    assert total(said | {key: better}) >= total(said | {key: before})


@often
@given(said=people)
def test_caps_hold(said: dict[str, Any]) -> None:
    totals = scored(said).totals
    coming = said["accompanying_spouse"]
    for key, most in {
        "core": 460 if coming else 500,
        "second_language": 22 if coming else 24,
        "spouse_total": 40 if coming else 0,
        "st_education": 50,
        "st_foreign": 50,
        "skill_transferability": 100,
        "additional": 600,
        "total": 1200,
    }.items():
        value = totals[key]
        assert isinstance(value, int)
        assert 0 <= value <= most, key


@often
@given(said=people)
def test_a_spouse_who_does_not_come_leaves_the_single_column(said: dict[str, Any]) -> None:
    alone = {key: value for key, value in said.items() if key != "spouse"}
    assert total(said | {"accompanying_spouse": False}) == total(
        alone | {"accompanying_spouse": False}
    )


@often
@given(said=people)
def test_findings_add_up_to_the_score(said: dict[str, Any]) -> None:
    found = scored(said)
    points: dict[str, int] = {}
    for finding in found.findings:
        key = finding.rule.split(".")[1]
        points[key] = points.get(key, 0) + (finding.points or 0)
        if finding.met is None:
            assert [answer for answer in finding.rests_on if answer.value is None]
        assert finding.source is not None or finding.met is None
    for key in ("age", "education", "first_language", "canadian_work", "spouse_education"):
        assert points[key] == found.totals[key]


def test_an_absent_factor_scores_nothing_and_is_unknown() -> None:
    found = scored({"accompanying_spouse": False})
    assert found.answer == 0
    met = {finding.rule: finding.met for finding in found.findings}
    assert met.pop("crs.additional_job_offer") is False
    alone = [rule for rule in met if rule.startswith("crs.spouse")]
    assert {met.pop(rule) for rule in alone} == {False}
    assert set(met.values()) == {None}


def test_who_does_not_say_whether_a_spouse_comes_is_counted_alone_and_told_so() -> None:
    found = scored({"age": 30})
    assert found.totals["age"] == 105
    [told] = [one for one in found.findings if one.rule == "crs.accompanying_spouse"]
    assert told.met is None
    assert "alone" in told.because.en


def test_scores_of_tests_that_others_published_are_worth_the_levels_that_they_say() -> None:
    names = {"IELTS GT": "ielts_general", "PTE Core": "pte_core"}
    told = 0
    for case in published()["cases"]:
        raw = case.get("raw_test_scores", {})
        scores = {one: raw.get(one, raw.get("all")) for one in ABILITIES}
        if raw.get("test") not in names or None in scores.values():
            continue
        by_level = scored(case["input"])
        rest = {key: value for key, value in case["input"].items() if key != "first_language_clb"}
        by_score = scored(rest | {"first_language_test": {"test": names[raw["test"]], **scores}})
        assert by_score.totals == by_level.totals, case["title"]
        told += 1
    assert told > 10
