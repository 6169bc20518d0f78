"""On files whose law is known, four in five are decided by the date that says so."""

from dataclasses import replace

import numpy as np
import pytest

from parvis.engines.forecasting.backtest import METHODS, backtest
from parvis.engines.forecasting.calendar import firsts_before
from parvis.engines.forecasting.files import Files, Floats
from parvis.engines.forecasting.scores import Score, score
from parvis.engines.forecasting.snapshot import TASKS
from tests.engines.forecasting.simulated import FIRST, Draw, simulated, touched, usual

CUTOFFS = firsts_before(FIRST + 5 * 365 - 60, 24)
WITHIN = 4
"""Percentage points."""


def of_two_kinds(rng: np.random.Generator, n: int) -> Floats:
    """Return waits of which a third are long: a file that still waits is likely one of these."""
    return np.where(rng.random(n) < 1 / 3, rng.gamma(4, 60, n), rng.exponential(15, n))


def at_a_fixed_age(rng: np.random.Generator, n: int) -> Floats:
    return 60 + rng.normal(0, 4, n)


def scored(files: Files, method: str, task: str) -> Score:
    """Return how good dates were, told by the month for two years."""
    rows = backtest(files, CUTOFFS)
    mine = (rows.method == METHODS.index(method)) & (rows.task == TASKS.index(task))
    took = (files.decided - files.received)[rows.file].astype(float)
    found = score(took[mine], rows.cutoff[mine], rows.p50[mine], rows.p80[mine])
    assert found is not None
    return found


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("draw", [usual, of_two_kinds, at_a_fixed_age])
def test_four_in_five_are_decided_by_the_date(draw: Draw, task: str) -> None:
    files = simulated(np.random.default_rng(21), 12_000, draw=draw)
    assert scored(files, "parvis", task).coverage80 == pytest.approx(80, abs=WITHIN)


def test_with_stages_that_mean_nothing_it_holds_as_well() -> None:
    rng = np.random.default_rng(22)
    files = touched(rng, simulated(rng, 6_000))
    touches = files.touches
    assert touches is not None
    # Drawn before anything is decided, so that a stage says nothing of the end.
    day = files.received[touches.file] + 1
    files = replace(files, touches=replace(touches, day=day))
    assert scored(files, "parvis", "open").coverage80 == pytest.approx(80, abs=WITHIN)


def test_of_files_that_still_wait_the_published_time_holds_for_far_fewer() -> None:
    files = simulated(np.random.default_rng(23), 6_000, draw=of_two_kinds)
    ours, theirs = (scored(files, method, "open") for method in ("parvis", "published"))
    assert theirs.coverage80 < 60
    assert ours.pinball80 < 0.7 * theirs.pinball80
    assert ours.mae50 < 0.8 * theirs.mae50


def test_thin_strata_are_told_dates_that_hold() -> None:
    rng = np.random.default_rng(24)
    files = simulated(rng, 3_000)
    files = replace(files, stratum=rng.integers(0, 30, len(files)))
    assert scored(files, "parvis", "open").coverage80 == pytest.approx(80, abs=WITHIN)


def test_when_the_pace_drifts_dates_follow() -> None:
    rng = np.random.default_rng(25)
    files = simulated(rng, 12_000)
    slower = 1 + (files.received - FIRST) / (5 * 365)
    decided = files.received + ((files.decided - files.received) * slower).astype(int)
    files = Files(files.received, decided, files.stratum)
    for task in TASKS:
        assert scored(files, "parvis", task).coverage80 == pytest.approx(80, abs=WITHIN)
