"""What facts add up to: defined for any of them, in any order, however late they are told."""

import random  # noqa: TID251 - hypothesis gives it
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.casework.applications import facts
from parvis.casework.applications.state import State, fold, rest_of, standing, state_from
from parvis.casework.applications.status import ENDINGS, TURN
from parvis.casework.events.facts import Fact, Unknown
from parvis.programs.vocabulary import Outcome, SectionStatus, Status, Turn
from tests.casework.anything import ANY_FACT, KINDS, built

DAY = datetime(2024, 1, 12, 9, tzinfo=UTC)
RECEIVED = facts.Received(program="study-permit", office="cpc-edmonton")
OPEN = facts.SectionOpened(section="medical")
DONE = facts.SectionCompleted(section="medical")
EXEMPT = facts.SectionExempted(section="medical")
STEP = facts.StepRecorded()
WORK = facts.StepRecorded(section="medical")
ASK = facts.ClientAsked(document="photo", stops_clock=True, section="medical")
ASK_ON = facts.ClientAsked(document="form", stops_clock=False)
ANSWER = facts.ClientAnswered(document="photo")
ANSWER_ON = facts.ClientAnswered(document="form")
AWAY = facts.Transferred(office="vac-manila", partner=True)
BACK = facts.Transferred(office="cpc-edmonton")
YES = facts.Decided(outcome=Outcome.APPROVED)
NO = facts.Decided(outcome=Outcome.REFUSED)
UNTOLD = facts.Decided(outcome=Outcome.CLOSED)
REOPEN = facts.Reopened()
GIVEN_UP = facts.Abandoned()
TAKEN_BACK = facts.Withdrawn()


def after(*these: Fact) -> State:
    """Return the state after a receipt and these facts, a day apart."""
    state = fold((DAY + timedelta(days=n), fact) for n, fact in enumerate([RECEIVED, *these]))
    assert state is not None
    return state


def days(number: int) -> datetime:
    return DAY + timedelta(days=number)


CODES = st.sampled_from(["photo", "form", "medical"])
LIKELY = st.one_of(
    [
        built(kind, source=st.none(), section=CODES, document=CODES)
        if {"section", "document"} <= set(kind.__annotations__)
        else built(kind, source=st.none(), section=CODES)
        if "section" in kind.__annotations__
        else built(kind, source=st.none(), document=CODES)
        if "document" in kind.__annotations__
        else built(kind, source=st.none())
        for kind in KINDS
    ]
)
"""Facts that meet each other: few sections and documents."""
MOMENTS = st.integers(0, 10**15).map(lambda n: DAY + timedelta(microseconds=n))
HISTORIES = st.lists(st.tuples(MOMENTS, LIKELY | ANY_FACT), max_size=25)


@settings(max_examples=400, deadline=None)
@given(HISTORIES)
def test_any_facts_at_any_time_add_up_to_a_state_that_its_row_can_keep(
    history: list[tuple[datetime, Fact]],
) -> None:
    state = fold([(DAY, RECEIVED), *history])
    assert state is not None
    assert (state.closed_at is not None) == (state.status in ENDINGS)
    waits = any(request.is_open for request in state.requests)
    assert waits == (TURN[state.status] is Turn.CLIENT)
    assert (state.stopped_at is not None) == any(
        request.is_open and request.stops_clock for request in state.requests
    )
    assert timedelta() <= state.stopped <= state.last_fact_at - state.received_at
    kept = state_from(
        orjson.loads(rest_of(state)),
        program=state.program,
        received_at=state.received_at,
        last_fact_at=state.last_fact_at,
        closed_at=state.closed_at,
        status=state.status,
        client=state.client,
        office=state.office,
    )
    assert kept == state


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(MOMENTS, LIKELY), max_size=20, unique_by=lambda one: one[0]), st.randoms()
)
def test_the_order_in_which_we_learn_facts_makes_no_difference(
    history: list[tuple[datetime, Fact]], chance: random.Random
) -> None:
    whole = [(DAY - timedelta(days=1), RECEIVED), *history]
    expected = fold(whole)
    chance.shuffle(whole)
    assert fold(whole) == expected


