"""How many files will wait: what is promised of a forecast, of its range and of its record."""

import gzip
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from parvis.engines.forecasting.backlog import (
    HORIZONS,
    HistoryTooShort,
    Outlook,
    Record,
    forecast,
    track_record,
)

Ints = NDArray[np.int64]
REAL = Path(__file__).parents[4] / "shared" / "data" / "casework"
YEARS = 1_500


def delayed(received: Ints, stays: Ints) -> tuple[Ints, Ints, int]:
    """Return counts of a program that closes each day's files `stays` days later, and what waits.

    `stays` is one number for each file, in the order in which they came.
    """
    days = np.repeat(np.arange(received.size), received) + stays
    closed = np.bincount(days, minlength=received.size)[: received.size]
    return received, closed, int((received - closed).sum())


def seasonal(seed: int, days: int = YEARS) -> tuple[Ints, Ints, int]:
    """Return counts of a program with a busy season, whose files wait some sixty days."""
    rng = np.random.default_rng(seed)
    rate = 12 * (1 + 0.7 * np.sin(2 * np.pi * np.arange(days) / 365))
    received = rng.poisson(rate)
    return delayed(received, rng.gamma(4, 15, received.sum()).astype(np.int64))


def drifting(seed: int, days: int = 2_000) -> tuple[Ints, Ints, int]:
    """Return counts of a program without seasons whose inventory wanders."""
    rng = np.random.default_rng(seed)
    received, able = rng.poisson(20, days), rng.poisson(20, days)
    closed, waiting = np.zeros(days, dtype=np.int64), 600
    for day in range(days):
        closed[day] = min(able[day], waiting + received[day])
        waiting += received[day] - closed[day]
    return received, closed, int(waiting)


def test_a_forecast_comes_for_each_horizon_with_its_range() -> None:
    received, closed, waiting = seasonal(1)
    told = forecast(received, closed, waiting=waiting)
    assert [one.days for one in told] == list(HORIZONS)
    assert all(0 <= one.low <= one.expected <= one.high for one in told)
    assert [one.days for one in forecast(received, closed, waiting=waiting, horizons=(7,))] == [7]


def test_a_season_that_comes_back_is_foreseen() -> None:
    """A year before is as good as can be where every year is alike: we learn to be as good."""
    records = [
        track_record(*counts[:2], waiting=counts[2], since=1_500)
        for counts in (seasonal(seed, 2_500) for seed in range(6))
    ]
    for at_horizon in zip(*records, strict=True):
        ours, last, year_before = (
            sum(getattr(one, error) for one in at_horizon)
            for error in ("error", "last_value_error", "seasonal_error")
        )
        assert ours < last / 4
        assert ours < 1.1 * year_before


def test_an_inventory_that_wanders_is_forecast_about_as_well_as_by_its_last_value() -> None:
    records = [
        track_record(*counts[:2], waiting=counts[2], since=800)
        for counts in (drifting(seed) for seed in range(20))
    ]
    for at_horizon in zip(*records, strict=True):
        ours, last = (
            sum(getattr(one, error) for one in at_horizon)
            for error in ("error", "last_value_error")
        )
        assert ours < 1.1 * last


def test_what_does_not_change_is_foreseen_to_the_file() -> None:
    counts = np.full(1_000, 3)
    assert forecast(counts, counts, waiting=42) == tuple(
        Outlook(days, 42, 42, 42) for days in HORIZONS
    )
    for one in track_record(counts, counts, waiting=42):
        assert (one.error, one.last_value_error, one.seasonal_error) == (0, 0, 0)
        assert (one.seasonal_change_error, one.inside) == (0, 1)


@pytest.mark.parametrize("waiting", [0, 17])
def test_where_nothing_comes_and_nothing_goes_nothing_changes(waiting: int) -> None:
    nothing = np.zeros(800, dtype=np.int64)
    assert forecast(nothing, nothing, waiting=waiting) == tuple(
        Outlook(days, waiting, waiting, waiting) for days in HORIZONS
    )


def test_a_gap_of_five_years_is_got_over() -> None:
    received, closed, waiting = seasonal(3)
    gap = np.zeros(5 * 365, dtype=np.int64)
    received = np.concatenate((received, gap, received))
    closed = np.concatenate((closed, gap, closed))
    told = forecast(received, closed, waiting=2 * waiting)
    assert all(0 <= one.low <= one.expected <= one.high < 20 * waiting for one in told)
    assert all(one.scored > 0 for one in track_record(received, closed, waiting=2 * waiting))


