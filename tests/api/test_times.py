"""Processing times over HTTP: for everybody, in both languages, and for an hour."""

import json
from dataclasses import fields

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from parvis.api import schemas
from parvis.lib import clock
from parvis.lib.text import LANGUAGES, Language
from parvis.readers.estimates.published import refresh
from parvis.readers.estimates.times import published_times
from parvis.readers.estimates.told import NewTime, OfficeTime, TimeLine
from parvis.readers.tracker import plain
from parvis.readers.tracker.page import SimilarLine
from tests.readers.estimates.planting import NOW, decided

pytestmark = pytest.mark.django_db
ADDRESS = "/api/processing-times"


@pytest.fixture
def _counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    decided([70] * 40)
    refresh(NOW)


@pytest.mark.usefixtures("_counted")
@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_may_read_them_in_either_language(language: Language) -> None:
    answer = Browser().get(ADDRESS, {"lang": language})
    told = json.loads(answer.content)
    assert told["language"] == language
    assert told["programs"] == plain(published_times(NOW), language)
    [study] = [one for one in told["programs"] if one["program"] == "study-permit"]
    assert (study["days"], study["files"], len(study["dots"])) == (70, 40, 20)
    assert study["time"] == {"en": "10 weeks", "fr": "10 semaines"}[language]
    assert study["decided_to"] == "2024-01-11"


def test_an_answer_may_be_kept_for_an_hour_and_differs_by_language_alone() -> None:
    answer = Browser().get(ADDRESS)
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert answer.headers["vary"].lower() == "accept-language"
    french = Browser().get(ADDRESS, headers={"accept-language": "fr-CA"})
    assert json.loads(french.content)["language"] == "fr"


def test_before_anything_is_counted_no_time_is_told() -> None:
    told = json.loads(Browser().get(ADDRESS).content)["programs"]
    assert {one["code"] for one in told} == {"not_yet"}
    assert {one["days"] for one in told} == {None}


def test_a_language_that_we_do_not_have_is_not_understood() -> None:
    answer = Browser().get(ADDRESS, {"lang": "de"})
    assert (answer.status_code, json.loads(answer.content)["code"]) == (422, "not_understood")


def test_it_costs_no_query_once_read(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    Browser().get(ADDRESS)
    with django_assert_num_queries(0):
        Browser().get(ADDRESS)


def test_it_is_described_as_open_to_all() -> None:
    told = json.loads(Browser().get("/api/openapi.json").content)["paths"][ADDRESS]["get"]
    assert set(told["responses"]) == {"200", "422"}
    assert not told.get("security")


def test_the_schemas_have_the_fields_of_the_lines() -> None:
    for ours, theirs in (
        (TimeLine, schemas.ProgramTimeOut),
        (NewTime, schemas.NewTimeOut),
        (OfficeTime, schemas.OfficeTimeOut),
        (SimilarLine, schemas.SimilarOut),
    ):
        assert {field.name for field in fields(ours)} == set(theirs.model_fields)
