"""How a program's published time is counted: dated, sourced, its own or the common one, whole."""

from datetime import date
from pathlib import Path

import pytest

from parvis.programs.loader import all_programs, load_program, program, published_time_on
from parvis.programs.mistakes import ProgramRefused
from parvis.programs.schema import Program
from tests.programs.test_refusals import GOOD

TODAY = date(2024, 1, 12)


def loaded(tmp_path: Path, said: str) -> Program:
    path = tmp_path / "dog-licence.yaml"
    path.write_text(GOOD.replace("dormant_after_days", f"{said}\ndormant_after_days"))
    return load_program(path)


def test_it_looks_back_weeks_for_temporary_residence_and_months_for_the_rest() -> None:
    rules = {code: published_time_on(one, TODAY) for code, one in all_programs().items()}
    assert {rule.share for rule in rules.values() if rule} == {0.8}
    weeks = {code: rule.weeks for code, rule in rules.items() if rule and rule.weeks}
    assert weeks == {"visitor-visa": 8, "study-permit": 16, "work-permit": 16}
    assert {rule.months for code, rule in rules.items() if rule and code not in weeks} == {6}


@pytest.mark.parametrize("code", sorted(all_programs()))
def test_it_says_where_it_comes_from_and_what_is_assumed(code: str) -> None:
    rule = published_time_on(program(code), TODAY)
    assert rule is not None
    assert rule.source.startswith("https://")
    assert rule.note is not None
    assert "unverified" in rule.note


def test_a_program_that_says_nothing_is_counted_as_most_are(tmp_path: Path) -> None:
    for said in ("", "published_time:"):
        rule = published_time_on(loaded(tmp_path, said), TODAY)
        assert rule is not None
        assert rule.months == 6


def test_what_a_program_says_it_says_whole(tmp_path: Path) -> None:
    told = "published_time: {2020-01-01: {share: 0.9, weeks: 4, source: unverified}}"
    one = loaded(tmp_path, told)
    rule = published_time_on(one, TODAY)
    assert rule is not None
    assert (rule.share, rule.weeks, rule.months) == (0.9, 4, None)
    assert published_time_on(one, date(2019, 12, 31)) is None
    assert published_time_on(loaded(tmp_path, "published_time: {}"), TODAY) is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{share: 0.8, source: unverified}", "in weeks or in months"),
        ("{share: 0.8, weeks: 8, months: 6, source: unverified}", "in weeks or in months"),
        ("{share: 1.0, weeks: 8, source: unverified}", "less than 1"),
        ("{share: 80, weeks: 8, source: unverified}", "less than 1"),
        ("{share: 0.8, weeks: 8}", "source"),
    ],
)
def test_a_rule_that_means_nothing_is_refused_with_its_place(
    tmp_path: Path, wrong: str, said: str
) -> None:
    with pytest.raises(ProgramRefused, match=said) as refused:
        loaded(tmp_path, f"published_time: {{2020-01-01: {wrong}}}")
    assert "published_time.2020-01-01" in str(refused.value)
    assert ":10" in str(refused.value)
