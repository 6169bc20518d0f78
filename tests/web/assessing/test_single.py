"""Each assessment by itself: what is counted, what would change it, and what cannot be."""

import re
from datetime import timedelta

import pytest
from django.test import Client as Browser

from parvis.lib import clock
from parvis.lib.text import LANGUAGES
from parvis.web.assessing.single import CODES
from tests.web.assessing.answering import OVER, words, wrong

pytestmark = pytest.mark.django_db


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


def test_steps_that_go_together_are_one_sentence(browser: Browser) -> None:
    said = {"status": "none", "course": "college", "person_kind": "none", "course_length": "long"}
    answer = browser.post("/en/assessments/study-permit/", said | {"letter_of_acceptance": "no"})
    assert (
        "Get a letter of acceptance and have the money for your studies and get the letter"
        in words(answer)
    )
