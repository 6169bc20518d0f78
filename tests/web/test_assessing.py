"""The pages of self-assessment: asking, keeping, finding, and what cannot be."""

import html
import logging
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import signing
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from parvis.casework.people.models import KeptAnswers, User
from parvis.lib import clock
from parvis.lib.text import LANGUAGES
from parvis.web.assessing.single import CODES
from tests.filing import client

pytestmark = pytest.mark.django_db
SKILLED = {
    "purpose": {"purpose": "live"},
    "relation": {"relation": "nobody"},
    "first-language": {"first_language_name": "en"}
    | {f"first_language_clb.{ability}": "9" for ability in "LRWS"},
    "job-in-canada": {
        "recent_canadian_hours": "800",
        "job_teer": "teer_1",
        "work_self_employed": "no",
        "work_while_student": "no",
    },
    "years-of-work": {"canadian_work_years": "0", "foreign_work_years": "3"},
    "education": {"education": "masters"},
    "age": {"age": "30"},
}
OVER = {"left": "2024-01-10", "returned": "2024-02-10"}


def words(answer: object) -> str:
    text = answer.content.decode()  # type: ignore[attr-defined]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def wrong(answer: object) -> list[str]:
    """Return the sentences at the fields."""
    text = answer.content.decode()  # type: ignore[attr-defined]
    return [html.unescape(one) for one in re.findall(r'<p class="wrong"[^>]*>([^<]+)', text)]


def answered(browser: Browser, answers: dict[str, dict[str, str]], language: str = "en") -> str:
    """Answer questions; return where the last answer leads."""
    where = ""
    for code, said in answers.items():
        answer = browser.post(f"/{language}/find/questions/{code}/", said)
        assert answer.status_code == 302, wrong(answer)
        where = answer.headers["location"]
    return where


@pytest.fixture
def browser() -> Browser:
    return Browser()


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_assessment_stands_by_itself(browser: Browser, code: str, language: str) -> None:
    address = f"/{language}/assessments/{code}/"
    page = browser.get(address)
    assert page.status_code == 200
    assert len(page.content) < 60_000
    empty = browser.post(address, {})
    assert empty.status_code == 422
    assert "answers" not in browser.cookies


def test_points_are_counted_with_what_would_change_them(browser: Browser) -> None:
    answer = browser.post("/en/assessments/crs/", {"age": "30", "education": "masters"})
    told = words(answer)
    assert "240 points" in told
    assert "A province nominates you +600 points" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_score_of_another_test_is_told_at_its_field(browser: Browser, language: str) -> None:
    said = {
        "first_language_test.test": "ielts_general",
        "first_language_test.taken_on": (clock.now() - timedelta(days=9)).date().isoformat(),
    } | {f"first_language_test.{ability}": "11" for ability in "LRWS"}
    answer = browser.post(f"/{language}/assessments/crs/", said)
    assert answer.status_code == 422
    assert any("IELTS General Training" in one for one in wrong(answer))
    assert 'value="11"' in answer.content.decode()


@pytest.mark.parametrize(
    ("trips", "sentence"),
    [
        ([OVER, {"left": "2024-02-01", "returned": "2024-03-01"}], "Trip 2"),
        ([OVER, {"left": "2024-05-01"}], "Give both days."),
        ([{"left": "2024-05-09", "returned": "2024-05-01"}], "Trip 1"),
        ([{"left": "2024-05-09", "returned": "2999-05-01"}], "still to come"),
        ([{"left": "yesterday", "returned": "2024-05-01"}], "This is not a day."),
    ],
    ids=["overlap", "half", "back before", "to come", "no day"],
)
def test_trips_that_cannot_be_are_told_at_their_row(
    browser: Browser, trips: list[dict[str, str]], sentence: str
) -> None:
    said = {f"trips-{n}-{part}": day for n, trip in enumerate(trips) for part, day in trip.items()}
    answer = browser.post("/en/assessments/citizenship/", {"resident_since": "2020-01-01"} | said)
    assert answer.status_code == 422
    assert any(sentence in one for one in wrong(answer))
    for day in said.values():
        assert f'value="{day}"' in answer.content.decode()


def test_a_row_is_added_without_a_script_and_without_a_complaint(browser: Browser) -> None:
    said = {"trips-0-left": "2024-01-10", "age": "old", "add": "trips"}
    answer = browser.post("/en/assessments/citizenship/", said)
    assert answer.status_code == 200
    assert wrong(answer) == []
    page = answer.content.decode()
    assert 'name="trips-1-left"' in page
    assert 'value="old"' in page


def test_days_are_counted_from_trips(browser: Browser) -> None:
    said = {"resident_since": "2020-01-01"} | {f"trips-0-{part}": day for part, day in OVER.items()}
    answer = browser.post("/en/assessments/citizenship/", said)
    assert answer.status_code == 200
    assert re.search(r"You have 1,7\d\d days in Canada", words(answer))


