"""Assessments over HTTP: for everybody, with reasons, and refusals at their field."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client as Browser
from hypothesis import given
from schemathesis import Case
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from parvis.api.assessment_schemas import AssessmentOut
from parvis.lib import clock
from parvis.lib.text import LANGUAGES, Language
from tests.api.test_fuzz import bounded
from tests.api.test_fuzz_answers import described  # noqa: F401 - a fixture

ADDRESS = "/api/assessments/crs"
SINGLE_MASTER = {
    "accompanying_spouse": False,
    "age": 28,
    "education": "masters",
    "first_language_clb": {"L": 10, "R": 10, "W": 10, "S": 10},
    "canadian_work_years": 3,
}


def post(said: object, where: str = ADDRESS, **query: str) -> tuple[int, dict[str, Any]]:
    raw = said if isinstance(said, str | bytes) else json.dumps(said)
    answer = Browser().post(where, raw, content_type="application/json", query_params=query or None)
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, json.loads(answer.content)


def test_everybody_is_told_the_score_the_reasons_and_what_would_change_it() -> None:
    status, told = post(SINGLE_MASTER)
    assert (status, told["total"], told["answer"]) == (200, 495, 495)
    AssessmentOut.model_validate(told)
    [age] = [one for one in told["findings"] if one["rule"] == "crs.age"]
    assert age["because"] == {"en": "You are 28.", "fr": "Vous avez 28 ans."}
    assert (age["points"], age["met"], age["unverified"]) == (110, True, False)
    assert age["source"]["on"] == "2026-11-29"
    assert {"answer": "age", "value": 28, "label": {"en": "your age", "fr": "votre âge"}} in age[
        "rests_on"
    ]
    assert {change["gain"] for change in told["changes"]} > {600}
    assert "provincial_nomination" in told["missing"]


def test_the_rules_of_another_day_are_asked_by_on() -> None:
    offer = {"accompanying_spouse": False, "job_offer": "teer0_major_group_00"}
    assert post(offer, on="2025-03-24")[1]["additional"] == 200
    assert post(offer, on="2025-03-25")[1]["additional"] == 0


def test_today_is_the_day_that_it_is_where_the_department_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    offer = {"accompanying_spouse": False, "job_offer": "teer0_major_group_00"}
    for hour, points in ((3, 200), (4, 0)):  # in Ottawa, the last hour of 24 March, then the 25th
        moment = datetime(2025, 3, 25, hour, 30, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        assert post(offer)[1]["additional"] == points


def test_what_is_needed_is_told_with_what_needs_less() -> None:
    said = {"status": "none", "us_green_card": False, "nationality": "FR", "route": "air"}
    status, told = post(said, where="/api/assessments/visitor-visa")
    assert (status, told["answer"]) == (200, "eta")
    AssessmentOut.model_validate(told)
    assert [(one["gain"], one["after"], one["then"]["fr"]) for one in told["changes"]] == [
        (None, "nothing", "ni visa ni AVE")
    ] * 2


def test_changes_are_left_out_on_request() -> None:
    assert post(SINGLE_MASTER, changes="false")[1].get("changes") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_names_its_field_in_both_languages(language: Language) -> None:
    status, told = post({"age": 150, "educaton": "phd"}, lang=language)
    assert (status, told["code"]) == (422, "answers_refused")
    assert "educaton" in told["detail"]
    assert {one["field"] for one in told["refused"]} == {"age", "educaton"}
    for one in told["refused"]:
        assert one["message"]["en"] != one["message"]["fr"]


@pytest.mark.parametrize(
    "raw", ["", "{", '{"age": NaN}', '{"age": 1, "age": 2}', b"\xff", '{"age": 1e' + "9" * 30 + "}"]
)
def test_what_is_no_json_is_told_where_it_breaks(raw: str | bytes) -> None:
    status, told = post(raw)
    assert (status, told["code"]) == (400, "garbled")


def test_ten_megabytes_are_too_large() -> None:
    status, told = post(json.dumps({"age": 30, "x": "y" * 10_000_000}))
    assert (status, told["code"]) == (413, "too_large")


def test_an_unknown_assessment_names_those_there_are() -> None:
    status, told = post(SINGLE_MASTER, where="/api/assessments/csr")
    assert (status, told["code"]) == (404, "not_found")
    assert "cec, citizenship, crs" in told["detail"]


def test_it_is_described_as_open_to_all() -> None:
    told = json.loads(Browser().get("/api/openapi.json").content)["paths"]
    described_ = told["/api/assessments/{name}"]["post"]
    assert set(described_["responses"]) == {"200", "400", "404", "413", "422"}
    assert not described_.get("security")
    assert described_["requestBody"]["required"] is True


@pytest.mark.django_db
def test_whatever_is_posted_is_answered_as_described(
    described: BaseSchema,  # noqa: F811 - that fixture
) -> None:
    @bounded
    @given(case=described["/api/assessments/{name}"]["POST"].as_strategy())
    def ask(case: Case) -> None:
        case.path_parameters["name"] = "crs"
        # What is well formed may still be no answer that can be.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    ask()
