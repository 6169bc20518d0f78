"""Policies come in pairs: what `check_can_…` refuses, `can_…` denies, and nothing else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from parvis.casework.applications import facts, policies
from parvis.casework.applications.state import State, fold
from parvis.casework.applications.status import ENDINGS, MOVES
from parvis.casework.events.facts import Fact
from parvis.casework.people.policies import ActRefused
from parvis.programs import loader
from parvis.programs.vocabulary import Outcome, SectionStatus, Status

DAY = datetime(2024, 1, 12, 15, tzinfo=UTC)
PASSWORD = "a-plain-test-password"  # noqa: S105 - nobody signs in with it outside the tests
PROGRAM = loader.program("study-permit")
ASK = facts.ClientAsked(document="medical-exam", section="medical", stops_clock=True)

WAYS: dict[Status, list[Fact]] = {
    Status.RECEIVED: [],
    Status.IN_PROGRESS: [facts.SectionOpened(section="medical")],
    Status.WAITING_ON_CLIENT: [ASK],
    Status.WITH_PARTNER: [facts.Transferred(office="vac-manila", partner=True)],
    Status.APPROVED: [facts.Decided(outcome=Outcome.APPROVED)],
    Status.REFUSED: [facts.Decided(outcome=Outcome.REFUSED)],
    Status.WITHDRAWN: [facts.Withdrawn()],
    Status.ABANDONED: [facts.Abandoned()],
    Status.CLOSED: [facts.Decided(outcome=Outcome.CLOSED)],
}
OPEN = set(WAYS) - ENDINGS
ALLOWED: dict[str, tuple[list[tuple[Any, ...]], set[Status]]] = {
    "can_work": ([()], OPEN),
    "can_acknowledge": ([()], {Status.RECEIVED}),
    "can_add_adult": ([(7, []), (7, [8])], OPEN),
    "can_reopen": ([()], ENDINGS),
    "can_decide": ([(Outcome.APPROVED,), (Outcome.REFUSED,)], OPEN),
    "can_answer": ([("medical-exam",)], {Status.WAITING_ON_CLIENT}),
    "can_ask": (
        [(PROGRAM, "proof-of-funds", None), (PROGRAM, "proof-of-funds", "background")],
        OPEN,
    ),
    "can_transfer": ([(PROGRAM, "visa-office-paris")], OPEN),
    "can_turn_section": ([(PROGRAM, "background", to) for to in ("in_progress", "exempted")], OPEN),
}
DENIED: dict[str, list[tuple[Any, ...]]] = {
    "can_add_adult": [(7, [7]), (7, [8, 7])],
    "can_decide": [(Outcome.CLOSED,)],
    "can_answer": [("proof-of-funds",), ("no-such",)],
    "can_ask": [(PROGRAM, "no-such", None), (PROGRAM, "proof-of-funds", "no-such")],
    "can_transfer": [(PROGRAM, "no-such")],
    "can_turn_section": [
        (PROGRAM, "no-such", SectionStatus.IN_PROGRESS),
        (PROGRAM, "background", SectionStatus.NOT_STARTED),
    ],
}


def state_in(status: Status) -> State:
    told = [facts.Received(program="study-permit", office="cpc-edmonton"), *WAYS[status]]
    state = fold((DAY + timedelta(days=n), fact) for n, fact in enumerate(told))
    assert state is not None
    assert state.status is status
    return state


def both(name: str, *told: Any) -> bool:
    """Ask the question and make the check, and see that they agree."""
    allowed: bool = getattr(policies, name)(*told)
    if allowed:
        getattr(policies, f"check_{name}")(*told)
        return True
    with pytest.raises(ActRefused) as refused:
        getattr(policies, f"check_{name}")(*told)
    assert refused.value.reason.en != refused.value.reason.fr
    assert str(refused.value) == refused.value.reason.en
    return False


def test_every_check_has_its_question_and_every_question_its_check() -> None:
    checks = {name.removeprefix("check_") for name in vars(policies) if name.startswith("check_")}
    questions = {name for name in vars(policies) if name.startswith("can_")}
    assert checks == questions
    # Who may be taken off an application does not hang on its state.
    assert questions == {*ALLOWED, "can_move", "can_remove_adult"}
    assert set(WAYS) == set(Status) - {Status.DORMANT}


@pytest.mark.parametrize("status", WAYS)
@pytest.mark.parametrize("name", ALLOWED)
def test_a_state_allows_what_it_should_and_nothing_more(name: str, status: Status) -> None:
    variants, allowed = ALLOWED[name]
    for told in variants:
        assert both(name, state_in(status), *told) is (status in allowed)
    for told in DENIED.get(name, []):
        assert both(name, state_in(status), *told) is False


@pytest.mark.parametrize("status", WAYS)
@pytest.mark.parametrize("to", Status)
def test_a_move_is_allowed_where_the_table_holds_it(status: Status, to: Status) -> None:
    assert both("can_move", state_in(status), to) is (to in MOVES[status])


def test_nobody_is_asked_for_the_same_document_twice() -> None:
    assert not both("can_ask", state_in(Status.WAITING_ON_CLIENT), PROGRAM, "medical-exam", None)


def test_a_section_that_waits_on_the_client_can_wait_for_more() -> None:
    state = state_in(Status.WAITING_ON_CLIENT)
    assert both("can_ask", state, PROGRAM, "proof-of-funds", "medical")


def test_a_file_is_not_sent_where_it_is() -> None:
    assert not both("can_transfer", state_in(Status.RECEIVED), PROGRAM, "cpc-edmonton")
