"""Whoever acts on a file at the same time: one waits for the other, and neither gives up."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from parvis.casework.applications import services
from parvis.casework.applications.foreign import ForeignCase, Reading
from parvis.casework.applications.histories import take_in
from parvis.casework.applications.models import Application
from parvis.casework.applications.state import fold
from parvis.casework.events import log
from parvis.casework.people.policies import ActRefused
from parvis.programs import loader
from parvis.programs.vocabulary import Outcome, Status

pytestmark = pytest.mark.usefixtures("committed")
DAY = datetime(2024, 1, 12, 15, tzinfo=UTC)
PROGRAM = loader.program("study-permit")
EVENTS = [(DAY + timedelta(days=n), f"step {n}", None) for n in range(4)]
WAITING = (
    "SELECT count(*) FROM pg_locks"
    " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
)


def import_(events: int) -> None:
    case = ForeignCase("N-1", EVENTS[:events], None)
    take_in(program=PROGRAM.code, cases=[case], reading=Reading(PROGRAM), by="import:x")


def apart(act: Callable[[], object]) -> Callable[[], object]:
    """Let an act be done on a connection of its own."""

    def done() -> object:
        try:
            return act()
        finally:
            connection.close()

    return done


def until_it_waits(other: "Future[object]") -> None:
    """Return once somebody waits for a lock of ours."""
    while not other.done():
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone() != (0,):
                return
    other.result()
    pytest.fail("nobody waited")


def test_an_import_waits_for_an_act_on_the_same_file_and_both_are_done() -> None:
    import_(2)
    row = Application.objects.get(source_number="N-1")
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Application.objects.select_for_update(of=("self",)).get(pk=row.pk)
            other = pool.submit(apart(lambda: import_(4)))
            until_it_waits(other)
            services.withdraw(application=row, by="user:1", at=DAY + timedelta(days=9))
        other.result()
    history = log.history(row.pk)
    assert [one.seq for one in history] == [1, 2, 3, 4, 5, 6]
    row.refresh_from_db()
    assert row.state == fold((one.at, one.fact) for one in history)
    assert row.state.status is Status.WITHDRAWN


def test_of_two_decisions_at_once_the_second_is_refused() -> None:
    id_ = services.receive(program="study-permit", client=None, office=None, by="user:1", at=DAY).id

    def decide(outcome: Outcome) -> None:
        held = Application.objects.get(pk=id_)
        services.decide(application=held, outcome=outcome, by="user:1", at=DAY + timedelta(days=1))

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Application.objects.select_for_update(of=("self",)).get(pk=id_)
            other = pool.submit(apart(lambda: decide(Outcome.REFUSED)))
            until_it_waits(other)
            decide(Outcome.APPROVED)
        with pytest.raises(ActRefused, match="closed"):
            other.result()
    assert len(log.history(id_)) == 2
    assert Application.objects.get(pk=id_).state.status is Status.APPROVED
