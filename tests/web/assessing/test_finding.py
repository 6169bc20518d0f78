"""The questions that find a program: asking, keeping, finding, and what cannot be."""

import logging
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import signing
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from parvis.casework.people.models import KeptAnswers, User
from parvis.lib import clock
from tests.filing import client
from tests.web.assessing.answering import SKILLED, answered, words, wrong

pytestmark = pytest.mark.django_db


def test_each_answer_leads_to_the_question_that_comes_next(browser: Browser) -> None:
    assert browser.get("/en/find/next/").headers["location"] == "/en/find/questions/purpose/"
    where = answered(browser, {"purpose": {"purpose": "visit"}})
    assert where.startswith("/en/find/questions/")
    assert browser.get("/en/find/next/").headers["location"] == where


def test_no_more_questions_come_than_were_told(browser: Browser) -> None:
    before = 1_000
    for code, said in SKILLED.items():
        where = answered(browser, {code: said})
        if "/results/" in where:
            break
        [most] = re.findall(r"At most (\d+) more|the last one", words(browser.get(where))) or [""]
        assert int(most or 0) < before
        before = int(most or 0)


def test_what_fits_comes_first_with_why_and_what_falls_short_after_it(browser: Browser) -> None:
    answered(browser, SKILLED)
    told = words(browser.get("/en/find/results/"))
    fits, short = told.index("Federal Skilled Worker Class"), told.index("Canadian Experience")
    assert fits < told.index("What does not fit, and why") < short
    assert told.index("Programs for another goal") < told.index("Study permit")
    one = words(browser.get("/en/find/results/skilled-worker/"))
    for part in ("Why", "Checklist", "How to apply", "$1,590", "CLB 9 in listening; 7 is needed."):
        assert part in one
    assert "Read on 29 November 2026" in one
    assert "Your highest level of education: Master’s" in one
    falls_short = words(browser.get("/en/find/results/canadian-experience/"))
    assert "What would change it 760 more hours of skilled work in Canada" in falls_short


def test_an_answer_is_changed_and_the_others_stay(browser: Browser) -> None:
    answered(browser, SKILLED)
    page = browser.get("/fr/find/questions/education/").content.decode()
    assert re.search(r'value="masters" checked', page)
    answered(browser, {"education": {"education": "secondary"}})
    told = words(browser.get("/en/find/answers/"))
    assert "High school" in told
    assert "Live here for good" in told


def test_who_does_not_know_is_not_asked_again(browser: Browser) -> None:
    answered(browser, {"purpose": {"purpose": "visit"}})
    first = browser.get("/en/find/next/").headers["location"]
    after = browser.post(first, {"skip": "1"}).headers["location"]
    assert after != first
    assert "I do not know" in words(browser.get("/en/find/answers/"))


def test_the_cookie_lasts_some_days_is_no_script_s_and_holds_little(browser: Browser) -> None:
    answered(browser, SKILLED)
    kept = browser.cookies["answers"]
    assert (kept["httponly"], kept["samesite"]) == (True, "Lax")
    assert kept["max-age"] == timedelta(days=14).total_seconds()
    assert len(kept.value) < 600
    assert browser.post("/en/find/forget/").status_code == 302
    assert browser.cookies["answers"].value == ""


@pytest.mark.parametrize("cookie", ["nonsense", "a:b:c", "of another use"])
def test_a_cookie_that_somebody_changed_is_a_calm_start(browser: Browser, cookie: str) -> None:
    if cookie == "of another use":
        cookie = signing.dumps([1], salt="another")
    for path in ("next/", "questions/age/", "results/", "results/eta/", "answers/"):
        browser.cookies["answers"] = cookie
        assert browser.get(f"/en/find/{path}").headers["location"] == "/en/find/"
    answer = browser.get("/en/find/")
    assert "We could not read the answers on this device" in words(answer)
    assert "We could not" not in words(browser.get("/en/find/"))


@pytest.mark.parametrize(
    "said",
    [
        [1, 2],
        {"answers": [], "skipped": []},
        {"answers": {"age": "old", "nothing": 3, "purpose": "fly"}, "skipped": "all"},
        {"answers": {"age": 4_000}, "skipped": [7, ["x"]][:1]},
    ],
)
def test_answers_that_today_s_rules_do_not_know_are_asked_anew(
    browser: Browser, said: object
) -> None:
    browser.cookies["answers"] = signing.dumps(said, salt="parvis.web.assessing")
    assert browser.get("/en/find/", follow=True).status_code == 200
    assert browser.get("/en/find/results/").headers["location"] == "/en/find/"


