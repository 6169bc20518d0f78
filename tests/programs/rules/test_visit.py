"""Visa, eTA or neither: by day, by way of travel, and for countries that are no more."""

from datetime import date

import pytest

from parvis.engines.rules.answers import read_answers
from parvis.engines.rules.findings import assess
from parvis.engines.rules.refusals import AnswersRefused
from parvis.programs.rules.inputs import countries, former_countries
from parvis.programs.rules.loader import assessment

TODAY = date(2026, 11, 29)
VISIT = assessment("visitor-visa")
STRANGER = {"status": "none", "us_green_card": False}
NO_PAPERS = {"us_visa": False, "canadian_visa_before": False}


def entry(nationality: str, route: str, on: date = TODAY, **answers):
    said = STRANGER | {"nationality": nationality, "route": route} | answers
    return assess(VISIT, read_answers(VISIT, said, today=TODAY, on=on)).answer


@pytest.mark.parametrize(
    ("nationality", "route", "answers", "on", "needs"),
    [
        ("US", "air", {}, TODAY, "nothing"),
        ("FR", "air", {}, TODAY, "eta"),
        ("FR", "sea", {}, TODAY, "nothing"),
        ("FR", "air", {"us_green_card": True}, TODAY, "nothing"),
        ("IN", "air", {"us_visa": True}, TODAY, "visa"),
        ("IN", "land", {"us_green_card": True}, TODAY, "nothing"),
        ("BR", "air", {"us_visa": True}, date(2022, 4, 26), "eta"),
        ("BR", "air", {"canadian_visa_before": True}, TODAY, "eta"),
        ("BR", "land", {"us_visa": True}, TODAY, "visa"),
        ("PH", "air", {"us_visa": True}, date(2023, 6, 5), "visa"),
        ("PH", "air", {"us_visa": True}, date(2023, 6, 6), "eta"),
        ("PH", "air", NO_PAPERS, date(2023, 6, 6), "visa"),
        ("MX", "air", NO_PAPERS, date(2024, 2, 28), "eta"),
        ("MX", "land", NO_PAPERS, date(2024, 2, 28), "nothing"),
        ("MX", "air", NO_PAPERS, date(2024, 2, 29), "visa"),
        ("MX", "air", {"us_visa": True}, date(2024, 2, 29), "eta"),
        ("MX", "land", {"us_visa": True}, date(2024, 2, 29), "visa"),
        ("TW", "air", {"special_passport": True}, TODAY, "eta"),
        ("TW", "air", {"special_passport": False}, TODAY, "visa"),
        ("IN", "air", {"status": "citizen"}, TODAY, "nothing"),
    ],
)
def test_what_is_needed_is_that_of_the_day_the_passport_and_the_way(
    nationality, route, answers, on, needs
):
    assert entry(nationality, route, on, **answers) == needs


@pytest.mark.parametrize("nationality", countries())
def test_every_passport_has_an_answer(nationality):
    papers = NO_PAPERS | {"special_passport": False}
    for route in ("air", "land", "sea"):
        assert entry(nationality, route, **papers) in ("nothing", "eta", "visa")


@pytest.mark.parametrize("code", former_countries())
def test_a_country_that_is_no_more_is_refused_by_name(code):
    with pytest.raises(AnswersRefused) as refused:
        entry(code, "air")
    (told,) = refused.value.refusals
    assert told.field == "nationality"
    name = former_countries()[code]
    assert told.message.en.lower().startswith(name.en.lower())
    assert "the country that gave you your passport" in told.message.en
    assert "le pays qui vous a donné votre passeport" in told.message.fr
    assert code not in countries()


def test_the_list_of_passports_is_marked_as_unverified():
    said = STRANGER | {"nationality": "IN"}
    found = assess(VISIT, read_answers(VISIT, said, today=TODAY, on=None))
    assert found.answer == "visa"
    assert found.unverified


def test_no_rules_are_made_up_for_days_before_the_first():
    with pytest.raises(AnswersRefused) as refused:
        entry("FR", "air", date(2022, 4, 25))
    assert "26 April 2022" in str(refused.value)


def test_what_is_not_known_yet_names_what_is_missing() -> None:
    said = {"nationality": "FR", "route": "air"}
    [found] = assess(VISIT, read_answers(VISIT, said, today=TODAY, on=TODAY)).findings
    assert found.because.en.endswith("Not answered: your status in Canada, a US green card.")
    assert found.because.fr.endswith(
        "Sans réponse\xa0: votre statut au Canada, une carte verte des États-Unis."
    )
