"""What cannot be files is refused, and nothing is known before its day."""

import numpy as np
import pytest

from parvis.engines.forecasting.calendar import first_of, firsts_before, month_of
from parvis.engines.forecasting.files import PENDING, FilesRefused, files_of
from tests.engines.forecasting.simulated import FIRST, known_at, scattered


@pytest.mark.parametrize(
    ("received", "decided", "stratum", "says"),
    [
        ([1, 5], [2, 4], None, r"file 1 was decided before it was received \(days 4 and 5\)"),
        ([1, 2], [3], None, "2 received, 1 decided, 2 strata"),
        ([1, 2], [3, 3], [0], "2 received, 2 decided, 1 strata"),
        ([1], [3], [-1], "a code from 0"),
    ],
)
def test_what_cannot_be_files_is_refused_in_words(
    received: list[int], decided: list[int], stratum: list[int] | None, says: str
) -> None:
    with pytest.raises(FilesRefused, match=says):
        files_of(received, decided, stratum)


def test_a_file_may_be_decided_on_the_day_it_came() -> None:
    assert len(files_of([5], [5])) == 1


def test_nothing_is_known_of_a_day_that_has_only_begun() -> None:
    files = scattered(np.random.default_rng(0), 300, 2)
    cutoff = FIRST + 400
    known = known_at(files, cutoff)
    assert len(known) == len(files)
    assert (known.received[files.received >= cutoff] == PENDING).all()
    assert (known.decided[files.decided >= cutoff] == PENDING).all()
    assert (known.decided[known.decided < PENDING] < cutoff).all()
    assert known.touches is not None
    assert (known.touches.day < cutoff).all()
    earlier = (files.received < cutoff) & (files.decided < cutoff)
    assert (known.decided[earlier] == files.decided[earlier]).all()


def test_there_are_no_strata_of_no_files() -> None:
    assert files_of([], []).strata == 0


def test_months_are_those_of_the_calendar() -> None:
    leap = int(np.datetime64("2012-02-29", "D").astype(int))
    assert month_of(leap) == 12 * 42 + 1
    firsts = first_of(np.array([12 * 42 + 1, 12 * 42 + 2]))
    assert np.diff(firsts).tolist() == [29]


@pytest.mark.parametrize(
    ("day", "last"),
    [("2015-03-01", "2015-02-01"), ("2015-03-02", "2015-03-01"), ("1969-05-02", "1969-05-01")],
)
def test_firsts_lie_before_the_day_and_the_newest_comes_last(day: str, last: str) -> None:
    found = firsts_before(int(np.datetime64(day, "D").astype(int)), 36).astype("datetime64[D]")
    assert len(found) == 36
    assert found[-1] == np.datetime64(last)
    assert (np.diff(found).astype(int) >= 28).all()
