"""Citizenship from answers as they are sent: trips counted, what cannot be refused at its field."""

from datetime import date, timedelta

import pytest

from parvis.engines.rules.answers import read_answers
from parvis.engines.rules.findings import assess
from parvis.engines.rules.refusals import AnswersRefused
from parvis.programs.rules.loader import assessment

ON = date(2024, 5, 3)
RESIDENT = {
    "status": "permanent_resident",
    "age": 40,
    "resident_since": "2020-05-03",
    "trips": [],
    "taxes": "filed",
    "official_language_proof": True,
}


def result(**answers):
    asked = read_answers(assessment("citizenship"), RESIDENT | answers, today=ON, on=None)
    return assess(assessment("citizenship"), asked)


def refusals(**answers):
    with pytest.raises(AnswersRefused) as refused:
        result(**answers)
    return {one.field: one.message for one in refused.value.refusals}


def finding(found, rule):
    return next(one for one in found.findings if one.rule == f"citizenship.{rule}")


def test_four_years_as_a_resident_are_enough():
    found = result()
    assert found.answer is True
    assert "1,461" in finding(found, "presence").because.en


def test_trips_are_counted_without_the_days_of_leaving_and_coming_back():
    trip = {"left": "2021-01-01", "returned": "2022-01-03"}
    found = result(trips=[trip])
    # 1,461 days less the 366 from 2 January 2021 to 2 January 2022: 1,095.
    assert found.answer is True
    assert "1,095" in finding(found, "presence").because.en
    trip["returned"] = "2022-01-04"
    assert result(trips=[trip]).answer is False


def test_a_day_too_few_is_told_with_the_day_on_which_it_is_enough():
    found = result(trips=[{"left": "2021-01-01", "returned": "2022-01-04"}])
    presence = finding(found, "presence")
    assert presence.met is False
    assert "4 May 2024" in presence.because.en
    assert "4 mai 2024" in presence.because.fr


def test_time_before_residence_counts_half_and_a_half_day_is_not_rounded_up():
    found = result(
        resident_since="2021-05-05",
        before_residence=[{"first": "2021-05-04", "last": "2030-01-01"}],
    )
    # From 5 May 2021 to 2 May 2024 are 1,094 days; the day before counts half.
    assert found.answer is False
    assert "1,094.5" in finding(found, "presence").because.en
    assert "1\u202f094,5" in finding(found, "presence").because.fr
    assert "4 May 2024" in finding(found, "presence").because.en


def test_a_moment_is_on_the_day_that_its_own_clock_showed():
    late = {"left": "2024-01-01T23:30:00-08:00", "returned": "2024-01-03T00:30:00-08:00"}
    days = {"left": "2024-01-01", "returned": "2024-01-03"}
    assert result(trips=[late]).findings == result(trips=[days]).findings


def test_without_word_of_trips_nothing_is_counted():
    found = result(trips=None)
    assert found.answer is None
    assert "trips" in found.missing


@pytest.mark.parametrize(
    ("answers", "field", "en", "fr"),
    [
        (
            {"trips": [{"left": "2022-01-01", "returned": "2021-12-31"}]},
            "trips[0].returned",
            "Trip 1: You came back before you left on 1 January 2022.",
            "Voyage 1\u00a0: Le retour précède le départ du 1er janvier 2022.",
        ),
        (
            {"trips": [{"left": "2022-01-01"}]},
            "trips[0].returned",
            "This day is missing.",
            "Cette date manque.",
        ),
        (
            {
                "trips": [
                    {"left": "2022-01-01", "returned": "2022-02-01"},
                    {"left": "2022-01-09", "returned": "2022-01-20"},
                ]
            },
            "trips[1].left",
            "Trip 2: It starts before trip 1 is over on 1 February 2022.",
            "Voyage 2\u00a0: Il commence avant la fin du voyage 1, le 1er février 2022.",
        ),
        (
            {"trips": [{"left": "2018-01-01", "returned": "2018-02-01"}]},
            "trips[0].returned",
            "Trip 1: It ended before 3 May 2019",
            "Voyage 1\u00a0: Il a pris fin avant le 3 mai 2019",
        ),
        (
            {"trips": [{"left": "2024-05-01", "returned": "2024-05-04"}]},
            "trips[0].returned",
            "This day is still to come.",
            "Ce jour n’est pas encore venu.",
        ),
        (
            {"before_residence": [{"first": "2020-01-02", "last": "2020-01-01"}]},
            "before_residence[0].last",
            "This ends before it starts on 2 January 2020.",
            "La fin précède le début, le 2 janvier 2020.",
        ),
        (
            {"days_in_canada": 1200},
            "trips",
            "You also gave your days in Canada, by your own count. Give one of the two.",
            "Vous avez aussi donné vos jours au Canada, selon votre compte. Donnez l’un des deux.",
        ),
    ],
)
def test_what_cannot_be_true_is_refused_where_it_stands(answers, field, en, fr):
    told = refusals(**answers)
    assert told.keys() == {field}
    assert told[field].en.startswith(en)
    assert told[field].fr.startswith(fr)


def test_who_counts_the_days_alone_is_believed():
    found = result(trips=None, resident_since=None, days_in_canada=1094)
    assert found.answer is False
    assert result(trips=None, resident_since=None, days_in_canada=1095).answer is True


def test_every_edition_of_five_years_has_the_right_number_of_days():
    for ahead in range(0, 4 * 366, 61):
        on = ON - timedelta(days=ahead)
        answers = RESIDENT | {"resident_since": "2001-01-01"}
        asked = read_answers(assessment("citizenship"), answers, today=on, on=None)
        told = finding(assess(assessment("citizenship"), asked), "presence").because.en
        five = (on - on.replace(year=on.year - 5)).days
        assert f"{five:,}" in told
