"""Where dates were kept too seldom, a surer one is asked for; where they were true, the same."""

import numpy as np
import pytest

from parvis.engines.forecasting.files import PENDING
from parvis.engines.forecasting.outlook import Outlook
from parvis.engines.forecasting.recalibration import recalibrated
from tests.engines.forecasting.simulated import FIRST

SHARES = (0.5, 0.8)
FURTHEST = 2_000


class Believed:
    """A belief that a part of the files is decided each day, whatever their age."""

    def __init__(self, n: int, daily: float) -> None:
        self.furthest = np.full(n, FURTHEST)
        self._daily = daily

    def still_open(self, more: np.ndarray, where: np.ndarray) -> np.ndarray:
        return (1 - self._daily) ** (more + 1.0)


def promises(rng: np.random.Generator, *, believed: float, true: float, months: int = 30):
    """Return past outlooks on 100 new files each, and when these came and were decided."""
    received = np.repeat(FIRST + 30 * np.arange(months), 100)
    decided = received + rng.geometric(true, len(received)) - 1
    none = np.zeros(100, np.int64)
    past = [
        Outlook(
            cutoff=int(received[file[0]]),
            file=file,
            age=none,
            curve=Believed(100, believed),
            alike=none,
            reached=none,
            decided=none,
        )
        for file in np.arange(len(received)).reshape(months, 100)
    ]
    return past, received, decided


def kept(asked: float, *, believed: float, true: float) -> float:
    """Return how often a date comes true that is asked of the belief."""
    days = np.ceil(np.log(1 - asked) / np.log(1 - believed) - 1e-9)
    return float(1 - (1 - true) ** days)


@pytest.mark.parametrize("true", [0.01, 0.014, 0.02, 0.03, 0.04])
def test_a_belief_that_is_wrong_is_asked_so_that_its_dates_are_kept(true: float) -> None:
    past, received, decided = promises(np.random.default_rng(4), believed=0.02, true=true)
    asked = recalibrated(past, received, decided, FIRST + 2_000, SHARES)
    for share, one in zip(SHARES, asked, strict=True):
        assert kept(one, believed=0.02, true=true) == pytest.approx(share, abs=0.03)
    if true < 0.02:
        assert all(one > share + 0.05 for share, one in zip(SHARES, asked, strict=True))


def test_files_that_still_wait_count_too() -> None:
    true = 0.01
    past, received, decided = promises(np.random.default_rng(5), believed=0.02, true=true)
    now = int(received[-1]) + 30
    known = np.where(decided < now, decided, PENDING)
    asked = recalibrated(past, received, known, now, SHARES)
    for share, one in zip(SHARES, asked, strict=True):
        assert kept(one, believed=0.02, true=true) == pytest.approx(share, abs=0.05)


def test_what_happened_later_is_not_looked_at() -> None:
    past, received, decided = promises(np.random.default_rng(6), believed=0.02, true=0.01)
    now = int(received[-1]) + 30
    known = np.where(decided < now, decided, PENDING)
    assert recalibrated(past, received, decided, now, SHARES) == recalibrated(
        past, received, known, now, SHARES
    )


def test_one_file_is_not_believed_against_the_figures() -> None:
    past, received, decided = promises(np.random.default_rng(7), believed=0.5, true=0.001, months=1)
    past[0].file = past[0].file[:1]
    past[0].age = past[0].age[:1]
    asked = recalibrated(past, received, decided, FIRST + 5_000, SHARES)
    np.testing.assert_allclose(asked, SHARES, atol=0.02)


def test_with_nothing_promised_what_is_wanted_is_asked() -> None:
    none = np.zeros(0, np.int64)
    assert recalibrated([], none, none, FIRST, SHARES) == SHARES