@given(HISTORIES)
def test_facts_that_nobody_knows_change_nothing_but_when_something_last_happened(
    history: list[tuple[datetime, Fact]],
) -> None:
    unknown = (DAY, Unknown(kind="application.foreseen", version=1))
    assert fold([(DAY, RECEIVED), unknown, *history]) == fold([(DAY, RECEIVED), *history])


def test_without_a_receipt_there_is_no_file() -> None:
    assert fold([]) is None
    assert fold([(DAY, OPEN), (days(1), YES)]) is None


@pytest.mark.parametrize(
    ("these", "status"),
    [
        ([], Status.RECEIVED),
        ([STEP], Status.RECEIVED),
        ([facts.Acknowledged()], Status.IN_PROGRESS),
        ([WORK], Status.IN_PROGRESS),
        ([OPEN], Status.IN_PROGRESS),
        ([ASK], Status.WAITING_ON_CLIENT),
        ([ASK, ANSWER], Status.IN_PROGRESS),
        ([ASK, ASK_ON, ANSWER], Status.WAITING_ON_CLIENT),
        ([ASK, ASK_ON, ANSWER, ANSWER_ON], Status.IN_PROGRESS),
        ([ASK, ANSWER_ON], Status.WAITING_ON_CLIENT),
        ([ASK, WORK], Status.WAITING_ON_CLIENT),
        ([AWAY], Status.WITH_PARTNER),
        ([AWAY, WORK], Status.WITH_PARTNER),
        ([AWAY, BACK], Status.IN_PROGRESS),
        ([ASK, AWAY], Status.WAITING_ON_CLIENT),
        ([ASK, AWAY, ANSWER], Status.WITH_PARTNER),
        ([AWAY, ASK, BACK, ANSWER], Status.IN_PROGRESS),
        ([YES], Status.APPROVED),
        ([NO], Status.REFUSED),
        ([TAKEN_BACK], Status.WITHDRAWN),
        ([GIVEN_UP], Status.ABANDONED),
        ([YES, REOPEN], Status.IN_PROGRESS),
        ([AWAY, YES, REOPEN], Status.WITH_PARTNER),
        ([REOPEN], Status.RECEIVED),
        ([ASK, YES, ANSWER], Status.APPROVED),
        ([ASK, YES, REOPEN], Status.IN_PROGRESS),
        # An ending that another system did not tell gives way to work, and to one that is told.
        ([UNTOLD], Status.CLOSED),
        ([UNTOLD, STEP], Status.CLOSED),
        ([UNTOLD, WORK], Status.IN_PROGRESS),
        ([UNTOLD, OPEN], Status.IN_PROGRESS),
        ([UNTOLD, ASK], Status.WAITING_ON_CLIENT),
        ([UNTOLD, AWAY], Status.WITH_PARTNER),
        ([UNTOLD, YES], Status.APPROVED),
        ([UNTOLD, NO], Status.REFUSED),
        ([UNTOLD, TAKEN_BACK], Status.WITHDRAWN),
        ([UNTOLD, GIVEN_UP], Status.ABANDONED),
        ([YES, UNTOLD], Status.APPROVED),
        ([TAKEN_BACK, UNTOLD], Status.WITHDRAWN),
        ([UNTOLD, YES, UNTOLD], Status.APPROVED),
        # An ending that was told stands until somebody reopens the file or decides otherwise.
        ([YES, OPEN], Status.APPROVED),
        ([YES, WORK], Status.APPROVED),
        ([YES, AWAY], Status.APPROVED),
        ([YES, TAKEN_BACK], Status.APPROVED),
        ([YES, NO], Status.REFUSED),
    ],
)
def test_facts_add_up_to_a_status(these: list[Fact], status: Status) -> None:
    assert after(*these).status is status


@pytest.mark.parametrize(
    ("these", "stopped", "since"),
    [
        ([ASK], 0, 1),
        ([ASK, ANSWER], 1, None),
        ([ASK_ON, ANSWER_ON], 0, None),
        ([ASK, STEP, ASK_ON, ANSWER, ANSWER_ON], 3, None),
        ([ASK, facts.ClientAsked(document="form", stops_clock=True), ANSWER], 0, 1),
        ([ASK, YES], 1, None),
        ([YES, STEP, REOPEN], 2, None),
        ([ASK, YES, STEP, REOPEN], 3, None),
        ([UNTOLD, STEP, WORK], 2, None),
        ([UNTOLD, ASK], 1, 2),
        ([ASK, ANSWER, ASK, ANSWER], 2, None),
    ],
)
def test_the_clock_stands_still_while_the_client_or_nobody_has_the_turn(
    these: list[Fact], stopped: int, since: int | None
) -> None:
    state = after(*these)
    assert state.stopped == timedelta(days=stopped)
    assert state.stopped_at == (None if since is None else days(since))


