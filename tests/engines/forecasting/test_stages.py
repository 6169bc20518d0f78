"""A file stands where it was touched last before the day that one looks."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.engines.forecasting.files import PENDING, Touches
from parvis.engines.forecasting.forecaster import Forecaster
from parvis.engines.forecasting.outlook import Outlook
from parvis.engines.forecasting.snapshot import Way
from parvis.engines.forecasting.stages import Standings, cells, standings
from tests.engines.forecasting.simulated import FIRST, Files, rows, simulated

FILES = st.lists(
    st.tuples(st.integers(-100, 100), st.integers(0, 90), st.lists(st.integers(-120, 120))),
    min_size=1,
    max_size=12,
)
DAYS = np.array([-50, 20, 60, 150])


@given(FILES)
@settings(deadline=None)
def test_a_standing_is_the_last_touch_before_the_day(
    files: list[tuple[int, int, list[int]]],
) -> None:
    files = sorted(files)
    received = np.array([came for came, _, _ in files])
    decided = received + [wait for _, wait, _ in files]
    told = [(one, day) for one, (_, _, days) in enumerate(files) for day in sorted(days)]
    file, day = np.array(told, np.int64).reshape(-1, 2).T
    touches = Touches(file, day, np.arange(len(file)))
    found = standings(received, decided, touches, DAYS)
    seen = []
    for today in DAYS:
        for one in np.flatnonzero((received < today) & (decided >= today)):
            before = np.flatnonzero((file == one) & (day < today))
            kind = before[-1] if before.size else -1
            since = day[kind] if before.size else received[one]
            seen.append((one, today, kind, today - since))
    assert list(zip(found.file, found.day, found.kind, found.quiet, strict=True)) == seen


def standing(kind: list[int], quiet: list[int]) -> Standings:
    none = np.zeros(len(kind), np.int64)
    return Standings(none, none, np.array(kind, np.int64), np.array(quiet, np.int64))


def test_who_stands_alike_shares_a_cell_and_what_stands_so_no_more_has_the_last() -> None:
    past = standing([0, 0, 1, 2, 0], [5, 5, 5, 5, 400])
    now = standing([0, 1, -1], [5, 5, 5])
    then, here, number = cells(past, now)
    assert number == len(set(here.tolist())) + 1
    assert then[0] == then[1] == here[0]
    assert then[2] == here[1]
    assert then[3] == then[4] == number - 1
    assert here[2] not in then


def test_with_no_past_and_with_nobody_waiting_there_are_cells_all_the_same() -> None:
    some, none = standing([0, 1], [5, 9]), standing([], [])
    assert cells(none, some)[1].tolist() == [0, 1]
    assert cells(some, none)[0].tolist() == [0, 0]
    assert cells(none, none)[2] == 1


def nearly_done(rng: np.random.Generator) -> Files:
    """Return files that are touched, nine in ten of them, ten days before they are decided."""
    files = simulated(rng, 6_000)
    last = np.where(rng.random(len(files)) < 0.9, files.decided - 10, files.decided + 1)
    day = np.maximum(np.stack([files.received, last], axis=1), files.received[:, None])
    return Files(files.received, files.decided, files.stratum, rows(np.sort(day, axis=1)))


def test_who_was_examined_is_nearer_the_end_than_others_of_the_same_age() -> None:
    files = nearly_done(np.random.default_rng(2))
    cutoff = FIRST + 1_400
    outlook, _ = told_of(files, cutoff)
    examined = files.decided[outlook.file] - 10 < cutoff
    left = outlook.dates(0.5).days - outlook.age
    for low in (10, 40, 70):
        alike = (outlook.age >= low) & (outlook.age < low + 30)
        assert left[alike & examined].mean() < 0.6 * left[alike & ~examined].mean()


def stopped(rng: np.random.Generator) -> Files:
    """Return files of which half stand still, a hundred days long, while their client is asked.

    Touches are of three kinds: received, asked, answered.
    """
    files = simulated(rng, 6_000)
    worked = files.decided - files.received
    asked_on = files.received + (worked * rng.random(len(files))).astype(np.int64)
    asked = rng.random(len(files)) < 0.5
    decided = files.decided + np.where(asked, 100, 0)
    never = np.int64(PENDING)
    day = np.stack(
        [
            files.received,
            np.where(asked, asked_on, never),
            np.where(asked, asked_on + 100, never),
        ],
        axis=1,
    )
    return Files(files.received, decided, files.stratum, rows(day))


def told_of(files: Files, cutoff: int) -> tuple[Outlook, Standings]:
    outlook = Forecaster(files.received, files.decided, files.touches).outlook(
        cutoff, "open", Way(by_stage=True)
    )
    assert outlook is not None
    assert files.touches is not None
    today = np.array([cutoff])
    return outlook, standings(files.received, files.decided, files.touches, today)


def test_a_file_whose_clock_stands_still_is_told_a_later_date() -> None:
    files = stopped(np.random.default_rng(4))
    outlook, standing = told_of(files, FIRST + 1_400)
    left = outlook.dates(0.8).days - outlook.age
    asked, answered = standing.kind == 1, standing.kind == 2
    just_asked = asked & (standing.quiet < 30)
    old = outlook.age >= 100
    assert left[just_asked & (outlook.age < 60)].mean() > 80
    assert left[answered & old].mean() < 0.75 * left[just_asked & (outlook.age < 60)].mean()


def dormant(rng: np.random.Generator) -> Files:
    """Return files that are touched every twelve days until they are decided, but for one in ten:
    that is left lying after a month, for two years."""
    files = simulated(rng, 6_000)
    lies = rng.random(len(files)) < 0.1
    decided = np.where(lies, files.received + 760, files.decided)
    day = files.received[:, None] + 12 * np.arange(20)
    gone = day >= np.minimum(decided, np.where(lies, files.received + 30, decided))[:, None]
    touches = rows(np.where(gone, PENDING, day))
    kept = touches.day < PENDING
    one_kind = np.zeros(int(kept.sum()), np.int64)
    return Files(
        files.received,
        decided,
        files.stratum,
        Touches(touches.file[kept], touches.day[kept], one_kind),
    )


def test_a_dormant_file_is_kept_apart_from_those_that_are_worked_on() -> None:
    files = dormant(np.random.default_rng(6))
    outlook, standing = told_of(files, FIRST + 1_400)
    left = outlook.dates(0.5).days - outlook.age
    alike = (outlook.age >= 45) & (outlook.age < 200)
    lies = standing.quiet > 30
    assert (alike & lies).sum() > 20
    assert (alike & ~lies).sum() > 20
    worked_on = np.median(left[alike & ~lies])
    assert worked_on < 60
    assert np.median(left[alike & lies]) > 4 * worked_on
