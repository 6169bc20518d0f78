"""The life of a file as tables: every status is in them, and every way out leads somewhere."""

import pytest

from parvis.casework.applications.status import (
    ENDINGS,
    MOVES,
    OUTCOME,
    SECTION_MOVES,
    TURN,
    WORKING,
)
from parvis.programs.vocabulary import Outcome, SectionStatus, Status, Turn


def test_every_status_is_in_both_tables() -> None:
    assert set(MOVES) == set(TURN) == set(Status)
    assert set(SECTION_MOVES) == set(SectionStatus)
    assert set(OUTCOME) == set(Outcome)


def test_every_status_is_working_dormant_or_an_ending() -> None:
    assert not ENDINGS & WORKING
    assert ENDINGS | WORKING | {Status.DORMANT} == set(Status)
    assert set(OUTCOME.values()) <= ENDINGS


@pytest.mark.parametrize("status", Status)
def test_every_status_can_be_reached_and_left(status: Status) -> None:
    reached, new = {Status.RECEIVED}, {Status.RECEIVED}
    while new:
        new = {to for one in new for to in MOVES[one]} - reached
        reached |= new
    assert status in reached
    assert MOVES[status] - {status}


@pytest.mark.parametrize("status", sorted(ENDINGS))
def test_a_closed_file_is_only_reopened_and_is_nobodys_turn(status: Status) -> None:
    assert MOVES[status] == {Status.IN_PROGRESS, Status.WITH_PARTNER}
    assert TURN[status] is Turn.NOBODY


@pytest.mark.parametrize("status", sorted(WORKING | {Status.DORMANT}))
def test_an_open_file_can_end_in_every_way_and_is_somebodys_turn(status: Status) -> None:
    assert MOVES[status] >= ENDINGS
    assert TURN[status] is not Turn.NOBODY


def test_only_who_waits_on_the_client_gives_them_the_turn() -> None:
    assert [status for status, turn in TURN.items() if turn is Turn.CLIENT] == [
        Status.WAITING_ON_CLIENT
    ]


@pytest.mark.parametrize("status", SectionStatus)
def test_no_section_goes_back_to_not_started_or_stays_where_it_is(status: SectionStatus) -> None:
    assert SECTION_MOVES[status]
    assert not {SectionStatus.NOT_STARTED, status} & SECTION_MOVES[status]
