"""Where there is little or nothing to go by, a date is sane or is not told; nothing breaks."""

import numpy as np
import pytest

from parvis.engines.forecasting.backtest import METHODS, Told, backtest
from parvis.engines.forecasting.files import PENDING, Files, Touches, files_of
from parvis.engines.forecasting.forecaster import Forecaster
from parvis.engines.forecasting.snapshot import TASKS
from parvis.engines.forecasting.strata import Strata
from tests.engines.forecasting.simulated import FIRST, simulated

CUTOFFS = FIRST + np.array([0, 1, 31, 59, 400, 1_000, 2_500])
NONE = np.zeros(0, np.int64)


def after_a_gap() -> Files:
    early, late = (simulated(np.random.default_rng(one), 300, 200) for one in range(2))
    away = 5 * 365
    received = np.concatenate([early.received, late.received + away])
    return files_of(received, np.concatenate([early.decided, late.decided + away]))


def all_on_one_day() -> Files:
    return files_of(np.full(300, FIRST + 20), np.full(300, FIRST + 50))


def decided_at_once() -> Files:
    received = FIRST + np.arange(900)
    return files_of(received, received)


def one_stratum_with_nothing_decided() -> Files:
    files = simulated(np.random.default_rng(3), 800, 900)
    stratum = np.arange(800) % 2
    return files_of(files.received, np.where(stratum == 1, PENDING, files.decided), stratum)


def a_stratum_that_has_no_files() -> Files:
    files = simulated(np.random.default_rng(4), 800, 900)
    return files_of(files.received, files.decided, 2 * (np.arange(800) % 2))


def nothing_ever_touched() -> Files:
    files = simulated(np.random.default_rng(5), 800, 900)
    return Files(files.received, files.decided, files.stratum, Touches(NONE, NONE, NONE))


def one_from_the_century_before() -> Files:
    files = simulated(np.random.default_rng(6), 400, 900)
    return files_of([-20_000, *files.received], [PENDING, *files.decided])


SPARSE = {
    "no files": files_of([], []),
    "one file, waiting": files_of([FIRST], [PENDING]),
    "three files": files_of([FIRST, FIRST + 3, FIRST + 9], [FIRST + 5, FIRST + 70, PENDING]),
    "all waiting": files_of(FIRST + np.arange(500), np.full(500, PENDING)),
    "all decided on one day": files_of(FIRST + np.arange(400), np.full(400, FIRST + 402)),
    "all on one day": all_on_one_day(),
    "decided at once": decided_at_once(),
    "a gap of five years": after_a_gap(),
    "one stratum with nothing decided": one_stratum_with_nothing_decided(),
    "a stratum that has no files": a_stratum_that_has_no_files(),
    "nothing ever touched": nothing_ever_touched(),
    "one from the century before": one_from_the_century_before(),
}


@pytest.mark.parametrize("files", SPARSE.values(), ids=SPARSE.keys())
def test_a_date_is_sane_or_is_not_told(files: Files) -> None:
    rows = backtest(files, CUTOFFS)
    ours = rows.method == METHODS.index("parvis")
    told = ours & np.isfinite(rows.p50)
    assert (rows.p50[told] >= rows.age[told]).all()
    assert (rows.p80[told] >= rows.p50[told]).all()
    if told.any():
        oldest = int((np.minimum(files.decided, CUTOFFS[-1]) - files.received).max())
        assert rows.p80[told].max() <= 3 * (oldest + 1)


def dates(rows: Told, cutoff: int, task: str) -> np.ndarray:
    ours = (rows.method == METHODS.index("parvis")) & (rows.task == TASKS.index(task))
    return rows.p80[ours & (rows.cutoff == cutoff)]


@pytest.mark.parametrize("name", ["one file, waiting", "all waiting"])
def test_before_the_first_decision_no_date_is_told(name: str) -> None:
    rows = backtest(SPARSE[name], CUTOFFS)
    assert len(rows)
    assert np.isnan(rows.p80).all()
    assert np.isnan(rows.p50).all()


def test_of_what_is_decided_at_once_that_is_told() -> None:
    rows = backtest(SPARSE["decided at once"], CUTOFFS)
    cutoff = int(CUTOFFS[4])
    assert set(dates(rows, cutoff, "new").tolist()) == {0.0}
    assert dates(rows, cutoff, "open").tolist() == []


def test_a_stratum_with_nothing_decided_is_read_with_the_others() -> None:
    files = one_stratum_with_nothing_decided()
    rows = backtest(files, CUTOFFS[4:5])
    theirs = (rows.method == METHODS.index("parvis")) & (files.stratum[rows.file] == 1)
    assert theirs.any()
    assert np.isfinite(rows.p80[theirs]).all()


def test_after_a_gap_dates_are_told_of_what_was_known_before_it() -> None:
    files = after_a_gap()
    cutoff = FIRST + 5 * 365 + 10
    early, late = (
        dates(backtest(files, np.array([one])), one, "new") for one in (cutoff, cutoff + 150)
    )
    assert len(early)
    assert len(late)
    assert 0.4 < np.median(early) / np.median(late) < 2.5


def test_one_stray_file_moves_no_date_of_the_others() -> None:
    files = one_from_the_century_before()
    alone = files_of(files.received[1:], files.decided[1:])
    cutoff = int(CUTOFFS[4])
    with_it = dates(backtest(files, CUTOFFS[4:5]), cutoff, "new")
    without = dates(backtest(alone, CUTOFFS[4:5]), cutoff, "new")
    np.testing.assert_allclose(with_it, without, atol=2)


def test_no_files_have_no_strata_and_a_stratum_of_none_has_no_setting() -> None:
    assert Strata(files_of([], [])).each() == []
    nobody = Forecaster(NONE, NONE)
    assert nobody.outlook(FIRST, "open", nobody.setting(FIRST, "open", (0.8,)).way) is None
