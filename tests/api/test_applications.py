"""The API: the same page as people see, to those who may see it, and to nobody else."""

import json
from dataclasses import fields
from typing import Any

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from parvis.api import schemas
from parvis.casework.applications import histories
from parvis.casework.applications.foreign import ForeignCase, Reading
from parvis.lib import clock
from parvis.lib.text import LANGUAGES, Language
from parvis.programs import loader
from parvis.programs.vocabulary import Status
from parvis.readers.tracker import as_data, file_page, page
from tests.filing import ASK, OPEN, RECEIVED, WAYS, client, filed, officer, seen

pytestmark = pytest.mark.django_db


def ask(browser: Browser, number: str, **query: str) -> tuple[int, dict[str, Any]]:
    answer = browser.get(f"/api/applications/{number}", query)
    return answer.status_code, json.loads(answer.content)


@pytest.fixture
def staff() -> Browser:
    browser = Browser()
    browser.force_login(officer())
    return browser


@pytest.mark.parametrize("status", WAYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_is_what_the_command_line_gives(
    staff: Browser, status: Status, language: Language
) -> None:
    file = filed(*WAYS[status])
    code, told = ask(staff, file.number, lang=language)
    assert code == 200
    expected = as_data(file_page(seen(file), clock.now(), officer=True), language)
    assert told.keys() == expected.keys()
    assert told == expected


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (page.RequestLine, schemas.RequestOut),
        (page.SectionLine, schemas.SectionOut),
        (page.HistoryLine, schemas.HistoryOut),
        (page.StandardLine, schemas.StandardOut),
        (page.Named, schemas.Named),
        (page.StatusLine, schemas.StatusOut),
        (page.TurnLine, schemas.TurnOut),
        (page.SectionStatusLine, schemas.SectionStatusOut),
    ],
)
def test_the_schemas_have_the_fields_of_the_page(ours: Any, theirs: Any) -> None:
    assert {field.name for field in fields(ours)} == set(theirs.model_fields)


def test_a_client_sees_their_own_file() -> None:
    user, subject = client("ada@example.org")
    browser = Browser()
    browser.force_login(user)
    assert ask(browser, filed(client=subject).number)[0] == 200


def test_what_one_may_not_see_answers_like_what_does_not_exist() -> None:
    user, _ = client("ada@example.org")
    _, other = client("zoe@example.org", name="Zoé Exemple")
    browser = Browser()
    browser.force_login(user)
    gone = ask(browser, "P9999999998")
    assert ask(browser, filed(client=other).number) == gone
    assert ask(browser, filed().number) == gone
    assert gone[0] == 404


def test_only_staff_know_the_numbers_of_other_systems(staff: Browser) -> None:
    user, _ = client("ada@example.org")
    browser = Browser()
    browser.force_login(user)
    for program in ("study-permit", "work-permit"):
        case = ForeignCase("A-77", [(RECEIVED, "Wachten", None)], None)
        reading = Reading(loader.program(program))
        histories.take_in(program=program, cases=[case], reading=reading, by="test")
    assert ask(browser, "A-77", program="work-permit")[0] == 404
    assert ask(staff, "A-77", program="work-permit")[0] == 200
    code, told = ask(staff, "A-77", lang="fr")
    assert (code, told["code"]) == (422, "several")
    assert "study-permit, work-permit" in told["detail"]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Sign in first."), ("fr", "Connectez-vous d’abord.")]
)
def test_nobody_is_told_to_sign_in_in_their_language(language: str, said: str) -> None:
    code, told = ask(Browser(), filed().number, lang=language)
    assert (code, told) == (401, {"code": "not_signed_in", "detail": said})


def test_the_browsers_language_will_do() -> None:
    answer = Browser().get("/api/applications/x", headers={"accept-language": "fr-CA"})
    assert "Connectez-vous" in json.loads(answer.content)["detail"]


def test_a_language_that_we_do_not_have_is_not_understood(staff: Browser) -> None:
    code, told = ask(staff, filed().number, lang="de")
    assert (code, told["code"]) == (422, "not_understood")
    assert "lang" in told["detail"]


@pytest.mark.parametrize("number", ["9" * 3000, "P" + "9" * 30, "%00", "A%00B", "%F0%9F%98%80"])
def test_what_cannot_be_a_number_does_not_exist(staff: Browser, number: str) -> None:
    assert ask(staff, number)[0] == 404


def test_it_takes_few_queries(
    staff: Browser, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    number = filed(OPEN, ASK).number
    ask(staff, number)  # reads the figures, for five minutes
    # Session and user, any file by its number, that staff looked, history.
    with django_assert_num_queries(4):
        ask(staff, number)


def test_the_description_declares_every_answer() -> None:
    told = json.loads(Browser().get("/api/openapi.json").content)
    assert told["openapi"].startswith("3.1")
    answers = told["paths"]["/api/applications/{number}"]["get"]["responses"]
    assert set(answers) == {"200", "401", "403", "404", "422"}


@pytest.mark.parametrize("status", WAYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_is_as_the_description_says(
    staff: Browser, status: Status, language: Language
) -> None:
    answer = staff.get(f"/api/applications/{filed(*WAYS[status]).number}", {"lang": language})
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    told = json.loads(answer.content)
    assert schemas.ApplicationOut.model_validate(told).model_dump(mode="json") == told
