"""How long a new application takes: as it was counted, with what it rests on and how sure it is."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from parvis.engines.forecasting.forecaster import Setting
from parvis.engines.forecasting.snapshot import Way
from parvis.lib.text import LANGUAGES, Language, Text
from parvis.programs import loader
from parvis.readers.estimates.applying import new_time, shelf
from parvis.readers.estimates.coming import keep, new_figures
from parvis.readers.estimates.histories import caseload_of
from parvis.readers.estimates.models import DOTS, NewFigure
from parvis.readers.estimates.outlooks import SHARES
from parvis.readers.estimates.times import published_times
from parvis.readers.estimates.told import Known, NewTime
from tests.readers.estimates.planting import NOW, plant

pytestmark = pytest.mark.django_db
PROGRAM = "study-permit"
AS_OF = date(2024, 1, 12)


def figure(**other: Any) -> NewFigure:
    """Keep a figure and return it."""
    what: dict[str, Any] = {
        "program": PROGRAM,
        "office": "",
        "as_of": AS_OF,
        "half_days": 70,
        "most_days": 140,
        "dots": [70] * DOTS,
        "reached": 1_240,
        "decided": 1_100,
        "unsure": False,
    }
    shelf.forget()
    return NewFigure.objects.create(**what | other)


def told() -> NewTime:
    return new_time(loader.program(PROGRAM), NOW)


def english(found: NewTime) -> list[str]:
    return [sentence.en for sentence in found.sentences]


def test_it_is_what_the_files_of_the_last_year_let_expect() -> None:
    chance = np.random.default_rng(5)
    came = [NOW - timedelta(days=int(one)) for one in chance.integers(1, 500, 400)]
    took = [timedelta(days=int(one)) for one in chance.integers(20, 100, 400)]
    ends = [day + wait for day, wait in zip(came, took, strict=True)]
    plant([(day, end if end < NOW else None) for day, end in zip(came, ends, strict=True)])
    program = loader.program(PROGRAM)
    assert new_time(program, NOW).code is Known.NOT_YET
    keep(new_figures(program, caseload_of(program), Setting(Way(), SHARES), AS_OF, unsure=False))
    found = new_time(program, NOW)
    assert found.code is Known.KNOWN
    assert found.half_days == pytest.approx(60, abs=8)
    assert found.most_days == pytest.approx(84, abs=8)
    assert found.reached is not None
    assert found.decided is not None
    assert 250 < found.decided < found.reached < 400
    assert len(found.dots) == DOTS
    assert found.as_of is not None
    assert found.as_of.on == AS_OF


def test_it_says_half_and_four_in_five_and_what_they_rest_on() -> None:
    figure()
    found = told()
    assert found.sentences == (
        Text(
            en="Half of applications that come today are decided in about 10 weeks.",
            fr="La moitié des demandes reçues aujourd’hui sont réglées en 10 semaines environ.",
        ),
        Text(
            en="Four in five are decided in about 20 weeks.",
            fr="Quatre sur cinq sont réglées en 20 semaines environ.",
        ),
    )
    assert [text.en for text in found.basis][:2] == [
        "We looked at 1,240 applications of the last 12 months.",
        "In that time, 1,100 of them were decided.",
    ]
    assert found.basis[-1].fr == "Nous avons compté le 12 janvier 2024."


@pytest.mark.parametrize(
    ("half", "most", "wide"),
    [(70, 140, False), (70, 141, False), (70, 181, True), (90, 180, False), (95, 190, False)],
)
def test_times_far_apart_are_said_to_be(half: int, most: int, wide: bool) -> None:
    figure(half_days=half, most_days=most)
    found = told()
    assert found.wide is wide
    said = "These two times are far apart. We cannot say it more closely."
    assert (said in english(found)) is wide


@pytest.mark.parametrize("unsure", [True, False])
def test_where_decisions_slowed_down_times_are_less_sure(unsure: bool) -> None:
    figure(unsure=unsure)
    found = told()
    assert found.unsure is unsure
    said = "Decisions have slowed down lately. These times are less sure."
    assert (said in english(found)) is unsure


def test_an_office_where_it_differs_has_its_own_times() -> None:
    figure()
    figure(office="visa-office-dakar", half_days=5, most_days=190, reached=300, decided=250)
    figure(office="no-such-office")
    [office] = told().offices
    assert office.name == loader.program(PROGRAM).offices["visa-office-dakar"].name
    assert (office.half_time.en, office.most_time.fr) == ("5 days", "6 mois")


def test_an_office_without_its_program_is_not_told() -> None:
    figure(office="visa-office-dakar")
    assert (told().code, told().offices) == (Known.TOO_FEW, ())


def test_too_thin_is_told_apart_from_not_counted() -> None:
    assert english(told()) == ["We have not counted yet how long a new application takes."]
    figure(program="work-permit")
    found = told()
    assert english(found) == [
        "Too few applications were decided lately to say how long a new one takes."
    ]
    assert (found.half_days, found.dots, found.basis) == (None, (), ())


def test_a_figure_of_a_day_to_come_is_not_told() -> None:
    figure(as_of=AS_OF + timedelta(days=1))
    assert told().code is Known.TOO_FEW


def test_what_takes_no_day_at_all_takes_about_one() -> None:
    figure(half_days=0, most_days=1)
    assert english(told())[0].endswith("in about 1 day.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short_and_french_is_typeset_as_french(language: Language) -> None:
    figure(most_days=400, unsure=True)
    for line in published_times(NOW):
        for text in (*line.new.sentences, *line.new.basis):
            for sentence in text[language].split(". "):
                assert len(sentence.split()) <= 15, sentence
            assert text.en != text.fr
            assert "'" not in text[language]
            assert " :" not in text[language]
