"""Acts: each writes one fact at its moment, by its author, and leaves the file as it should."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from parvis.casework.applications import facts, services
from parvis.casework.applications.models import Application
from parvis.casework.events import log
from parvis.casework.events.facts import Fact
from parvis.casework.people.policies import ActRefused
from parvis.lib import clock
from parvis.programs.loader import UnknownProgram
from parvis.programs.vocabulary import Outcome, SectionStatus, Status
from tests.casework.applications.acting import Act, act, folded, kept

pytestmark = pytest.mark.django_db
DAY = datetime(2024, 1, 12, 15, tzinfo=UTC)
ASK: Act = (
    "ask_client",
    {"document": "biometrics-appointment", "section": "medical", "due_on": date(2024, 3, 1)},
)
ASK_FORM: Act = ("ask_client", {"document": "proof-of-funds", "section": None, "due_on": None})
OPEN: Act = ("open_section", {"section": "medical"})
DONE: Act = ("complete_section", {"section": "medical"})
EXEMPT: Act = ("exempt_section", {"section": "medical"})
YES: Act = ("decide", {"outcome": Outcome.APPROVED})
AWAY: Act = ("transfer", {"office": "vac-manila"})


def filed(*acts: Act) -> int:
    """Return a file received at an office, then one act a day."""
    id_ = services.receive(
        program="study-permit", client=None, office="cpc-edmonton", by="user:3", at=DAY
    ).id
    for day, (name, what) in enumerate(acts, start=1):
        act(id_, name, what, at=DAY + timedelta(days=day))
    return id_


def test_a_file_begins_when_its_application_is_received() -> None:
    id_ = filed()
    [one] = log.history(id_)
    assert one.fact == facts.Received(program="study-permit", office="cpc-edmonton")
    assert (one.seq, one.at, one.by) == (1, DAY, "user:3")
    state = kept(id_)
    assert (state.status, state.received_at, state.office) == (Status.RECEIVED, DAY, "cpc-edmonton")


@pytest.mark.parametrize(
    ("before", "then", "fact", "status", "section"),
    [
        ([], ("acknowledge", {}), facts.Acknowledged(), Status.IN_PROGRESS, None),
        ([], OPEN, facts.SectionOpened(section="medical"), Status.IN_PROGRESS, "in_progress"),
        ([], EXEMPT, facts.SectionExempted(section="medical"), Status.IN_PROGRESS, "exempted"),
        ([OPEN], DONE, facts.SectionCompleted(section="medical"), Status.IN_PROGRESS, "completed"),
        ([DONE], OPEN, facts.SectionOpened(section="medical"), Status.IN_PROGRESS, "in_progress"),
        (
            [OPEN],
            ASK,
            facts.ClientAsked(
                document="biometrics-appointment",
                section="medical",
                due_on=date(2024, 3, 1),
                stops_clock=True,
            ),
            Status.WAITING_ON_CLIENT,
            "waiting_on_client",
        ),
        (
            [ASK],
            ("receive_answer", {"document": "biometrics-appointment"}),
            facts.ClientAnswered(document="biometrics-appointment"),
            Status.IN_PROGRESS,
            "in_progress",
        ),
        (
            [ASK, ASK_FORM],
            ("receive_answer", {"document": "biometrics-appointment"}),
            facts.ClientAnswered(document="biometrics-appointment"),
            Status.WAITING_ON_CLIENT,
            "in_progress",
        ),
        (
            [],
            AWAY,
            facts.Transferred(office="vac-manila", partner=True),
            Status.WITH_PARTNER,
            None,
        ),
        (
            [AWAY],
            ("transfer", {"office": "cpc-edmonton"}),
            facts.Transferred(office="cpc-edmonton"),
            Status.IN_PROGRESS,
            None,
        ),
        ([], YES, facts.Decided(outcome=Outcome.APPROVED), Status.APPROVED, None),
        (
            [ASK],
            ("decide", {"outcome": Outcome.REFUSED}),
            facts.Decided(outcome=Outcome.REFUSED),
            Status.REFUSED,
            "in_progress",
        ),
        ([AWAY], ("withdraw", {}), facts.Withdrawn(), Status.WITHDRAWN, None),
        ([ASK], ("abandon", {}), facts.Abandoned(), Status.ABANDONED, "in_progress"),
        ([YES], ("reopen", {}), facts.Reopened(), Status.IN_PROGRESS, None),
        ([AWAY, YES], ("reopen", {}), facts.Reopened(), Status.WITH_PARTNER, None),
    ],
    ids=lambda told: told[0] if isinstance(told, tuple) else None,
)
def test_an_act_is_one_fact_and_leaves_the_right_state(
    before: list[Act], then: Act, fact: Fact, status: Status, section: str | None
) -> None:
    id_ = filed(*before)
    at = DAY + timedelta(days=30)
    act(id_, *then, at=at)
    history = log.history(id_)
    assert len(history) == len(before) + 2
    assert (history[-1].fact, history[-1].at, history[-1].by) == (fact, at, "user:1")
    state = kept(id_)
    assert state == folded(id_)
    assert state.status is status
    found = state.sections.get("medical")
    assert (found.status if found else None) == (SectionStatus(section) if section else None)


@pytest.mark.parametrize(
    ("before", "then"),
    [
        ([OPEN], ("acknowledge", {})),
        ([OPEN], OPEN),
        ([DONE], EXEMPT),
        ([], ("open_section", {"section": "no-such-section"})),
        ([], ("ask_client", {"document": "no-such", "section": None, "due_on": None})),
        (
            [],
            (
                "ask_client",
                {"document": "biometrics-appointment", "section": "no-such", "due_on": None},
            ),
        ),
        ([ASK], ASK),
        ([], ("receive_answer", {"document": "biometrics-appointment"})),
        ([ASK_FORM], ("receive_answer", {"document": "biometrics-appointment"})),
        ([], ("transfer", {"office": "cpc-edmonton"})),
        ([], ("transfer", {"office": "no-such-office"})),
        ([], ("decide", {"outcome": Outcome.CLOSED})),
        ([], ("reopen", {})),
        *(
            ([YES], refused)
            for refused in (
                *(OPEN, DONE, EXEMPT, ASK, AWAY, YES),
                *(("acknowledge", {}), ("withdraw", {}), ("abandon", {})),
                ("receive_answer", {"document": "biometrics-appointment"}),
            )
        ),
    ],
    ids=lambda told: told[0] if isinstance(told, tuple) else None,
)
def test_a_refused_act_says_why_in_both_languages_and_changes_nothing(
    before: list[Act], then: Act
) -> None:
    id_ = filed(*before)
    history, row = log.history(id_), Application.objects.filter(pk=id_).values()[0]
    with pytest.raises(ActRefused) as refused:
        act(id_, *then, at=DAY + timedelta(days=30))
    assert refused.value.reason.en
    assert refused.value.reason.fr != refused.value.reason.en
    assert log.history(id_) == history
    assert Application.objects.filter(pk=id_).values()[0] == row


def test_an_act_that_has_not_happened_yet_is_refused_and_changes_nothing() -> None:
    id_ = filed()
    with pytest.raises(log.NotYet):
        act(id_, "acknowledge", {}, at=clock.now() + timedelta(days=1))
    assert len(log.history(id_)) == 1
    assert kept(id_).status is Status.RECEIVED


def test_an_application_of_an_unknown_program_is_refused() -> None:
    with pytest.raises(UnknownProgram):
        services.receive(program="no-such", client=None, office=None, by="user:1", at=DAY)


def test_an_act_looks_at_the_file_as_it_is_now_not_as_its_caller_holds_it() -> None:
    id_ = filed()
    held = Application.objects.get(pk=id_)
    act(id_, *YES, at=DAY + timedelta(days=1))
    with pytest.raises(ActRefused, match="closed"):
        services.open_section(
            application=held, section="medical", by="user:1", at=DAY + timedelta(days=2)
        )


@pytest.mark.parametrize(
    "change",
    [
        {"status": "lost"},
        {"status": "approved"},
        {"closed_at": DAY},
        {"source_number": "N-1"},
    ],
)
def test_the_database_keeps_the_promises_of_a_row(change: dict[str, Any]) -> None:
    other = filed()
    Application.objects.filter(pk=other).update(source_number="N-1")
    id_ = filed()
    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.filter(pk=id_).update(**change)
