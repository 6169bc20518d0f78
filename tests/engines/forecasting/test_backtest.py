"""What was told on a day depends on nothing that came later."""

from dataclasses import fields, replace

import numpy as np
import pytest

from parvis.engines.forecasting.backtest import METHODS, Told, backtest
from parvis.engines.forecasting.files import PENDING, Files, Touches
from parvis.engines.forecasting.snapshot import TASKS
from tests.engines.forecasting.simulated import (
    FIRST,
    batched,
    known_at,
    scattered,
    simulated,
    touched,
)

UNTIL = FIRST + 700
CUTOFFS = np.array([FIRST + 40, FIRST + 333, FIRST + 365, FIRST + 520, UNTIL])
"""Most of them no first day of a month."""
Dates = dict[int, tuple[set[float], set[float]]]


def many(rng: np.random.Generator) -> Files:
    return scattered(rng, 1_500, 1)


def with_strata(rng: np.random.Generator) -> Files:
    return scattered(rng, 1_200, 5)


def with_one_thin_stratum(rng: np.random.Generator) -> Files:
    files = scattered(rng, 3_500, 1)
    return replace(files, stratum=(rng.random(len(files)) < 0.05).astype(int))


def without_touches(rng: np.random.Generator) -> Files:
    return replace(scattered(rng, 3_000, 2), touches=None)


