"""The day that is told is the first on which enough are decided, and files are read as tabled."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from parvis.engines.forecasting.curves import Mixed, Tabled, days_until, survival
from parvis.engines.forecasting.hazards import Hazards

AGES = 40
TABLES = st_numpy.arrays(np.float64, (2, 3, AGES), elements=st.floats(0, 1))


def tabled(hazard: np.ndarray, start: np.ndarray, cell: np.ndarray) -> Tabled:
    none = np.zeros((2, AGES), np.int64)
    used = np.array([True, False, True])
    return Tabled(survival(Hazards(hazard, used, none, none)), cell, start)


@given(TABLES, st.floats(0.01, 0.99))
@settings(deadline=None)
def test_the_day_that_is_told_is_the_first_that_is_sure_enough(
    hazard: np.ndarray, share: float
) -> None:
    start, cell = np.tile(np.arange(AGES - 1), 2), np.repeat([0, 1], AGES - 1)
    curve = tabled(hazard, start, cell)
    where = np.arange(len(start))
    found, known = days_until(curve, share, where)
    for one in where:
        days = np.arange(curve.furthest[one] + 1)
        sure = curve.still_open(days, np.full(len(days), one)) <= 1 - share + 1e-12
        assert known[one] == sure.any()
        assert found[one] == (sure.argmax() if sure.any() else curve.furthest[one])


@given(TABLES)
@settings(deadline=None)
def test_who_is_surer_waits_no_less_and_nobody_is_decided_yesterday(hazard: np.ndarray) -> None:
    start = np.arange(AGES - 1)
    curve = tabled(hazard, start, np.zeros_like(start))
    half, _ = days_until(curve, 0.5, start)
    most, _ = days_until(curve, 0.8, start)
    assert (half >= 0).all()
    assert (most >= half).all()


def test_one_in_ten_a_day_is_read_as_the_school_book_says() -> None:
    hazard = np.full((2, 3, AGES), 0.1)
    curve = tabled(hazard, np.array([0, 7]), np.array([0, 1]))
    both = np.array([0, 1])
    np.testing.assert_allclose(curve.still_open(np.array([0, 4]), both), [0.9, 0.9**5])
    days, known = days_until(curve, 0.8, both)
    # 0.9 to the 16th is the first below 0.2; today is the first of these days.
    assert days.tolist() == [15, 15]
    assert known.all()


def test_windows_are_each_as_likely_and_one_that_is_left_out_is_not_heard() -> None:
    hazard = np.zeros((2, 3, AGES))
    hazard[:, 1], hazard[:, 2] = 0.9, 0.5
    curve = tabled(hazard, np.array([0]), np.array([0]))
    assert curve.still_open(np.array([0]), np.array([0]))[0] == pytest.approx((1 + 0.5) / 2)


def test_two_curves_are_each_as_likely() -> None:
    slow = tabled(np.full((2, 3, AGES), 0.1), np.array([0]), np.array([0]))
    fast = tabled(np.full((2, 3, AGES), 0.5), np.array([20]), np.array([0]))
    both, first = Mixed([slow, fast]), np.array([0])
    assert both.still_open(np.array([0]), first)[0] == pytest.approx((0.9 + 0.5) / 2)
    assert both.furthest.tolist() == slow.furthest.tolist()


def test_a_curve_that_stays_high_tells_its_furthest_day_and_that_it_is_not_enough() -> None:
    curve = tabled(np.zeros((2, 3, AGES)), np.array([3]), np.array([0]))
    days, known = days_until(curve, 0.8, np.array([0]))
    assert days.tolist() == curve.furthest.tolist()
    assert not known.any()


def test_of_no_files_nothing_is_told() -> None:
    none = np.zeros(0, np.int64)
    days, known = days_until(tabled(np.full((2, 3, AGES), 0.1), none, none), 0.8, none)
    assert len(days) == len(known) == 0