def test_files_that_are_all_closed_on_one_day_leave_a_wide_range_not_an_error() -> None:
    received = np.full(900, 5)
    closed = np.zeros(900, dtype=np.int64)
    closed[700] = 5 * 701
    told = forecast(received, closed, waiting=5 * 199)
    assert all(0 <= one.low <= one.expected <= one.high for one in told)
    assert told[-1].high - told[-1].low > 100


@settings(max_examples=60, deadline=None)
@given(
    days=st.integers(392, 900),
    rate=st.floats(0, 30),
    burst=st.integers(1, 120),
    left=st.integers(0, 500),
    seed=st.integers(0, 2**32 - 1),
)
def test_no_forecast_is_below_zero_or_outside_its_range(
    days: int, rate: float, burst: int, left: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    received = rng.poisson(rate, days)
    closed = np.zeros(days, dtype=np.int64)
    closed[burst::burst] = np.add.reduceat(received, np.arange(0, days, burst))[
        : closed[burst::burst].size
    ]
    waiting = int((received - closed).sum()) + left
    for one in forecast(received, closed, waiting=waiting):
        assert 0 <= one.low <= one.expected <= one.high


@pytest.mark.parametrize("counts", [seasonal(4), drifting(4)], ids=["seasonal", "drifting"])
def test_what_comes_later_changes_no_forecast_made_before(
    counts: tuple[Ints, Ints, int],
) -> None:
    """The record of a forecast is that forecast, even if all that follows is planted."""
    received, closed, waiting = counts
    origin, days = received.size - 183, 182
    known = waiting - int((received - closed)[origin + 1 :].sum())
    told = forecast(received[: origin + 1], closed[: origin + 1], waiting=known, horizons=(days,))[
        0
    ]
    flood = received.copy()
    flood[origin + 1 :] += 1_000
    for came in (received, flood):
        then = known + int((came - closed)[origin + 1 :].sum())
        one = track_record(came, closed, waiting=then, since=origin, horizons=(days,))[0]
        assert one.scored == 1
        assert one.error == abs(told.expected - then)
        assert one.inside == (told.low <= then <= told.high)


def test_a_record_depends_on_no_other_origin_or_horizon() -> None:
    received, closed, waiting = seasonal(5)
    all_days = track_record(received, closed, waiting=waiting, every=1, since=1_200)
    alone = [
        track_record(received, closed, waiting=waiting, every=1, since=1_200, horizons=(days,))[0]
        for days in HORIZONS
    ]
    assert list(all_days) == alone
    assert [one.scored for one in all_days] == [YEARS - 1_200 - days for days in HORIZONS]


def test_the_simple_forecasts_are_what_they_are_called() -> None:
    received, closed, waiting = seasonal(6)
    inventory = waiting - (received - closed)[::-1].cumsum()[::-1] + (received - closed)
    one = track_record(received, closed, waiting=waiting, since=YEARS - 31, horizons=(30,))[0]
    then, now = inventory[-1], inventory[-31]
    year_before, change = inventory[-1 - 365], inventory[-1 - 365] - inventory[-31 - 365]
    assert (one.scored, one.last_value_error) == (1, abs(now - then))
    assert one.seasonal_error == abs(year_before - then)
    assert one.seasonal_change_error == abs(now + change - then)


def inside(counts: list[tuple[Ints, Ints, int]], since: int) -> list[float]:
    """Return the share of outcomes inside the range at each horizon, mean of several programs."""
    records = [track_record(*one[:2], waiting=one[2], since=since) for one in counts]
    return [float(np.mean([record[k].inside for record in records])) for k in range(3)]


def test_a_range_holds_about_eight_outcomes_of_ten_where_an_inventory_wanders() -> None:
    """Half a year ahead somewhat fewer: a few years hold only a few half-years to learn from."""
    month, quarter, half_year = inside([drifting(seed, 2_500) for seed in range(12)], since=1_000)
    assert 0.72 < month < 0.88
    assert 0.68 < quarter < 0.88
    assert 0.6 < half_year < 0.88


def test_a_range_is_not_too_narrow_where_there_is_a_season() -> None:
    """It is too wide: the errors of the first year, whose season was new, are remembered."""
    assert min(inside([seasonal(seed, 2_500) for seed in range(6)], since=1_000)) > 0.78


def test_a_range_widens_with_the_horizon_where_there_is_no_season() -> None:
    widths = np.array(
        [
            [
                one.high - one.low
                for one in forecast(*counts[:2], waiting=counts[2], horizons=HORIZONS)
            ]
            for counts in (drifting(seed) for seed in range(12))
        ]
    ).mean(axis=0)
    assert widths[0] < widths[1] < widths[2]


def test_too_short_a_history_is_refused_with_the_days_it_has_and_needs() -> None:
    counts = np.ones(391, dtype=np.int64)
    with pytest.raises(HistoryTooShort, match="cover 391 days; this takes at least 392") as short:
        forecast(counts, counts, waiting=5)
    assert (short.value.has, short.value.needs) == (391, 392)
    assert forecast(np.ones(392), np.ones(392), waiting=5)
    assert forecast(counts, counts, waiting=5, horizons=(30, 91))


@pytest.mark.parametrize(("days", "needs"), [(30, 396), (91, 457), (182, 574)])
def test_a_record_takes_a_year_and_an_outcome_more(days: int, needs: int) -> None:
    counts = np.ones(needs, dtype=np.int64)
    assert track_record(counts, counts, waiting=5, horizons=(days,))[0].scored == 1
    with pytest.raises(HistoryTooShort, match=f"{needs - 1} days; this takes at least {needs}"):
        track_record(counts[1:], counts[1:], waiting=5, horizons=(days,))
    with pytest.raises(HistoryTooShort, match=f"at least {needs + 10 + days}"):
        track_record(counts, counts, waiting=5, horizons=(days,), since=needs + 9)


ONES = np.ones(600)


def with_one(value: float) -> NDArray[np.float64]:
    changed = ONES.copy()
    changed[10] = value
    return changed


@pytest.mark.parametrize(
    ("received", "closed", "waiting", "said"),
    [
        (with_one(-1), ONES, 5, "received on day 10 is -1.0; it is a whole number"),
        (ONES, with_one(np.nan), 5, "closed on day 10 is nan; it is a whole number"),
        (with_one(0.5), ONES, 5, "received on day 10 is 0.5"),
        (with_one(np.inf), ONES, 5, "received on day 10 is inf"),
        (ONES, ONES[1:], 5, "Received covers 600 days and closed 599"),
        (ONES.reshape(2, 300), ONES, 5, "received has 2 dimensions"),
        (["a"] * 600, ONES, 5, "one whole number a day"),
        (ONES, ONES, -1, "Waiting is -1; it is a whole number of files"),
        (ONES, ONES, 1.5, "Waiting is 1.5; it is a whole number of files"),
        (with_one(9)[::-1], with_one(9), 5, "leave -3 on an earlier day"),
        (with_one(9), ONES, 5, "leave -3 on an earlier day"),
    ],
)
def test_counts_that_cannot_be_true_are_refused_in_words(
    received: NDArray[np.float64], closed: NDArray[np.float64], waiting: int, said: str
) -> None:
    for ask in (forecast, track_record):
        with pytest.raises(ValueError, match=said):
            ask(received, closed, waiting=waiting)


@pytest.mark.parametrize("horizons", [(), (0,), (366,), (-30, 30)])
def test_a_horizon_is_one_day_to_one_year(horizons: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="A horizon is 1 to 365 days"):
        forecast(ONES, ONES, waiting=5, horizons=horizons)


def test_every_is_at_least_one_day() -> None:
    with pytest.raises(ValueError, match="`every` is 1 or more"):
        track_record(ONES, ONES, waiting=5, every=0)


def test_a_whole_year_ahead_can_be_asked_for() -> None:
    received, closed, waiting = seasonal(7)
    one = forecast(received, closed, waiting=waiting, horizons=(365,))[0]
    assert 0 <= one.low <= one.expected <= one.high


@pytest.fixture(scope="module")
def workers() -> tuple[Record, ...]:
    """Records of a real program from 2013 on; parameters were chosen on the years before."""
    path = REAL / "h2b_cases_2004_2019.csv.gz"
    if not path.exists():
        pytest.skip(f"the real file {path.name} is not at hand: {REAL} has none")
    with gzip.open(path, "rt") as rows:
        spans = [row.split(",")[2:4] for row in rows][1:]
    days = np.array([[date.fromisoformat(day).toordinal() for day in span] for span in spans])
    first, end = days.min(), date(2018, 7, 1).toordinal()
    came, went = (np.bincount(part - first)[: end - first] for part in days.T)
    since = int(date(2013, 1, 1).toordinal() - first)
    return track_record(came, went, waiting=int((came - went).sum()), since=since)


def test_a_real_program_is_forecast_better_than_by_the_simple_ones(
    workers: tuple[Record, ...],
) -> None:
    for one in workers:
        assert one.scored > 250
        assert one.error < min(one.last_value_error, one.seasonal_error)
        assert 0.7 < one.inside < 0.9