def test_who_made_no_trip_says_so_and_has_their_days_counted(browser: Browser) -> None:
    said = {"resident_since": "2020-01-01"}
    before = words(browser.post("/en/assessments/citizenship/", said))
    assert "Give your trips of the last five years, or your own count of days." in before
    answer = browser.post("/en/assessments/citizenship/", said | {"trips-none": "yes"})
    assert "You have 1,826 days in Canada" in words(answer)
    assert re.search(r'name="trips-none"[^>]* checked', answer.content.decode())
    both = said | {"trips-none": "yes"} | {f"trips-0-{part}": day for part, day in OVER.items()}
    answer = browser.post("/fr/assessments/citizenship/", both)
    assert answer.status_code == 422
    assert "Gardez l’un des deux." in " ".join(wrong(answer))


def weekly_trips(count: int) -> dict[str, str]:
    """Return trips of a day each, one a week, as rows."""
    first = clock.now().date() - timedelta(days=4 * 365)
    return {
        f"trips-{nth}-{part}": (first + timedelta(days=7 * nth + plus)).isoformat()
        for nth in range(count)
        for plus, part in ((0, "left"), (2, "returned"))
    }


def test_whoever_crosses_a_border_each_week_is_counted_whole_or_told_that_it_is_too_much(
    browser: Browser,
) -> None:
    since = {"resident_since": "2015-01-01"}
    answer = browser.post("/en/assessments/citizenship/", since | weekly_trips(200))
    assert answer.status_code == 200
    assert "You have 1,626 days in Canada" in words(answer)
    answer = browser.post("/en/assessments/citizenship/", since | weekly_trips(201))
    assert answer.status_code == 422
    assert any("more than 200 rows" in one for one in wrong(answer))


@pytest.mark.parametrize(
    ("typed", "hours"), [("1,560", "1,560"), ("1 560", "1,560"), ("1560", "1,560")]
)
def test_a_number_is_read_as_the_pages_write_it(browser: Browser, typed: str, hours: str) -> None:
    said = {"recent_canadian_hours": typed, "job_teer": "teer_1"}
    told = words(browser.post("/en/assessments/cec/", said))
    assert f"Hours of skilled work in the last three years: {hours}; 1,560 are needed." in told


def test_a_whole_test_is_turned_into_levels(browser: Browser) -> None:
    page = browser.get("/en/find/questions/first-language/").content.decode()
    assert 'href="/en/assessments/language-test/"' in page
    said = {
        "test": "ielts_general",
        "score.L": "8",
        "score.R": "6,5",
        "score.W": "7",
        "score.S": "7",
    }
    told = words(browser.post("/en/assessments/language-test/", said))
    assert "CLB 8 or more in each part" in told
    assert "points" not in told
    assert "You got 9 in listening and 8 in reading, 9 in writing and 9 in speaking." in told
    answer = browser.post("/fr/assessments/language-test/", said | {"score.S": "70"})
    assert any("IELTS General Training" in one for one in wrong(answer))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_missing_is_listed(browser: Browser, language: str) -> None:
    said = {"nationality": "FR", "route": "air"}
    told = words(browser.post(f"/{language}/assessments/visitor-visa/", said))
    assert {
        "en": "What is missing Answer these, and we can say more. Your status in Canada A US green",
        "fr": "Ce qui manque Répondez-y, et nous pourrons en dire plus. Votre statut au Canada",
    }[language] in told


def test_what_needs_less_is_told_with_what_it_is_then(browser: Browser) -> None:
    said = {"nationality": "FR", "route": "air", "status": "none", "us_green_card": "no"}
    told = words(browser.post("/en/assessments/visitor-visa/", said))
    assert "What would change it Come by car, bus or train, or on foot → No visa and no eTA" in told
    told = words(browser.post("/en/assessments/visitor-visa/", said | {"nationality": "IN"}))
    assert "We know of no small change that would." in told
    told = words(browser.post("/en/assessments/visitor-visa/", said | {"nationality": "US"}))
    assert "What would change it" not in told


def test_what_is_free_says_so_and_every_program_has_its_fee_in_the_demo_s_time_too(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = words(browser.get("/en/find/results/visit-freely/"))
    assert "It costs nothing." in told
    assert "There is nothing to apply for, so nothing to wait for." in told
    monkeypatch.setattr(clock, "now", lambda: datetime(2024, 1, 12, 17, tzinfo=UTC))
    assert "$1,365" in words(browser.get("/en/find/results/skilled-worker/"))


def test_steps_that_go_together_are_one_sentence(browser: Browser) -> None:
    said = {"status": "none", "course": "college", "person_kind": "none", "course_length": "long"}
    answer = browser.post("/en/assessments/study-permit/", said | {"letter_of_acceptance": "no"})
    assert (
        "Get a letter of acceptance and have the money for your studies and get the letter"
        in words(answer)
    )


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
