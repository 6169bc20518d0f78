"""The service standard of a file: from its receipt, and longer while its clock stands still."""

from datetime import date, timedelta
from typing import Any

import pytest

from parvis.programs import loader
from parvis.programs.schema import Standard
from parvis.readers.tracker import file_page
from parvis.readers.tracker.page import StandardLine, Standing
from parvis.readers.tracker.standard import _KEPT, service_standard
from tests.filing import OPEN, RECEIVED, REFUSE, Act, filed, seen

pytestmark = pytest.mark.django_db

STOP: Act = (
    "ask_client",
    {"document": "biometrics-appointment", "section": "biometrics", "due_on": None},
)
GO: Act = ("receive_answer", {"document": "biometrics-appointment"})


def standard(*acts: Act, days: int = 10, **what: Any) -> StandardLine:
    now = RECEIVED + timedelta(days=days)
    return file_page(seen(filed(*acts, **what)), now).service_standard


def test_it_runs_from_the_day_of_receipt() -> None:
    line = standard(OPEN)
    assert (line.code, line.days, line.target) == (Standing.WITHIN, 60, 0.8)
    assert line.due_on is not None
    assert line.due_on.on == date(2024, 3, 12)
    assert line.sentences[0].en == (
        "We aim to decide 80% of applications like yours within 60 days."
    )
    assert "80\N{NO-BREAK SPACE}%" in line.sentences[0].fr


def test_the_last_day_is_within_and_the_next_is_late() -> None:
    assert standard(OPEN, days=60).code is Standing.WITHIN
    assert standard(OPEN, days=61).code is Standing.LATE


def test_the_time_that_the_clock_stood_still_is_added() -> None:
    stopped = standard(OPEN, STOP, days=12)
    assert stopped.clock_stopped
    assert stopped.due_on is not None
    assert stopped.due_on.on == date(2024, 3, 22)
    assert "stopped until you answer" in stopped.sentences[-1].en
    going = standard(OPEN, STOP, GO, days=12)
    assert not going.clock_stopped
    assert going.due_on is not None
    assert going.due_on.on == date(2024, 3, 13)
    assert going.sentences[-1].fr == "Le délai a été suspendu pendant 1 jour."


def test_a_decision_is_within_or_late_for_good() -> None:
    assert standard(REFUSE, days=500).code is Standing.DECIDED_WITHIN
    late = [OPEN, ("complete_section", {"section": "background"})] * 31
    assert standard(*late, REFUSE, days=500).code is Standing.DECIDED_LATE


def test_an_application_taken_back_was_not_decided() -> None:
    assert standard(("withdraw", {})).code is Standing.NOT_DECIDED


def test_months_end_on_the_last_day_where_there_is_no_such_day() -> None:
    state = seen(filed()).state
    program = loader.program("study-permit").model_copy(
        update={
            "service_standard": {
                date(2010, 4, 1): Standard(months=1, target=0.8, source="https://example.org")
            }
        }
    )
    state.received_at = RECEIVED.replace(month=1, day=31)
    line = service_standard(state, program, RECEIVED)
    assert line.due_on is not None
    assert line.due_on.on == date(2024, 2, 29)


def test_before_the_first_standard_none_was_in_force() -> None:
    state = seen(filed()).state
    state.received_at = RECEIVED.replace(year=1999)
    line = service_standard(state, loader.program("study-permit"), RECEIVED)
    assert line.code is Standing.NONE
    assert "No service standard was in force" in line.sentences[0].en


def test_every_standing_has_words() -> None:
    assert set(_KEPT) | {Standing.NONE} == set(Standing)
