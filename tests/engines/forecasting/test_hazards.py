"""Decided and at risk are counted as anyone would count them; survival is Kaplan and Meier's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter

from parvis.engines.forecasting.files import PENDING
from parvis.engines.forecasting.hazards import (
    ENOUGH_DECISIONS,
    WINDOWS,
    Counts,
    Sample,
    count,
    hazards,
)
from tests.engines.forecasting.simulated import FIRST, simulated

CUTOFF = 60
AGES = 2 * CUTOFF
SOME_FILES = st.lists(
    st.tuples(st.integers(0, CUTOFF - 1), st.integers(0, 2 * CUTOFF), st.integers(0, 2)),
    min_size=1,
    max_size=30,
)


def sample_of(files: list[tuple[int, int, int]]) -> Sample:
    """Return files by receipt, wait and cell, as they were known at the cut-off."""
    received, wait, cell = np.array(files).T
    decided = np.where(received + wait < CUTOFF, received + wait, PENDING)
    return Sample(received, decided, CUTOFF, AGES, cell, 3)


def counted_slowly(sample: Sample, window: int | None) -> tuple[np.ndarray, np.ndarray]:
    """Walk through every day of every file, from the first decision on."""
    decided, at_risk = np.zeros((3, AGES)), np.zeros((3, AGES))
    begins = max(min(sample.decided.min(), CUTOFF), 0 if window is None else CUTOFF - window)
    for received, went, cell in zip(sample.received, sample.decided, sample.where, strict=True):
        for day in range(max(received, begins), CUTOFF):
            if day <= went:
                at_risk[cell, day - received] += 1
            if day == went:
                decided[cell, day - received] += 1
    return decided, at_risk


@given(SOME_FILES, st.sampled_from([None, 1, 7, 30, 91]))
@settings(deadline=None)
def test_files_are_counted_as_if_each_day_of_each_were_looked_at(
    files: list[tuple[int, int, int]], window: int | None
) -> None:
    sample = sample_of(files)
    found = count(sample, window)
    decided, at_risk = counted_slowly(sample, window)
    assert (found.decided == decided).all()
    assert (found.at_risk == at_risk).all()


@given(SOME_FILES)
@settings(deadline=None)
def test_the_two_counts_that_are_told_are_of_files_seen_at_that_age_or_later(
    files: list[tuple[int, int, int]],
) -> None:
    sample = sample_of(files)
    found = hazards(sample)
    for cell in range(3):
        for age in range(AGES):
            there = (sample.where == cell) & (sample.left_at >= age)
            assert found.reached[cell, age] == there.sum()
            assert found.decided[cell, age] == (there & (sample.decided < CUTOFF)).sum()


def survival(counts: Counts) -> np.ndarray:
    """Return how many of all are left after each age, nothing pulled anywhere."""
    none = np.zeros_like(counts.decided)
    share = np.divide(counts.decided, counts.at_risk, out=none, where=counts.at_risk > 0)
    return np.cumprod(1 - share[0])


@pytest.mark.parametrize("window", [None, 91, 365])
def test_with_nothing_pulled_it_is_what_kaplan_and_meier_say(window: int | None) -> None:
    files = simulated(np.random.default_rng(3), 2_000)
    cutoff = FIRST + 4 * 365
    there = files.received < cutoff
    received = files.received[there]
    decided = np.where(files.decided[there] < cutoff, files.decided[there], PENDING)
    sample = Sample(received, decided, cutoff, 400)
    begins = decided.min() if window is None else cutoff - window
    lately = decided >= begins
    # Theirs is a point in time, ours a whole day: who is decided on day 0 was at risk before it.
    oracle = KaplanMeierFitter().fit(
        sample.left_at[lately] + 1,
        decided[lately] < cutoff,
        entry=np.maximum(0, begins - received[lately]),
    )
    counts = count(sample, window)
    reached = int(np.flatnonzero(counts.at_risk[0])[-1])
    theirs = oracle.survival_function_at_times(np.arange(1, reached + 2)).to_numpy()
    np.testing.assert_allclose(survival(counts)[: reached + 1], theirs, atol=1e-12)


def test_a_window_with_few_decisions_is_not_heard_and_all_of_history_always_is() -> None:
    received = np.arange(400)
    few = hazards(Sample(received, received + 5, 405, 50))
    assert few.used.tolist() == [window >= ENOUGH_DECISIONS for window in WINDOWS] + [True]
    nothing = hazards(Sample(received, np.full(400, PENDING), 405, 900))
    assert nothing.used.tolist() == [False] * len(WINDOWS) + [True]


def test_a_cell_with_no_files_goes_at_the_pace_of_its_stratum() -> None:
    received = np.arange(1_000)
    decided = received + received % 40
    alone = hazards(Sample(received, decided, 1_100, 100))
    beside = hazards(Sample(received, decided, 1_100, 100, np.zeros(1_000, int), 2))
    np.testing.assert_allclose(beside.by_window[1], alone.by_window[0])


def test_the_pace_goes_on_beyond_the_oldest_file_seen() -> None:
    files = simulated(np.random.default_rng(1))
    cutoff = FIRST + 6 * 365
    found = hazards(Sample(files.received, files.decided, cutoff, 2_000)).by_window[0]
    oldest = int((files.decided - files.received).max())
    beyond = found[:, oldest + 1 :]
    assert (beyond > 0).all()
    np.testing.assert_allclose(beyond, beyond[:, :1].repeat(beyond.shape[1], axis=1))


def test_no_pace_is_below_nothing_or_a_certainty() -> None:
    together = np.zeros(500, np.int64)
    found = hazards(Sample(together, together + 9, 30, 61))
    assert (found.by_window >= 0).all()
    assert (found.by_window < 1).all()
    assert found.by_window[0, :, 9].min() > 0.99