def with_a_load_that_matters(rng: np.random.Generator) -> Files:
    """Return files that wait in line: three in a day are decided, and more come in summer."""
    day = np.arange(900)
    came = rng.poisson(3 + 1.5 * np.sin(day / 58))
    received = FIRST + np.repeat(day, came)
    decided = np.maximum(received + 5, FIRST + np.arange(len(received)) // 3)
    return Files(received, decided, np.zeros(len(received), int))


def decided_in_days(rng: np.random.Generator) -> Files:
    """Return files so quick that likelihoods are set right by what became of past dates."""
    return simulated(rng, 3_000, 900, draw=lambda rng, n: rng.uniform(-20, 40, n).clip(0))


def in_batches(rng: np.random.Generator) -> Files:
    return touched(rng, batched(rng, 4_000, 3))


KINDS = [
    many,
    with_strata,
    with_one_thin_stratum,
    without_touches,
    with_a_load_that_matters,
    decided_in_days,
    in_batches,
]


def told(files: Files) -> tuple[dict[str, np.ndarray], Dates]:
    """Return the rows of files that had come by the last cut-off, and what others were told then.

    The latter by stratum: who they are is not known yet.
    """
    rows = backtest(files, CUTOFFS)
    there = files.received[rows.file] < UNTIL
    of = np.where(there, -1, files.stratum[rows.file])
    coming = {
        one: (set(rows.p50[of == one].tolist()), set(rows.p80[of == one].tolist()))
        for one in range(files.strata)
        if (of == one).any()
    }
    return {column.name: getattr(rows, column.name)[there] for column in fields(Told)}, coming


def check_same(one: Files, other: Files) -> None:
    """Compare all that was told of both until the last cut-off, and on its day."""
    (before, coming), (after, coming_instead) = told(one), told(other)
    for name, column in before.items():
        np.testing.assert_array_equal(after[name], column, err_msg=name)
    for stratum in set(coming) & set(coming_instead):
        assert coming[stratum] == coming_instead[stratum]


def otherwise(rng: np.random.Generator, files: Files) -> Files:
    """Return the files as if all that happened since had happened otherwise.

    Files that came since never came, or later; others come beside them. Who was decided since is
    decided on another day or never. Touches since are of other kinds and days, or there are none.
    """
    late = np.flatnonzero(files.received >= UNTIL)
    received, decided = files.received.copy(), files.decided.copy()
    since = np.flatnonzero(decided >= UNTIL)
    decided[since] = np.maximum(UNTIL, received[since]) + rng.integers(0, 400, len(since))
    decided[rng.choice(since, len(since) // 3, replace=False)] = PENDING
    received[late] = UNTIL + rng.integers(0, 300, len(late))
    decided[late] = received[late] + rng.integers(0, 3, len(late))
    more = 700
    received = np.concatenate([received, UNTIL + rng.integers(0, 50, more)])
    decided = np.concatenate([decided, received[-more:] + rng.integers(0, 90, more)])
    stratum = np.concatenate([files.stratum, rng.integers(0, files.strata + 2, more)])
    touches = files.touches
    if touches is not None:
        keep = (touches.day < UNTIL) | (rng.random(len(touches.day)) < 0.5)
        file, day, kind = touches.file[keep], touches.day[keep], touches.kind[keep]
        day = np.where(day < UNTIL, day, day + rng.integers(0, 90, len(day)))
        kind = np.where(day < UNTIL, kind, rng.integers(0, 9, len(kind)))
        touches = Touches(file, day, kind)
    return Files(received, decided, stratum, touches)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_comes_later_changes_a_date(kind, seed: int) -> None:  # type: ignore[no-untyped-def]
    rng = np.random.default_rng(seed)
    files = kind(rng)
    check_same(files, otherwise(rng, files))


@pytest.mark.parametrize("kind", KINDS)
def test_a_history_that_ends_earlier_gives_the_same_dates(kind) -> None:  # type: ignore[no-untyped-def]
    files = kind(np.random.default_rng(9))
    check_same(files, known_at(files, UNTIL))


@pytest.mark.parametrize("kind", KINDS)
def test_no_date_lies_before_a_files_age_nor_half_of_them_after_most(kind) -> None:  # type: ignore[no-untyped-def]
    rows = backtest(kind(np.random.default_rng(11)), CUTOFFS)
    ours = rows.method == METHODS.index("parvis")
    known = ours & np.isfinite(rows.p80)
    assert known.sum() > 100
    assert (rows.p50[known] >= rows.age[known]).all()
    assert (rows.p80[known] >= rows.p50[known]).all()
    assert (np.isnan(rows.p50) == np.isnan(rows.p80)).all()


@pytest.mark.parametrize("kind", [with_strata, in_batches])
def test_the_same_files_give_the_same_dates(kind) -> None:  # type: ignore[no-untyped-def]
    files = kind(np.random.default_rng(12))
    check_same(files, files)


def test_the_order_of_the_files_does_not_matter() -> None:
    rng = np.random.default_rng(13)
    files = replace(scattered(rng, 900, 3), touches=None)
    order = rng.permutation(len(files))
    mixed = Files(files.received[order], files.decided[order], files.stratum[order])
    one, other = backtest(files, CUTOFFS), backtest(mixed, CUTOFFS)
    back = np.lexsort((other.method, order[other.file], other.task, other.cutoff))
    np.testing.assert_array_equal(order[other.file][back], one.file)
    np.testing.assert_array_equal(other.p80[back], one.p80)


def test_every_file_of_a_task_has_a_row_a_method_and_rows_are_sorted() -> None:
    files = simulated(np.random.default_rng(14), 600, 800)
    done: list[float] = []
    rows = backtest(files, CUTOFFS, progress=done.append)
    for cutoff in CUTOFFS:
        new = (files.received >= cutoff) & (files.received < cutoff + 30)
        waiting = (files.received < cutoff) & (files.decided >= cutoff)
        for task, expected in zip(TASKS, (new, waiting), strict=True):
            for method in range(len(METHODS)):
                mine = (rows.cutoff == cutoff) & (rows.task == TASKS.index(task))
                found = rows.file[mine & (rows.method == method)]
                assert found.tolist() == np.flatnonzero(expected).tolist()
    order = np.lexsort((rows.method, rows.file, rows.task, rows.cutoff))
    assert (order == np.arange(len(rows))).all()
    assert done[-1] == 1
    assert done == sorted(done)
