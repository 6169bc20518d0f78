"""The database's backend: a server that has gone is noticed, and moments are read as they are."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DataError, connection

from parvis.config.environment import _database

pytestmark = pytest.mark.django_db


@pytest.fixture
def second() -> Iterator[Any]:
    """Another connection to the same database."""
    other = connection.copy()
    other.ensure_connection()
    yield other
    other.close()


def test_a_connection_that_stands_can_be_used(second: Any) -> None:
    assert second.is_usable()
    with second.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert second.is_usable()


def test_a_connection_that_the_server_has_ended_cannot(second: Any) -> None:
    pid = second.connection.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    ends = time.monotonic() + 10
    while second.is_usable() and time.monotonic() < ends:
        time.sleep(0.01)
    assert not second.is_usable()


def test_a_request_after_that_gets_a_new_connection(second: Any) -> None:
    before = second.connection
    test_a_connection_that_the_server_has_ended_cannot(second)
    second.health_check_enabled, second.health_check_done = True, False
    with second.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
    assert second.connection is not before


def test_a_connection_in_the_middle_of_a_transaction_is_asked(second: Any) -> None:
    second.set_autocommit(False)
    with second.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert second.is_usable()
    second.rollback()


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-01-12 15:00:00+00", datetime(2024, 1, 12, 15, tzinfo=UTC)),
        ("2024-01-12 10:00:00.25-05", datetime(2024, 1, 12, 15, 0, 0, 250_000, tzinfo=UTC)),
        ("0001-01-01 00:00:00.000001+00", datetime(1, 1, 1, 0, 0, 0, 1, tzinfo=UTC)),
        ("9999-12-31 23:59:59.999999+00", datetime.max.replace(tzinfo=UTC)),
    ],
)
def test_a_moment_comes_back_as_it_was(written: str, moment: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [written])
        assert cursor.fetchone() == (moment,)


def test_a_moment_that_python_cannot_hold_is_refused() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'infinity'::timestamptz")
        with pytest.raises(DataError, match="timestamp too large"):
            cursor.fetchone()


ASKS = "SELECT current_setting('parvis.asker', true)"


@pytest.fixture
def asked(second: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Somebody asked, and their request has ended."""
    monkeypatch.setattr("parvis.config.database.base.is_up", lambda: True)
    second.set_autocommit(True)
    second.connection.execute("SELECT set_config('parvis.asker', '7,officer', false)")
    second.asker_is_stale, second.somebody_asks = False, True
    with second.cursor() as cursor:
        assert cursor.execute(ASKS).fetchone() == ("7,officer",)
    second.close_if_unusable_or_obsolete()
    return second


def test_who_asked_before_is_not_who_asks_now(asked: Any) -> None:
    with asked.cursor() as cursor:
        assert cursor.execute(ASKS).fetchone() == ("",)


def test_who_asked_before_is_forgotten_though_a_transaction_is_undone(asked: Any) -> None:
    asked.set_autocommit(False)
    with asked.cursor() as cursor:
        assert cursor.execute(ASKS).fetchone() == ("",)
    asked.rollback()
    with asked.cursor() as cursor:
        assert cursor.execute(ASKS).fetchone() == ("",)
    asked.rollback()
    asked.set_autocommit(True)


def test_the_database_is_not_told_again_that_nobody_asks(
    asked: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with asked.cursor():
        pass
    asked.close_if_unusable_or_obsolete()
    monkeypatch.setattr(type(asked), "_forget_who_asked", pytest.fail)
    with asked.cursor() as cursor:
        assert cursor.execute(ASKS).fetchone() == ("",)


def test_the_doors_come_in_their_own_role(second: Any) -> None:
    behind = _database("postgresql://parvis@/parvis", patience_s=5, behind_wall=True)["OPTIONS"]
    second.settings_dict = second.settings_dict | {
        "OPTIONS": second.settings_dict["OPTIONS"] | {"options": behind["options"]}
    }
    second.close()
    with second.cursor() as cursor:
        assert cursor.execute("SELECT current_user, session_user").fetchone() == (
            "parvis_door",
            "parvis",
        )
        assert cursor.execute("SHOW statement_timeout").fetchone() == ("5s",)
