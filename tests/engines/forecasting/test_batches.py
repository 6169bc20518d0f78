"""A program that decides in batches is seen as one, and its files wait for the next."""

import numpy as np
import pytest

from parvis.engines.forecasting.batches import Batched, Batches, batches
from parvis.engines.forecasting.curves import days_until
from parvis.engines.forecasting.files import PENDING, Files
from parvis.engines.forecasting.hazards import Sample
from parvis.engines.forecasting.snapshot import ages_of
from tests.engines.forecasting.simulated import FIRST, batched, simulated

CUTOFF = FIRST + 6 * 365


def found(files: Files, cutoff: int = CUTOFF) -> tuple[Sample, Batches | None]:
    """Return the files as they were known at a cut-off, and their batches."""
    there = files.received < cutoff
    received = files.received[there]
    decided = np.where(files.decided[there] < cutoff, files.decided[there], PENDING)
    sample = Sample(received, decided, cutoff, ages_of(received, decided, cutoff))
    return sample, batches(sample)


@pytest.mark.parametrize("seed", range(5))
def test_batches_are_found_where_there_are_some(seed: int) -> None:
    assert found(batched(np.random.default_rng(seed)))[1] is not None


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("n", [1_000, 60_000])
def test_a_program_that_decides_every_day_has_none(seed: int, n: int) -> None:
    assert found(simulated(np.random.default_rng(seed), n))[1] is None


def test_one_busy_day_is_not_a_program_of_batches() -> None:
    files = simulated(np.random.default_rng(0), 20_000)
    day = FIRST + 900
    waiting = (files.received < day) & (files.decided > day)
    one = Files(files.received, np.where(waiting, day, files.decided), files.stratum)
    assert found(one)[1] is None


def test_few_files_make_no_batch() -> None:
    received = FIRST + np.arange(50)
    assert found(Files(received, np.full(50, FIRST + 60), np.zeros(50, int)))[1] is None


def test_the_next_batches_lie_ahead_in_order_and_their_middle_is_a_gap_away() -> None:
    files = batched(np.random.default_rng(1))
    last = int(files.decided[files.decided < CUTOFF].max())
    _, known = found(files, last + 1)
    assert known is not None
    assert (known.ahead >= 0).all()
    assert (np.diff(known.ahead, axis=1) >= 0).all()
    assert 60 < np.median(known.ahead[:, 0]) < 120


def test_the_share_still_waiting_never_rises_and_falls_to_nearly_none() -> None:
    sample, known = found(batched(np.random.default_rng(2)))
    assert known is not None
    waiting = sample.decided == PENDING
    curve = Batched(known, CUTOFF - sample.received[waiting])
    for one in (0, int(waiting.sum()) - 1):
        days = np.arange(curve.furthest[one] + 1)
        left = curve.still_open(days, np.full(len(days), one))
        assert (np.diff(left) <= 1e-12).all()
        assert left[0] <= 1
        assert left[-1] < 0.2


def test_dates_of_batches_hold_most_often() -> None:
    files = batched(np.random.default_rng(3))
    held = []
    for cutoff in range(CUTOFF - 300, CUTOFF + 300, 30):
        sample, known = found(files, cutoff)
        assert known is not None
        at = np.flatnonzero(sample.decided == PENDING)
        age = cutoff - sample.received[at]
        more, _ = days_until(Batched(known, age), 0.8, np.arange(len(at)))
        held.append((files.decided[at] <= cutoff + more).mean())
    assert np.mean(held) > 0.75


def test_the_same_files_give_the_same_scenarios() -> None:
    files = batched(np.random.default_rng(4))
    (_, one), (_, again) = found(files), found(files)
    assert one is not None
    assert again is not None
    assert (one.ahead == again.ahead).all()
