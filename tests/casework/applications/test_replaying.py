"""The files' rows are a picture of the log: it can be made again, and a false one is found."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from parvis.casework.applications import facts, replaying, services
from parvis.casework.applications.foreign import ForeignCase, Reading
from parvis.casework.applications.histories import take_in
from parvis.casework.applications.models import Adult, Application
from parvis.casework.events.facts import SubjectKind
from parvis.casework.people.services import register_client
from parvis.lib.references import application_number
from parvis.programs import loader
from parvis.programs.vocabulary import Outcome
from tests.casework.applications.test_services import ASK, AWAY, DONE, OPEN, YES, filed
from tests.casework.events.planting import begin

pytestmark = pytest.mark.usefixtures("committed")
DAY = datetime(2024, 1, 12, 15, tzinfo=UTC)
CASES = [
    ForeignCase(f"N-{n}", [(DAY, "received", None), (DAY, "decided", None)], None) for n in range(5)
]


@pytest.fixture
def ids() -> list[int]:
    """Return files in many states, our own and another system's, among other subjects."""
    client = register_client(name="Ada", language="en", user=None, by="user:1", at=DAY)
    ours = [filed(*acts) for acts in ([], [OPEN, ASK], [ASK, AWAY, YES], [OPEN, DONE])]
    begin([facts.Received(program="study-permit", client=client.id)], [facts.Withdrawn()])
    Application.objects.filter(pk=0).delete()
    sum(replaying.replay())
    program = loader.program("study-permit")
    take_in(program=program.code, cases=CASES, reading=Reading(program), by="import:x")
    return ours


def rows() -> list[dict[str, Any]]:
    return list(Application.objects.order_by("id").values())


def wrong() -> list[str]:
    return [one for _, some in replaying.differences() for one in some]


def test_files_made_again_are_the_files_that_were(ids: list[int]) -> None:
    before = rows()
    assert len(before) == 10
    assert wrong() == []
    # One subject of the kind has no receipt, and so is no file.
    assert sum(replaying.replay()) == 11
    kept = [{**row, "source_digest": None} for row in before]
    assert rows() == kept
    assert wrong() == []
    assert sum(replaying.replay()) == 11
    assert rows() == kept


def test_files_that_are_gone_are_made_again(ids: list[int]) -> None:
    before = rows()
    Application.objects.all().delete()
    assert len(wrong()) == 10
    sum(replaying.replay())
    assert [row["id"] for row in rows()] == [row["id"] for row in before]


def test_an_import_after_a_replay_adds_nothing(ids: list[int]) -> None:
    sum(replaying.replay())
    program = loader.program("study-permit")
    taken = take_in(program=program.code, cases=CASES, reading=Reading(program), by="import:x")
    assert taken == (0, 10)
    assert all(row["source_digest"] for row in rows() if row["source_number"])


def test_a_replay_that_is_broken_off_leaves_the_files_as_they_were(ids: list[int]) -> None:
    before = rows()
    again = replaying.replay()
    next(again)
    again.close()
    assert rows() == before


def test_a_replay_that_fails_leaves_the_files_as_they_were(ids: list[int]) -> None:
    before = rows()
    begin([facts.Received(program="p" * 65)])
    with pytest.raises(Exception, match="value too long"):
        sum(replaying.replay())
    connection.close()
    assert rows() == before


def change(**values: object) -> Callable[[int], object]:
    return lambda id_: Application.objects.filter(pk=id_).update(**values)


def change_rest(**values: object) -> Callable[[int], object]:
    def act(id_: int) -> None:
        row = Application.objects.get(pk=id_)
        Application.objects.filter(pk=id_).update(rest={**row.rest, **values})

    return act


@pytest.mark.parametrize(
    "altered",
    [
        change(status="received"),
        change(status="approved", closed_at=DAY),
        change(received_at=DAY.replace(year=2020)),
        change(last_fact_at=DAY),
        change(office="vac-manila"),
        change(office=None),
        change(program="work-permit"),
        change(source_number="N-99"),
        change_rest(stopped=1.0),
        change_rest(stopped_at=None),
        change_rest(at_partner=True),
        change_rest(requests=[]),
        change_rest(sections={}),
        change_rest(sections="none"),
        change(rest={}),
        change(rest=[]),
    ],
)
def test_a_row_altered_behind_the_logs_back_is_found(
    ids: list[int], altered: Callable[[int], object]
) -> None:
    altered(ids[1])
    assert wrong() == [f"{application_number(ids[1])}: not as the log says"]


def test_a_row_that_is_missing_or_has_no_facts_is_found(ids: list[int]) -> None:
    Application.objects.filter(pk=ids[2]).delete()
    first, last = (Application.objects.get(pk=ids[0]) for _ in range(2))
    [between] = begin([facts.Decided(outcome=Outcome.APPROVED)])
    begin([facts.Withdrawn()], kind=SubjectKind.CLIENT)
    first.id, last.id = between, between + 1000
    for row in (first, last):
        row.save(force_insert=True)
    assert wrong() == [
        f"{application_number(ids[2])}: in the log, and not among the files",
        f"{application_number(between)}: among the files, and not in the log",
        f"{application_number(between + 1000)}: among the files, and not in the log",
    ]


def test_adults_on_a_file_are_made_again_and_one_who_is_not_in_the_log_is_found(
    ids: list[int],
) -> None:
    bob = register_client(name="Bob", language="en", user=None, by="user:1", at=DAY)
    file = Application.objects.get(pk=ids[0])
    services.add_adult(application=file.pk, client=bob.id, by="user:1", at=DAY)
    assert wrong() == []
    sum(replaying.replay())
    [adult] = Adult.objects.order_by("id")
    assert (adult.application, adult.client_id) == (file.pk, bob.id)
    assert wrong() == []
    adult.delete()
    assert wrong() == [f"{file.number}: not as the log says"]
