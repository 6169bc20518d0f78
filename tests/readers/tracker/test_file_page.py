"""The page of a file: the headline, the turn, the sections, the history, in both languages."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from parvis.casework.applications import services
from parvis.casework.applications.state import standing
from parvis.casework.applications.status import MOVES, TURN
from parvis.lib.text import LANGUAGES, Language, Text
from parvis.programs.vocabulary import SectionStatus, Status, Turn
from parvis.readers.tracker import FilePage, as_data, file_lines, file_page
from tests.filing import ASK, COMPLETE, OPEN, RECEIVED, REFUSE, WAYS, Act, filed, seen

pytestmark = pytest.mark.django_db
SOON = RECEIVED + timedelta(days=10)
LATER = RECEIVED + timedelta(days=400)


def page(*acts: Act, now: Any = SOON, **what: Any) -> FilePage:
    return file_page(seen(filed(*acts, **what)), now)


def when(status: Status) -> Any:
    return LATER if status is Status.DORMANT else SOON


def texts(value: Any) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


@pytest.mark.parametrize("status", WAYS)
def test_every_status_has_its_words_and_its_turn(status: Status) -> None:
    told = page(*WAYS[status], now=when(status))
    assert (told.status.code, told.turn.code) == (status, TURN[status])
    assert {told.headline, told.next, told.turn.sentence} <= set(texts(told))


@pytest.mark.parametrize("status", WAYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_status_reads_as_data_in_each_language(status: Status, language: Language) -> None:
    told = page(*WAYS[status], now=when(status))
    data = as_data(told, language)
    assert set(data) == {"language"} | {field.name for field in fields(FilePage)}
    assert data["headline"] == told.headline[language]
    assert data["status"] == {"code": status.value, "name": told.status.name[language]}


def test_french_is_not_english() -> None:
    told = page(*WAYS[Status.WAITING_ON_CLIENT])
    same = {text.en for text in texts(told) if text.en == text.fr}
    assert same == set()


def test_it_takes_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    file = seen(filed(OPEN, ASK))
    file_page(file, SOON)  # reads the figures, for five minutes
    with django_assert_num_queries(1):
        file_page(file, SOON)
    with django_assert_num_queries(0):
        file_lines([file], SOON)


def test_the_headline_is_what_we_do_on_the_section_worked_on_last() -> None:
    eligibility: Act = ("open_section", {"section": "eligibility"})
    assert page(OPEN, eligibility).headline.en == "We are checking that you meet the requirements."
    assert page(eligibility, OPEN).headline.en == "We are checking your background."
    assert page(OPEN, COMPLETE).headline.en == "We are reviewing your application."


def test_the_headline_of_the_clients_turn_is_the_task_with_its_day() -> None:
    told = page(OPEN, ASK)
    assert told.headline == Text(
        en="Send a police certificate from each country we list. It is due on 1 March 2024.",
        fr="Envoyez un certificat de police de chaque pays indiqué."
        " La date limite est le 1er mars 2024.",
    )
    assert told.turn.code is Turn.CLIENT
    [asked] = told.requests
    assert (asked.document.code, asked.overdue) == ("police-certificate", False)


def test_the_day_after_the_due_day_is_overdue_and_says_so() -> None:
    told = page(OPEN, ASK, now=RECEIVED + timedelta(days=50))
    assert told.requests[0].overdue
    assert "It was due on 1 March 2024." in told.headline.en
    assert "La date limite était le 1er mars 2024." in told.headline.fr
    assert told.next.en.startswith("The date has passed.")


def test_sections_come_in_the_programs_order_those_not_started_too() -> None:
    told = page(OPEN, COMPLETE, ("open_section", {"section": "medical"}))
    assert [(one.code, one.status.code) for one in told.sections] == [
        ("eligibility", SectionStatus.NOT_STARTED),
        ("medical", SectionStatus.IN_PROGRESS),
        ("background", SectionStatus.COMPLETED),
        ("biometrics", SectionStatus.NOT_STARTED),
    ]
    assert told.sections[2].sentence.en == "We finished this on 14 January 2024."


def test_the_history_is_whole_and_newest_first() -> None:
    told = page(("acknowledge", {}), OPEN, REFUSE, ("reopen", {}))
    assert [line.sentence.en for line in told.history] == [
        "We reopened your application.",
        "We refused your application.",
        "Background verification: our review began.",
        "We confirmed that your application is complete.",
        "We received your application.",
    ]


def test_days_are_those_of_the_programs_time_zone() -> None:
    application = filed()
    before_midnight_in_toronto = RECEIVED.replace(day=13, hour=4)
    services.acknowledge(application=application, by="test", at=before_midnight_in_toronto)
    told = file_page(seen(application), SOON)
    assert told.history[0].on.text == Text(en="12 January 2024", fr="12 janvier 2024")
    assert told.history[0].at.isoformat() == "2024-01-12T23:00:00-05:00"


@pytest.mark.parametrize("status", sorted(WAYS.keys() - {Status.DORMANT}))
def test_silence_makes_dormant_exactly_where_the_table_of_moves_says(status: Status) -> None:
    state = seen(filed(*WAYS[status])).state
    after = state.last_fact_at + timedelta(days=180)
    assert standing(state, 180, after) is status
    expected = Status.DORMANT if Status.DORMANT in MOVES[status] else status
    assert standing(state, 180, after + timedelta(seconds=1)) is expected


def test_office_and_days_of_the_file_are_told() -> None:
    told = page(REFUSE, office="cpc-edmonton")
    assert told.office is not None
    assert told.office.name.fr == "Centre de traitement des demandes d’Edmonton"
    assert told.closed_on is not None
    assert (told.received_on.text.en, told.closed_on.text.en) == (
        "12 January 2024",
        "13 January 2024",
    )
