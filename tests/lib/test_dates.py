"""The day that people mean: by the clock that they looked at, wherever it hung."""

from datetime import UTC, date, datetime

import pytest

from parvis.lib.dates import day_written, last_day_begun


@pytest.mark.parametrize(
    ("written", "on"),
    [
        ("2024-03-31", date(2024, 3, 31)),
        ("2024-03-31T23:30:00-07:00", date(2024, 3, 31)),
        ("2024-04-01T00:15+14:00", date(2024, 4, 1)),
        ("2024-02-29T23:59:59.999Z", date(2024, 2, 29)),
    ],
)
def test_a_moment_is_the_day_that_its_own_clock_showed(written, on):
    assert day_written(written) == on


@pytest.mark.parametrize(
    "written", ["", "31 March", "2023-02-29", "2024-13-01", "2024-03-31T99:00"]
)
def test_what_is_no_day_is_refused(written):
    with pytest.raises(ValueError):  # noqa: PT011 - the caller says it in its own words
        day_written(written)


def test_a_day_has_come_once_it_has_begun_anywhere():
    assert last_day_begun(datetime(2024, 5, 2, 9, 59, tzinfo=UTC)) == date(2024, 5, 2)
    assert last_day_begun(datetime(2024, 5, 2, 10, 0, tzinfo=UTC)) == date(2024, 5, 3)