@pytest.mark.parametrize(
    ("these", "status", "since"),
    [
        ([OPEN], SectionStatus.IN_PROGRESS, 1),
        ([WORK, WORK], SectionStatus.IN_PROGRESS, 1),
        ([OPEN, OPEN], SectionStatus.IN_PROGRESS, 1),
        ([OPEN, DONE], SectionStatus.COMPLETED, 2),
        ([DONE], SectionStatus.COMPLETED, 1),
        ([DONE, WORK], SectionStatus.COMPLETED, 1),
        ([DONE, OPEN], SectionStatus.IN_PROGRESS, 2),
        ([EXEMPT], SectionStatus.EXEMPTED, 1),
        ([ASK], SectionStatus.WAITING_ON_CLIENT, 1),
        ([ASK, ANSWER], SectionStatus.IN_PROGRESS, 2),
        ([ASK, YES], SectionStatus.IN_PROGRESS, 2),
        # Whoever has settled a section has settled it, whether or not the client was still asked.
        ([ASK, DONE, YES], SectionStatus.COMPLETED, 2),
        ([ASK, EXEMPT, YES], SectionStatus.EXEMPTED, 2),
        ([ASK, EXEMPT, ANSWER], SectionStatus.EXEMPTED, 2),
        ([ASK, DONE, ANSWER], SectionStatus.COMPLETED, 2),
    ],
)
def test_facts_add_up_to_a_section(these: list[Fact], status: SectionStatus, since: int) -> None:
    section = after(*these).sections["medical"]
    assert (section.status, section.since) == (status, days(since))


def test_what_was_asked_lapses_when_the_file_closes_and_does_not_come_back() -> None:
    [request] = after(ASK, YES, REOPEN).requests
    assert (request.answered_at, request.lapsed_at, request.is_open) == (None, days(2), False)


def test_a_closed_file_tells_when_it_was_closed_last() -> None:
    assert after(YES, REOPEN, STEP, NO).closed_at == days(4)
    assert after(YES, REOPEN).closed_at is None


def test_a_fact_told_late_takes_its_place_in_time() -> None:
    told = [(days(0), RECEIVED), (days(5), YES), (days(2), ASK), (days(3), ANSWER)]
    state = fold(told)
    assert state is not None
    assert (state.status, state.closed_at) == (Status.APPROVED, days(5))
    assert (state.stopped, state.last_fact_at) == (timedelta(days=1), days(5))


def test_a_file_begins_when_it_was_received() -> None:
    state = fold([(days(0), OPEN), (days(1), RECEIVED)])
    assert state is not None
    assert state.received_at == days(1)


def test_a_case_of_another_system_begins_with_its_first_event_whenever_we_learn_it() -> None:
    received = facts.Received(program="work-permit", number="A-1")
    state = fold([(days(3), received), (days(4), STEP), (days(1), OPEN)])
    assert state is not None
    assert (state.received_at, state.last_fact_at) == (days(1), days(4))


def test_a_second_receipt_changes_nothing_but_when_something_last_happened() -> None:
    other = facts.Received(program="work-permit", client=3, office="elsewhere")
    assert after(other) == after(STEP)


@pytest.mark.parametrize(
    ("these", "silent", "status"),
    [
        ([OPEN], 181, Status.DORMANT),
        ([OPEN], 180, Status.IN_PROGRESS),
        ([], 200, Status.DORMANT),
        ([AWAY], 200, Status.DORMANT),
        ([ASK], 1000, Status.WAITING_ON_CLIENT),
        ([YES], 1000, Status.APPROVED),
    ],
)
def test_a_file_of_which_nothing_is_heard_is_dormant_unless_the_client_was_asked_or_it_is_closed(
    these: list[Fact], silent: int, status: Status
) -> None:
    state = after(*these)
    assert standing(state, 180, state.last_fact_at + timedelta(days=silent)) is status
