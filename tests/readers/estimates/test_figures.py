"""What was counted is read once in five minutes, and told in both languages."""

from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from parvis.lib.text import LANGUAGES, Language, Text
from parvis.programs import loader
from parvis.readers.estimates.figures import Figure, figure_of, shelf
from parvis.readers.estimates.published import refresh
from parvis.readers.estimates.times import published_times
from parvis.readers.estimates.told import Known
from parvis.readers.estimates.words import basis, took
from tests.readers.estimates.planting import NOW, decided

pytestmark = pytest.mark.django_db
SPACE = "\N{NO-BREAK SPACE}"
FIGURE = Figure(
    program="citizenship-grant",
    as_of=date(2024, 1, 12),
    decided_from=date(2023, 7, 12),
    decided_to=date(2024, 1, 11),
    share=0.8,
    files=12_480,
    days=183,
    dots=(183,) * 20,
)


def test_a_process_reads_it_once_in_five_minutes(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    program = loader.program("study-permit")
    refresh(NOW)
    with django_assert_num_queries(1):
        for _ in range(3):
            assert figure_of(program, NOW) is not None
        assert figure_of(program, NOW + timedelta(minutes=4, seconds=59)) is not None
    with django_assert_num_queries(1):  # of what is told of new ones
        for _ in range(2):
            published_times(NOW)
    with django_assert_num_queries(1):
        figure_of(program, NOW + timedelta(minutes=5))
    with django_assert_num_queries(1):  # the clock went back
        figure_of(program, NOW)


def test_a_refresh_is_seen_at_once_where_it_ran() -> None:
    program = loader.program("study-permit")
    assert figure_of(program, NOW) is None
    refresh(NOW)
    assert figure_of(program, NOW) is not None


def test_a_figure_of_a_day_to_come_is_not_told() -> None:
    program = loader.program("study-permit")
    refresh(NOW)
    assert figure_of(program, NOW - timedelta(hours=11)) is not None
    shelf.forget()
    assert figure_of(program, NOW - timedelta(hours=13)) is None


def test_it_says_what_it_is() -> None:
    assert took(FIGURE) == Text(
        en="8 of 10 applications decided between 12 July 2023 and 11 January 2024"
        " took 6 months or less.",
        fr="Du 12 juillet 2023 au 11 janvier 2024, 8 demandes sur 10 ont été réglées"
        " en 6 mois ou moins.",
    )
    first = basis(FIGURE, loader.program("citizenship-grant"))[0]
    assert first.en == "We counted 12,480 applications of one program: Citizenship grant."
    assert first.fr == (
        f"Nous avons compté 12{SPACE}480 demandes d’un seul programme{SPACE}:"
        " Attribution de la citoyenneté."
    )


def texts(value: Any) -> list[Text]:
    if isinstance(value, Text):
        return [value]
    if isinstance(value, tuple):
        return [text for one in value for text in texts(one)]
    if is_dataclass(value):
        return [text for one in fields(value) for text in texts(getattr(value, one.name))]
    return []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short_and_french_is_typeset_as_french(language: Language) -> None:
    decided([70] * 40)
    decided([200] * 3, program="work-permit")
    refresh(NOW)
    for line in published_times(NOW):
        for text in (*line.sentences, *line.basis):
            for sentence in text[language].split(". "):
                # The one sentence with two dates in it is longer.
                most = 24 if "2023" in sentence else 15
                assert len(sentence.split()) <= most, sentence
            assert text.en != text.fr
            assert "'" not in text[language]
            assert " :" not in text[language]


def test_every_program_has_its_line() -> None:
    lines = published_times(NOW)
    assert [line.program for line in lines] == sorted(loader.all_programs())
    assert {line.code for line in lines} == {Known.NOT_YET}
    decided([70] * 40)
    decided([200] * 3, program="work-permit")
    refresh(NOW)
    told = {line.program: line for line in published_times(NOW)}
    study = told["study-permit"]
    assert (study.code, study.days, study.files) == (Known.KNOWN, 70, 40)
    assert study.time == Text(en="10 weeks", fr="10 semaines")
    few = told["work-permit"]
    assert (few.code, few.days, few.time, few.files) == (Known.TOO_FEW, None, None, 3)
    assert few.sentences[0].en == "Too few applications were decided lately to say."
    assert told["visitor-visa"].files == 0
