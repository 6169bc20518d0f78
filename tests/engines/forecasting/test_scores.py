"""Scores are worked out as a person would, and the published rule is what departments publish."""

import numpy as np
import pytest

from parvis.engines.forecasting.files import PENDING
from parvis.engines.forecasting.published import LATELY, published
from parvis.engines.forecasting.scores import score

CUTOFF = np.array([1, 1, 2, 2, 2])
TOOK = np.array([10.0, 30.0, 20.0, 20.0, 50.0])
P50 = np.array([12.0, 12.0, 20.0, 20.0, 20.0])
P80 = np.array([20.0, 20.0, 20.0, 30.0, 30.0])


def test_scores_are_what_they_say() -> None:
    found = score(TOOK, CUTOFF, P50, P80)
    assert found is not None
    assert found.n == 5
    assert found.coverage80 == pytest.approx(60)
    assert found.mad == pytest.approx((30 + 100 * (0.8 - 2 / 3)) / 2)
    assert found.pinball80 == pytest.approx((0.2 * 10 + 0.8 * 10 + 0 + 0.2 * 10 + 0.8 * 20) / 5)
    assert found.mae50 == pytest.approx((2 + 18 + 0 + 0 + 30) / 5)


@pytest.mark.parametrize("unknown", [np.nan, float(PENDING)])
def test_what_still_waits_and_what_was_not_told_is_not_scored(unknown: float) -> None:
    took, p80 = np.append(TOOK, [unknown, 5]), np.append(P80, [9, np.nan])
    found = score(took, np.append(CUTOFF, [2, 2]), np.append(P50, [9, np.nan]), p80)
    assert found == score(TOOK, CUTOFF, P50, P80)


def test_of_nothing_there_is_no_score() -> None:
    none = np.zeros(0)
    assert score(none, none.astype(int), none, none) is None


def test_the_best_pinball_is_the_day_that_four_in_five_are_decided_by() -> None:
    took = np.random.default_rng(0).gamma(2, 30, 4_001)
    same = np.zeros(len(took), int)
    days = np.arange(20, 200)
    lost = []
    for day in days:
        found = score(took, same, np.full(len(took), 1.0), np.full(len(took), float(day)))
        assert found is not None
        lost.append(found.pinball80)
    assert days[np.argmin(lost)] == pytest.approx(np.quantile(took, 0.8), abs=1)


def test_the_published_time_is_the_fewest_days_that_reach_the_share() -> None:
    received = np.zeros(10, np.int64)
    decided = np.arange(1, 11)
    assert published(received, decided, 12, (0.5, 0.8, 0.81)).tolist() == [5, 8, 9]


def test_the_published_time_looks_back_six_months_and_never_ahead() -> None:
    received, decided = np.array([0, 0, 0, 300]), np.array([10, 299, 400, PENDING])
    assert published(received, decided, 299 + LATELY, (0.8,)).tolist() == [400]
    assert published(received, decided, 300, (0.8,)).tolist() == [299]
    assert published(received, decided, 2_000, (0.5,)).tolist() == [299]
    assert np.isnan(published(received, decided, 10, (0.5, 0.8))).all()
