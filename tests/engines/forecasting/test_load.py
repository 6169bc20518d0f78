"""A load is what lay ahead of a file, by what was known on the day it came."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.engines.forecasting.files import PENDING
from parvis.engines.forecasting.load import CLASSES, YEAR, edges, loads

FILES = st.lists(st.tuples(st.integers(0, 900), st.integers(0, 500)), min_size=1, max_size=40)


@given(FILES)
@settings(deadline=None)
def test_a_load_is_who_waited_over_who_left_a_day(files: list[tuple[int, int]]) -> None:
    received, wait = np.array(sorted(files)).T
    decided = np.where(wait < 450, received + wait, PENDING)
    found = loads(received, decided, received)
    for one, day in zip(found, received, strict=True):
        waiting = ((received < day) & (decided >= day)).sum()
        done = ((decided < day) & (decided >= day - YEAR)).sum()
        assert one == (waiting + 1) / max(done / YEAR, 1 / YEAR)


@given(FILES, st.integers(0, 900))
@settings(deadline=None)
def test_what_comes_later_changes_no_load(files: list[tuple[int, int]], today: int) -> None:
    received, wait = np.array(sorted(files)).T
    decided = received + wait
    before = received < today
    known = np.where(decided < today, decided, PENDING)[before]
    days = np.arange(max(today - 50, 0), today + 1)
    here = loads(received[before], known, days)
    assert (loads(received, decided, days) == here).all()


def test_a_quarter_of_the_files_is_in_each_class() -> None:
    load = np.random.default_rng(0).random(1_000)
    assert np.bincount(np.searchsorted(edges(load), load)).tolist() == [1_000 // CLASSES] * CLASSES