@pytest.mark.parametrize(
    ("code", "said", "en", "fr"),
    [
        ("age", {"age": "300"}, "Give a number from 0 to 120.", "Donnez un nombre de 0 à 120."),
        ("age", {"age": "old"}, "Write a number, such as 6.", "Écrivez un nombre, comme 6."),
        ("age", {"age": "30.5"}, "A whole number", "Un nombre entier"),
        ("age", {}, "Answer the question", "Répondez à la question"),
        ("purpose", {"purpose": "fly"}, "Choose one of these.", "Choisissez une de ces réponses."),
        (
            "nationality",
            {"nationality": "DD"},
            "East Germany no longer exists.",
            "L’Allemagne de l’Est, cela n’existe plus.",
        ),
        (
            "first-language",
            {"first_language_name": "en", "first_language_clb.L": "7"},
            "Give this one as well, or none of them.",
            "Donnez aussi celle-ci, ou aucune.",
        ),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_what_was_typed_stays(
    browser: Browser, code: str, said: dict[str, str], en: str, fr: str
) -> None:
    for language, sentence in (("en", en), ("fr", fr)):
        answer = browser.post(f"/{language}/find/questions/{code}/", said)
        assert answer.status_code == 422
        assert any(sentence in one for one in wrong(answer))
        for value in said.values():
            if value.isdigit():
                assert f'value="{value}"' in answer.content.decode()
    assert "answers" not in browser.cookies


def test_nothing_that_is_answered_is_in_an_address_or_a_log(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        where = answered(browser, SKILLED)
        browser.post("/en/find/questions/age/", {"age": "4711"})
    assert "masters" not in where
    assert "masters" not in caplog.text
    assert "4711" not in caplog.text


def test_what_is_free_says_so_and_every_program_has_its_fee_in_the_demo_s_time_too(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = words(browser.get("/en/find/results/visit-freely/"))
    assert "It costs nothing." in told
    assert "There is nothing to apply for, so nothing to wait for." in told
    monkeypatch.setattr(clock, "now", lambda: datetime(2024, 1, 12, 17, tzinfo=UTC))
    assert "$1,365" in words(browser.get("/en/find/results/skilled-worker/"))


@pytest.fixture
def ada() -> User:
    return client("ada@example.org")[0]


def test_an_account_keeps_answers_on_request_until_they_are_removed(
    browser: Browser, ada: User
) -> None:
    answered(browser, SKILLED)
    assert "/sign-in/" in browser.post("/en/find/keep/").headers["location"]
    browser.force_login(ada)
    assert browser.post("/en/find/keep/").headers["location"] == "/en/account/answers/"
    browser.post("/en/find/forget/")
    assert "Live here for good" in words(browser.get("/en/account/answers/"))
    taken = browser.get("/en/account/answers/answers.json").json()
    assert taken["answers"]["education"] == "masters"
    assert browser.post("/en/account/answers/take/").headers["location"] == "/en/find/answers/"
    assert "Live here for good" in words(browser.get("/en/find/answers/"))
    browser.post("/en/account/answers/remove/")
    assert not KeptAnswers.objects.exists()
    assert browser.get("/en/account/answers/answers.json").json() == {}


def test_nobody_sees_what_another_account_keeps(browser: Browser, ada: User) -> None:
    browser.force_login(ada)
    answered(browser, SKILLED)
    browser.post("/en/find/keep/")
    other = Browser()
    other.force_login(client("ben@example.org")[0])
    assert "None are kept." in words(other.get("/en/account/answers/"))


def test_asking_somebody_asks_the_database_nothing(
    browser: Browser, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    answered(browser, SKILLED)
    browser.get("/en/find/results/")  # once in five minutes it counts how long applications take
    for path in ("find/", "find/questions/age/", "find/answers/", "find/results/",
                 "find/results/skilled-worker/", "assessments/crs/"):  # fmt: skip
        with django_assert_num_queries(0):
            assert browser.get(f"/en/{path}").status_code == 200
    with django_assert_num_queries(0):
        answered(browser, {"age": {"age": "31"}})
