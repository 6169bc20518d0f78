"""Which dates are told: of files enough, never past, and anew only where they have moved."""

from dataclasses import replace

import numpy as np
import pytest

from parvis.casework.applications.waits import Waits
from parvis.engines.forecasting.files import PENDING, files_of
from parvis.engines.forecasting.forecaster import Setting
from parvis.engines.forecasting.snapshot import Way
from parvis.readers.estimates.histories import Caseload
from parvis.readers.estimates.models import DOTS, ENOUGH
from parvis.readers.estimates.outlooks import HALF, MOST, SHARES, Outlooks, moved, outlooks

TODAY = 20_000
SETTING = Setting(Way(), SHARES)


def known(decided: int, waiting: int, *, half_on: int = -1, most_on: int = -1) -> Caseload:
    """Return files that came one a day, of which the first took 60 days and the others wait."""
    n = decided + waiting
    received = TODAY - 400 + np.sort(np.arange(n) * 399 // max(n, 1))
    chance = np.random.default_rng(3)
    took = chance.integers(30, 90, n)
    ended = np.where(received + took < TODAY, received + took, PENDING)
    files = files_of(received, ended)
    columns = (np.full(n, one) for one in (half_on, most_on, 0, 0))
    waits = Waits(np.arange(n), received, np.where(ended < PENDING, ended, -1), *columns)
    return Caseload(waits, files)


def told(files: Caseload, today: int = TODAY) -> Outlooks:
    found = outlooks(files, SETTING, today)
    assert found is not None
    return found


def test_every_open_file_has_twenty_dots_and_two_dates_in_order_and_none_is_past() -> None:
    files = known(2_000, 200)
    found = told(files)
    assert len(found.file) == (files.files.decided == PENDING).sum() > 100
    assert found.days.shape == (len(found.file), DOTS + 2)
    assert (np.diff(found.days[:, :DOTS], axis=1) >= 0).all()
    half, most = (found.days[:, SHARES.index(one)] for one in (HALF, MOST))
    assert (half <= most).all()
    assert (files.files.received[found.file] + found.days.min(axis=1) >= TODAY).all()
    assert (found.days[:, DOTS // 2 - 1] <= half).all()


def test_a_date_is_told_only_from_enough_files() -> None:
    assert told(known(2_000, 100)).told.all()
    few = told(known(ENOUGH - 10, 5))
    assert not few.told.any()
    assert len(moved(known(ENOUGH - 10, 5), few, TODAY)) == 0


def test_before_anything_was_decided_there_is_no_outlook() -> None:
    files = known(0, 20)
    nothing = Caseload(files.waits, files_of(files.files.received, np.full(20, PENDING)))
    assert outlooks(nothing, SETTING, TODAY) is None


def test_whoever_was_told_nothing_is_told_now() -> None:
    files = known(2_000, 200)
    assert len(moved(files, told(files), TODAY)) == told(files).told.sum()


@pytest.mark.parametrize(
    ("share", "off", "anew"),
    [
        *((HALF, 0, False), (HALF, 7, False), (HALF, 8, True), (HALF, -8, True)),
        *((MOST, 7, False), (MOST, 8, True), (MOST, -8, True)),
    ],
)
def test_a_client_is_told_anew_where_a_date_is_off_by_more_than_a_week(
    share: float, off: int, anew: bool
) -> None:
    files = known(2_000, 200)
    found = told(files)
    received = files.files.received[found.file]
    last = {one: np.full(len(files.files), -1) for one in (HALF, MOST)}
    for one, before in last.items():
        days = received + found.days[:, SHARES.index(one)] + (off if one == share else 0)
        before[found.file] = np.maximum(days, TODAY)
    waits = files.waits._replace(half_on=last[HALF], most_on=last[MOST])
    again = moved(replace(files, waits=waits), found, TODAY)
    far = received + found.days[:, SHARES.index(share)] - TODAY
    # Of those far enough for a week to be more than a tenth, and to lie ahead.
    sure = np.flatnonzero((far > 8) & (far < 60))
    assert np.isin(sure, again).all() == anew
    assert len(sure) > 20


def test_a_week_is_nothing_where_it_is_less_than_a_tenth_of_what_is_left() -> None:
    files = known(2_000, 200)
    found = replace(told(files), days=told(files).days + 300)
    received = files.files.received[found.file]
    last = np.full(len(files.files), -1)
    half, most = (last.copy() for _ in range(2))
    half[found.file] = received + found.days[:, SHARES.index(HALF)] + 20
    most[found.file] = received + found.days[:, SHARES.index(MOST)] + 20
    waits = files.waits._replace(half_on=half, most_on=most)
    assert len(moved(replace(files, waits=waits), found, TODAY)) == 0


@pytest.mark.parametrize("share", [HALF, MOST])
def test_a_date_that_has_passed_is_never_left_standing(share: float) -> None:
    files = known(2_000, 200)
    found = told(files)
    received = files.files.received[found.file]
    last = {one: np.full(len(files.files), -1) for one in (HALF, MOST)}
    for one, before in last.items():
        before[found.file] = received + found.days[:, SHARES.index(one)]
    last[share][found.file] = TODAY - 1
    waits = files.waits._replace(half_on=last[HALF], most_on=last[MOST])
    assert len(moved(replace(files, waits=waits), found, TODAY)) == found.told.sum()


def test_a_client_is_told_when_dates_become_less_sure() -> None:
    files = known(2_000, 200)
    found = told(files)
    received = files.files.received[found.file]
    last = {one: np.full(len(files.files), -1) for one in (HALF, MOST)}
    for one, before in last.items():
        before[found.file] = received + found.days[:, SHARES.index(one)]
    waits = files.waits._replace(half_on=last[HALF], most_on=last[MOST])
    same = replace(files, waits=waits)
    assert len(moved(same, found, TODAY)) == 0
    assert len(moved(same, replace(found, unsure=True), TODAY)) == found.told.sum()
