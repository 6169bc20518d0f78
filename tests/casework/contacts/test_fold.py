"""What became of a call, however its events came."""

from datetime import datetime, timedelta
from itertools import permutations

import pytest

from parvis.casework.contacts.facts import ContactEvent
from parvis.casework.contacts.state import Call, CallOutcome, Happened, fold
from tests.casework.contacts.telling import ABANDONED, ANSWERED, TURNED_AWAY, Step, call
from tests.filing import RECEIVED


def folded(*events: ContactEvent) -> Call | None:
    return fold(Happened(e.at, e.kind, e.method, e.line or "", e.language or "") for e in events)


@pytest.mark.parametrize(
    ("steps", "outcome", "wait_s", "talk_s"),
    [
        (ANSWERED, CallOutcome.ANSWERED, 60, 300),
        ([("offered", 0), ("answered", 5)], CallOutcome.ANSWERED, 5, None),
        (ABANDONED, CallOutcome.ABANDONED, None, None),
        # Some vendors tell of no abandonment: whoever was queued, never connected, and is gone.
        ([("offered", 0), ("queued", 4), ("ended", 90)], CallOutcome.ABANDONED, None, None),
        (TURNED_AWAY, CallOutcome.LEFT, None, None),
        ([("offered", 0), ("queued", 4)], CallOutcome.OPEN, None, None),
        # The first event may have been lost.
        (ANSWERED[1:], CallOutcome.ANSWERED, 60, 300),
        ([*ANSWERED, ("held-music", 100)], CallOutcome.ANSWERED, 60, 300),
    ],
)
def test_a_call_has_one_outcome(
    steps: list[Step], outcome: CallOutcome, wait_s: int | None, talk_s: int | None
) -> None:
    found = folded(*call("c1", steps, line="general", language="fr-CA"))
    assert found is not None
    assert (found.outcome, found.wait_s, found.talk_s) == (outcome, wait_s, talk_s)
    assert (found.line, found.language) == ("general", "fr")


def test_the_order_in_which_events_come_makes_no_difference() -> None:
    events = [*call("c1", ANSWERED, line="general"), *call("c1", [("callback", 50)])]
    assert len({folded(*some) for some in permutations(events)}) == 1


def test_who_leaves_the_queue_to_be_called_back_is_neither_answered_nor_abandoned() -> None:
    asked = call("c1", [("offered", 0), ("queued", 5), ("callback", 60), ("ended", 61)])
    found = folded(*asked)
    assert found is not None
    assert (found.outcome, found.called_back) == (CallOutcome.CALLBACK, False)
    back = call(
        "c2",
        [("offered", 900), ("answered", 960), ("ended", 1200)],
        method="CALLBACK",
        previous_contact_id="c1",
    )
    assert back[0].initial_contact_id == "c1"
    found = folded(*asked, *back)
    assert found is not None
    assert (found.outcome, found.called_back, found.wait_s) == (CallOutcome.CALLBACK, True, None)
    # A vendor that says nothing of the callback but by the contact that it makes.
    found = folded(*call("c1", [("offered", 0), ("queued", 5), ("ended", 61)]), *back)
    assert found is not None
    assert (found.outcome, found.called_back) == (CallOutcome.CALLBACK, True)


def test_a_callback_agreed_on_with_an_agent_leaves_the_call_answered() -> None:
    found = folded(*call("c1", [*ANSWERED, ("callback", 379)]))
    assert found is not None
    assert (found.outcome, found.called_back) == (CallOutcome.ANSWERED, False)


def test_a_call_that_is_transferred_is_one_call_of_the_line_it_came_to() -> None:
    events = call("c1", [("offered", 0), ("queued", 5), ("ended", 30)], line="general")
    events += call(
        "c2",
        [("queued", 31), ("answered", 65), ("ended", 95)],
        line="ukraine",
        language="en",
        method="TRANSFER",
        initial_contact_id="c1",
    )
    found = folded(*events)
    assert found is not None
    assert (found.outcome, found.line, found.language) == (CallOutcome.ANSWERED, "general", "en")
    assert (found.wait_s, found.talk_s) == (60, 30)


def test_no_call_is_made_of_a_callback_alone_nor_of_unknown_kinds() -> None:
    assert folded(*call("c1", [("answered", 0)], method="CALLBACK")) is None
    assert folded(*call("c1", [("whispered", 0)])) is None
    assert folded() is None


def test_clocks_that_disagree_make_a_wait_of_nothing_never_less() -> None:
    found = folded(*call("c1", [("offered", 0), ("queued", 90), ("answered", 60), ("ended", 50)]))
    assert found is not None
    assert (found.wait_s, found.talk_s) == (0, 0)
    assert found.offered_at == RECEIVED
    assert isinstance(found.offered_at, datetime)
    assert found.offered_at.utcoffset() == timedelta(0)
