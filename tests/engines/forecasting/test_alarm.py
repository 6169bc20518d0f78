"""A break in the pace is noticed within a month, and a steady program is seldom suspected."""

from dataclasses import replace

import numpy as np
import pytest

from parvis.engines.forecasting.alarm import QUIET, Pace, alarms, is_on, pace
from parvis.engines.forecasting.files import PENDING, Files
from tests.engines.forecasting.simulated import FIRST, known_at, simulated

YEARS = 8
SINCE, UNTIL = FIRST + 2 * 365, FIRST + (YEARS - 1) * 365
BREAK = FIRST + 5 * 365
SEEDS = range(10)


def steady(seed: int, a_day: float = 5) -> Files:
    days = YEARS * 365
    return simulated(np.random.default_rng(seed), int(a_day * days), days)


def at_another_pace(files: Files, speed: float) -> Files:
    """Return the files as if from the day of the break on a day did the work of `speed` days."""
    late = np.maximum(files.received, BREAK)
    left = np.maximum(files.decided - late, 0) / speed
    decided = np.where(files.decided < BREAK, files.decided, late + np.ceil(left).astype(int))
    return replace(files, decided=decided)


def on_weekdays(files: Files) -> Files:
    """Return the files as if nobody worked on two days in seven."""
    return replace(files, decided=files.decided + (-files.decided % 7) * (files.decided % 7 > 4))


def raised(files: Files, until: int = UNTIL) -> list[int]:
    return alarms(pace(files.received, files.decided, SINCE, until))


@pytest.mark.parametrize("weekdays", [False, True])
@pytest.mark.parametrize("a_day", [3, 20])
def test_a_pace_that_is_halved_is_noticed_within_thirty_days(a_day: int, weekdays: bool) -> None:
    noticed = 0
    for seed in SEEDS:
        files = at_another_pace(steady(seed, a_day), 0.5)
        noticed += is_on(raised(on_weekdays(files) if weekdays else files), BREAK + 30)
    assert noticed >= 0.9 * len(SEEDS)


@pytest.mark.parametrize("weekdays", [False, True])
@pytest.mark.parametrize("a_day", [2, 5, 30])
def test_a_steady_program_is_suspected_less_than_once_a_year(a_day: int, weekdays: bool) -> None:
    files = [steady(seed, a_day) for seed in SEEDS]
    false = sum(len(raised(on_weekdays(one) if weekdays else one)) for one in files)
    assert false / (len(SEEDS) * (UNTIL - SINCE) / 365) < 1


def test_going_faster_raises_no_alarm() -> None:
    files = at_another_pace(steady(3), 2)
    assert [day for day in raised(files) if BREAK < day <= BREAK + 90] == []


@pytest.mark.parametrize("seed", range(3))
def test_an_alarm_knows_nothing_of_its_day_or_later(seed: int) -> None:
    files = at_another_pace(steady(seed), 0.5)
    for day in [one for one in raised(files) if one > BREAK][:2]:
        known = known_at(files, day)
        there = known.received < PENDING
        again = pace(known.received[there], known.decided[there], SINCE, day)
        assert alarms(again)[-1] == day


def test_what_is_expected_is_what_the_pace_of_the_year_before_makes_of_who_waits() -> None:
    files = steady(1, 20)
    found = pace(files.received, files.decided, SINCE, UNTIL)
    days = np.arange(SINCE, UNTIL)
    assert (found.decided == [(files.decided == day).sum() for day in days]).all()
    assert found.expected.sum() == pytest.approx(found.decided.sum(), rel=0.02)


def test_an_alarm_lasts_its_days_and_is_raised_again_while_the_pace_is_low() -> None:
    days = np.full(400, 10.0)
    slow = days.copy()
    slow[200:] = 3
    found = alarms(Pace(FIRST, slow, days))
    assert FIRST + 200 < found[0] < FIRST + 210
    assert all(QUIET < gap < QUIET + 15 for gap in np.diff(found))
    assert not is_on(found, found[0] - 1)
    assert is_on(found, found[0])
    assert is_on(found, found[0] + QUIET - 1)
    assert not is_on(found, found[0] + QUIET)
    assert not is_on([], FIRST)


@pytest.mark.parametrize("n", [0, 1, 30])
def test_of_few_files_or_none_there_is_no_alarm(n: int) -> None:
    received = FIRST + np.arange(n) * 7
    assert alarms(pace(received, received + 40, SINCE, UNTIL)) == []
    assert alarms(pace(received, np.full(n, PENDING), FIRST, FIRST + 900)) == []


def test_of_no_days_there_is_none() -> None:
    assert alarms(Pace(FIRST, np.zeros(0), np.zeros(0))) == []


@pytest.mark.parametrize("a_day", [5, 50])
def test_a_few_days_of_holidays_are_seldom_taken_for_a_break(a_day: int) -> None:
    suspected = 0
    for seed in SEEDS:
        files = steady(seed, a_day)
        off = (files.decided >= BREAK) & (files.decided < BREAK + 5)
        rested = replace(files, decided=np.where(off, BREAK + 5, files.decided))
        suspected += any(BREAK < day <= BREAK + 30 for day in raised(rested))
    assert suspected <= 2
