"""Who looked is written down before anything is shown, never changed, and counted by month."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from parvis.casework.accesses.selectors import (
    Looked,
    accesses_to,
    all_accesses_to,
    files_taken,
)
from parvis.casework.accesses.services import record_access, record_taking
from parvis.casework.people.policies import OF_THE_HOUSE, Act, Capacity, Relation
from tests.filing import RECEIVED, client, officer

pytestmark = pytest.mark.django_db
TORONTO = ZoneInfo("America/Toronto")
OFFICER, CLIENT = Relation(Capacity.OFFICER), Relation(Capacity.CLIENT)


def looks(count: int, *, application: int = 7) -> None:
    user = officer()
    for minute in range(count):
        record_access(
            application=application,
            user=user,
            relation=OFFICER,
            act=Act.SEE,
            at=RECEIVED + timedelta(minutes=minute),
        )


def test_the_latest_comes_first_and_the_earlier_ones_after_it() -> None:
    looks(5)
    first = accesses_to(7, most=2)
    then = accesses_to(7, most=10, before=first[-1].id)
    minutes = [(one.at - RECEIVED) // timedelta(minutes=1) for one in (*first, *then)]
    assert minutes == [4, 3, 2, 1, 0]
    assert list(all_accesses_to(7)) == [*first, *then]
    assert accesses_to(8, most=10) == []


def test_accesses_of_one_moment_are_all_told_and_none_twice() -> None:
    user = officer()
    for _ in range(1_003):
        record_access(application=7, user=user, relation=OFFICER, act=Act.SEE, at=RECEIVED)
    assert len({one.id for one in all_accesses_to(7)}) == 1_003


def test_a_client_looking_at_their_own_file_leaves_no_trace() -> None:
    user, _ = client("ada@example.org")
    record_access(application=7, user=user, relation=CLIENT, act=Act.SEE, at=RECEIVED)
    assert accesses_to(7, most=1) == []


def test_what_a_client_takes_along_is_written_down() -> None:
    user, _ = client("ada@example.org")
    record_taking(application=7, user=user, relation=CLIENT, at=RECEIVED)
    [one] = accesses_to(7, most=2)
    assert one == Looked(one.id, user.pk, Capacity.CLIENT, Act.TAKE_ALONG, RECEIVED)


def test_files_taken_are_counted_by_the_month_of_the_department() -> None:
    user, _ = client("ada@example.org")
    looks(1)
    # Half past midnight of 1 February in UTC is still January in Toronto.
    for at in (datetime(2024, 2, 1, 0, 30, tzinfo=UTC), datetime(2024, 2, 2, tzinfo=UTC)):
        record_taking(application=7, user=user, relation=CLIENT, at=at)
    record_access(application=7, user=None, relation=OF_THE_HOUSE, act=Act.TAKE_ALONG, at=RECEIVED)
    told = [(one.month, one.by_clients, one.by_mail) for one in files_taken(TORONTO)]
    assert told == [(date(2024, 1, 1), 1, 1), (date(2024, 2, 1), 1, 0)]


def test_nobody_but_the_house_looks_without_being_somebody() -> None:
    with pytest.raises(IntegrityError, match="nobody_but_the_house"), transaction.atomic():
        record_access(application=7, user=None, relation=OFFICER, act=Act.SEE, at=RECEIVED)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accesses_access SET act = 'find'",
        "DELETE FROM accesses_access",
        "TRUNCATE accesses_access",
    ],
)
def test_no_access_is_ever_changed_or_removed(statement: str) -> None:
    looks(1)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert len(accesses_to(7, most=2)) == 1
