"""Whatever people do to a file, in whatever order: log, row and tables agree."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.casework.applications import replaying, services
from parvis.casework.applications.models import Application
from parvis.casework.applications.status import ENDINGS, MOVES, SECTION_MOVES, TURN
from parvis.casework.events import log
from parvis.casework.people.policies import ActRefused
from parvis.programs.vocabulary import SectionStatus, Status, Turn
from tests.casework.applications.acting import ACTS, PROGRAM, Act, act, folded, kept

BEGAN = datetime(2023, 1, 2, 14, tzinfo=UTC)
LATER = st.timedeltas(timedelta(), timedelta(days=20))
SETTINGS = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


class Clock:
    """How long the standard's clock stood still, added up plainly between one act and the next."""

    def __init__(self, at: datetime) -> None:
        self.last, self.still = at, timedelta()
        self.closed, self.asked = False, set[str]()

    def hear(self, name: str, what: dict[str, str], at: datetime) -> None:
        """Add the time up to an act, then see what the act means."""
        if self.closed or any(PROGRAM.documents[code].stops_clock for code in self.asked):
            self.still += at - self.last
        self.last = at
        match name:
            case "ask_client":
                self.asked.add(what["document"])
            case "receive_answer":
                self.asked.remove(what["document"])
            case "decide" | "withdraw" | "abandon":
                self.closed = True
                self.asked.clear()
            case "reopen":
                self.closed = False


def received(at: datetime = BEGAN) -> int:
    return services.receive(
        program="study-permit", client=None, office="cpc-edmonton", by="user:1", at=at
    ).id


@pytest.mark.usefixtures("committed")
def test_any_acts_keep_log_row_and_tables_in_agreement() -> None:
    @SETTINGS
    @given(st.lists(st.tuples(ACTS, LATER), max_size=14))
    def agree(acts: list[tuple[Act, timedelta]]) -> None:
        id_, at = received(), BEGAN
        clock, facts, before = Clock(at), 1, kept(id_)
        for (name, what), later in acts:
            at += later
            if (refused := refusal(id_, name, what, at)) is not None:
                assert refused.reason.en != refused.reason.fr
                assert kept(id_) == before
                assert len(log.history(id_)) == facts
                continue
            clock.hear(name, what, at)
            facts += 1
            after = kept(id_)
            assert len(log.history(id_)) == facts
            assert after == folded(id_)
            assert after.last_fact_at == at
            assert after.status in {before.status, *MOVES[before.status]}
            for code, section in after.sections.items():
                was = before.sections.get(code)
                from_ = was.status if was else SectionStatus.NOT_STARTED
                assert section.status is from_ or section.status in SECTION_MOVES[from_]
            assert (after.closed_at is not None) == (after.status in ENDINGS)
            waits = any(request.is_open for request in after.requests)
            assert waits == (TURN[after.status] is Turn.CLIENT)
            running = after.stopped_at or after.closed_at
            assert after.stopped + (at - running if running else timedelta()) == clock.still
            before = after

    agree()
    the_rows_are_what_the_log_makes_them()


@pytest.mark.usefixtures("committed")
def test_any_acts_told_late_keep_log_and_row_in_agreement() -> None:
    @SETTINGS
    @given(
        st.lists(
            st.tuples(ACTS, st.timedeltas(timedelta(days=-50), timedelta(days=50))), max_size=10
        )
    )
    def agree(acts: list[tuple[Act, timedelta]]) -> None:
        id_ = received()
        for (name, what), apart in acts:
            before = kept(id_)
            try:
                act(id_, name, what, at=BEGAN + apart)
            except ActRefused:
                assert kept(id_) == before
                continue
            assert kept(id_) == folded(id_)

    agree()
    the_rows_are_what_the_log_makes_them()


def the_rows_are_what_the_log_makes_them() -> None:
    assert [wrong for _, wrong in replaying.differences() if wrong] == []
    before = list(Application.objects.order_by("id").values())
    assert before
    assert sum(replaying.replay()) == len(before)
    assert list(Application.objects.order_by("id").values()) == before


def test_every_status_a_person_can_bring_about_is_brought_about(db: None) -> None:
    ways: dict[Status, list[Act]] = {
        Status.RECEIVED: [],
        Status.IN_PROGRESS: [("acknowledge", {})],
        Status.WAITING_ON_CLIENT: [
            ("ask_client", {"document": "biometrics-appointment", "section": None, "due_on": None})
        ],
        Status.WITH_PARTNER: [("transfer", {"office": "vac-manila"})],
        Status.APPROVED: [("decide", {"outcome": "approved"})],
        Status.REFUSED: [("decide", {"outcome": "refused"})],
        Status.WITHDRAWN: [("withdraw", {})],
        Status.ABANDONED: [("abandon", {})],
    }
    # Dormant is never stored, and closed comes from other systems alone.
    assert set(ways) == set(Status) - {Status.DORMANT, Status.CLOSED}
    for status, acts in ways.items():
        id_ = received()
        for day, (name, what) in enumerate(acts, start=1):
            act(id_, name, what, at=BEGAN + timedelta(days=day))
        assert kept(id_).status is status


def refusal(id_: int, name: str, what: dict[str, Any], at: datetime) -> ActRefused | None:
    """Try an act; return why it was refused, if it was."""
    try:
        act(id_, name, what, at=at)
    except ActRefused as refused:
        return refused
    return None
