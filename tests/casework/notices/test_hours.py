"""Quiet hours by somebody's own clock, also in the nights in which clocks change."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.casework.notices.hours import quiet_until

TORONTO = ZoneInfo("America/Toronto")


def local(day: int, hour: int, minute: int = 0, *, month: int = 1, fold: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, fold=fold, tzinfo=TORONTO).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        (local(10, 21), local(11, 8)),
        (local(11, 7, 59), local(11, 8)),
        (local(11, 8), None),
        (local(11, 20, 59), None),
    ],
)
def test_hours_may_pass_midnight(at: datetime, until: datetime | None) -> None:
    assert quiet_until(at, time(21), time(8), TORONTO) == until


def test_an_hour_that_is_left_out_ends_them_at_its_end() -> None:
    at = local(8, 1, 59, month=3)
    assert quiet_until(at, time(22), time(2, 30), TORONTO) is not None
    assert quiet_until(at + timedelta(minutes=1), time(22), time(2, 30), TORONTO) is None


def test_an_hour_that_comes_twice_does_not_keep_them_going() -> None:
    first, second = (local(1, 1, 10, month=11, fold=fold) for fold in (0, 1))
    assert second - first == timedelta(hours=1)
    ends_at = quiet_until(first, time(22), time(1, 30), TORONTO)
    assert ends_at == first + timedelta(minutes=20)
    assert quiet_until(second, time(22), time(1, 30), TORONTO) is None


@given(
    at=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(  # noqa: DTZ001
        lambda one: one.replace(tzinfo=UTC)
    ),
    begins=st.times(),
    ends=st.times(),
    zone=st.sampled_from(["America/St_Johns", "America/Toronto", "Europe/Paris", "Asia/Kabul"]),
)
def test_they_end_later_than_now_or_are_over(
    at: datetime, begins: time, ends: time, zone: str
) -> None:
    """A worker that waits until a moment that is past would look at somebody for ever."""
    until = quiet_until(at, begins, ends, ZoneInfo(zone))
    assert until is None or until > at
