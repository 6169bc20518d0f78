"""`parvis assess`: a score with its reasons, and never a wrong one in silence."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from parvis.jobs.cli.assess import LARGEST, assess_
from parvis.lib.text import LANGUAGES, Language

MASTER = {
    "accompanying_spouse": False,
    "age": 28,
    "education": "masters",
    "first_language_clb": {"L": 10, "R": 10, "W": 10, "S": 10},
    "canadian_work_years": 3,
}


def run(said: Any, *typed: str, name: str = "crs") -> Result:
    raw = said if isinstance(said, str | bytes) else json.dumps(said)
    return CliRunner().invoke(assess_, [name, "-", *typed], input=raw)


def test_one_person_is_one_object_with_every_total_and_the_findings() -> None:
    said = run(MASTER, "--json")
    assert (said.exit_code, said.stderr) == (0, "")
    told = json.loads(said.stdout)
    assert (told["total"], told["age"], told["skill_transferability"]) == (495, 110, 50)
    assert {"rule", "met", "because", "rests_on", "source", "points", "unverified"} <= set(
        told["findings"][0]
    )
    assert told["changes"][0]["gain"] >= told["changes"][-1]["gain"]


def test_a_list_is_a_list_and_what_is_refused_keeps_its_place() -> None:
    said = run([MASTER, MASTER | {"age": 150}, {"age": 30}], "--json", "--no-changes")
    assert said.exit_code == 1
    first, second, third = json.loads(said.stdout)
    assert (first["total"], third["age"]) == (495, 105)
    assert second["refused"][0]["field"] == "age"
    assert "total" not in second
    assert "Answers 2 are refused" in said.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_reads_in_either_language(language: Language) -> None:
    said = run(MASTER, "--lang", language)
    assert said.exit_code == 0
    assert {"en": "You are 28.", "fr": "Vous avez 28 ans."}[language] in said.stdout
    assert {"en": "A province nominates you: +600", "fr": "Une province vous désigne"}[
        language
    ] in said.stdout


def test_the_day_is_that_of_on_then_that_of_the_answers_then_today() -> None:
    offer = {"accompanying_spouse": False, "job_offer": "teer0_major_group_00"}
    named = offer | {"rules_version": "before_2025-03-25"}
    for said, typed, points in (
        (offer, (), 0),
        (named, (), 200),
        (offer | {"rules_version": "2025-03-24"}, (), 200),
        (named, ("--on", "2025-03-25"), 0),
        (offer, ("--on", "2025-03-24"), 200),
    ):
        told = json.loads(run(said, "--json", "--no-changes", *typed).stdout)
        assert told["additional"] == points


BAD: dict[str, tuple[Any, str, str]] = {
    "an age that nobody has": ({"age": 150}, "age", "from 0 to 120"),
    "an age before birth": ({"age": -1}, "age", "from 0 to 120"),
    "half a year of age": ({"age": 28.5}, "age", "whole number"),
    "an age in words": ({"age": "28"}, "age", "without quotes"),
    "a yes for a number": ({"age": True}, "age", "A number"),
    "a key that nobody asked for": ({"eduction": "phd"}, "eduction", "Did you mean education"),
    "a key within": ({"spouse": {"age": 3}}, "spouse.age", "Remove it"),
    "an education that is none": ({"education": "Masters"}, "education", "masters"),
    "an ability that is none": ({"first_language_clb": {"X": 9}}, "first_language_clb.X", "Remove"),
    "one level for all": ({"first_language_clb": 9}, "first_language_clb", "L, R, W, S"),
    "a level that is none": ({"first_language_clb": {"L": 13}}, "first_language_clb.L", "0 to 12"),
    "two tests in one": (
        {"first_language_test": {"test": ["ielts_general", "celpip_general"], "L": 8}},
        "first_language_test.test", "One single choice",
    ),
    "a score of another test": (
        {"first_language_test": {"test": "ielts_general", "L": 82, "R": 8, "W": 8, "S": 8}},
        "first_language_test.L", "Is this score from another test?",
    ),
    "a test of the other language": (
        {"first_language_name": "fr", "first_language_test": {"test": "ielts_general", "L": 8}},
        "first_language_test.test", "a test of English",
    ),
    "two tests of one language": (
        {"first_language_test": {"test": "ielts_general", "L": 8},
         "second_language_test": {"test": "celpip_general", "L": 8}},
        "second_language_test.test", "not mixed",
    ),
    "levels and scores at once": (
        {"first_language_clb": {"L": 9}, "first_language_test": {"test": "ielts_general", "L": 8}},
        "first_language_test.L", "one of the two",
    ),
    "a test of tomorrow": (
        {"first_language_test": {"test": "ielts_general", "taken_on": "2999-01-01", "L": 8}},
        "first_language_test.taken_on", "still to come",
    ),
    "a day that is none": (
        {"first_language_test": {"test": "ielts_general", "taken_on": "2025-02-30", "L": 8}},
        "first_language_test.taken_on", "2024-04-01",
    ),
    "rules of a day to come": ({"rules_version": "2999-01-01"}, "rules_version", "still change"),
    "rules before there were any": ({"rules_version": "2001-01-01"}, "rules_version", "start on"),
    "rules of no day": ({"rules_version": "newest"}, "rules_version", "before_2025-03-25"),
    "a person who is a number": (7, "JSON", "one object"),
    "said with dots and nested": (
        {"spouse": {"education": "phd"}, "spouse.education": "phd"}, "spouse.education", "twice",
    ),
    "a number without end": ('{"age": 1e999}', "age", "not a number that can be"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_answers_that_cannot_be_are_refused_at_their_field(what: str) -> None:
    said, field, message = BAD[what]
    done = run(said, "--json")
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    assert "total" not in told
    refused = {one["field"] or "JSON": one["message"] for one in told["refused"]}
    assert message in refused[field]["en"], refused
    assert refused[field]["fr"] != refused[field]["en"]
    assert f"{field}: " in done.stderr


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("", "breaks at line 1"),
        ('{"age": 30', "breaks at line 1"),
        ('{"age": NaN}', "NaN is not a number"),
        ('{"age": -Infinity}', "-Infinity is not a number"),
        ('{"age": 30, "age": 31}', "stands twice"),
        (b"\xff\xfe", "not text in UTF-8"),
        ("[" * 100_000, "nested too deeply"),
        ('{"age": ' + "9" * 5_000 + "}", "number is too long"),
        (" " * (LARGEST + 1), "larger than 5,000,000 bytes"),
    ],
)
def test_what_is_not_json_of_one_meaning_is_told(raw: str | bytes, message: str) -> None:
    done = run(raw, "--json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert message in done.stderr


def test_nobody_at_all_is_an_empty_list() -> None:
    assert run([], "--json").stdout == "[]\n"


def test_an_unknown_assessment_is_told_with_those_like_it(tmp_path: Path) -> None:
    done = run(MASTER, name="csr")
    assert done.exit_code == 2
    assert "did you mean crs?" in done.stderr
