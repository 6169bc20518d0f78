"""Days of presence: calendars counted by hand, leap years, and a slow count of each day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.engines.rules.presence.counting import Terms, enough_on, presence, window_before
from parvis.engines.rules.presence.history import History, Trip
from parvis.engines.rules.presence.refusals import HistoryRefused
from parvis.engines.rules.presence.stretches import Stretch, days_in

TERMS = Terms(days=1095, years=5, most_before=365)
DAY = timedelta(days=1)


def counted(history: History, applying_on: date):
    return presence(history, TERMS, applying_on=applying_on, today=applying_on)


def test_the_departments_own_example_comes_out_as_its_page_has_it():
    """eservices.cic.gc.ca/rescalc, question 2: signed 1 April 2018, resident from 1 January 2016.

    From 1 April 2013 to 31 December 2015 are 1,005 days, 44 of them away: half of 961 is above 365.
    From 1 January 2016 to 31 March 2018 are 366 + 365 + 90 = 821 days.
    """
    history = History(
        resident_since=date(2016, 1, 1),
        before_residence=[Stretch(date(2012, 4, 1), date(2015, 12, 31))],
        trips=[Trip(date(2014, 7, 1), date(2014, 8, 15))],
    )
    found = counted(history, date(2018, 4, 1))
    assert found.window == Stretch(date(2013, 4, 1), date(2018, 3, 31))
    assert found.away == 44
    assert found.before == 1005 - 44
    assert found.counted_before == 365
    assert found.as_resident == 821
    assert found.total == 1186


@pytest.mark.parametrize(
    ("left", "returned", "away"),
    [
        (date(2013, 7, 1), date(2013, 7, 15), 13),
        (date(2013, 7, 1), date(2013, 7, 2), 0),
        (date(2013, 7, 1), date(2013, 7, 1), 0),
        (date(2016, 2, 28), date(2016, 3, 1), 1),
        (date(2015, 2, 28), date(2015, 3, 1), 0),
        (date(2015, 12, 31), date(2017, 1, 1), 366),
    ],
)
def test_neither_the_day_of_leaving_nor_that_of_coming_back_is_an_absence(left, returned, away):
    history = History(resident_since=date(2010, 1, 1), trips=[Trip(left, returned)])
    found = counted(history, date(2018, 4, 1))
    assert found.away == away
    assert found.as_resident == 1826 - away


@pytest.mark.parametrize(
    ("applying_on", "first", "days"),
    [
        (date(2018, 4, 1), date(2013, 4, 1), 1826),
        (date(2020, 3, 1), date(2015, 3, 1), 1827),
        (date(2019, 2, 28), date(2014, 2, 28), 1826),
        (date(2024, 2, 29), date(2019, 2, 28), 1827),
        (date(2024, 3, 1), date(2019, 3, 1), 1827),
        (date(2025, 2, 28), date(2020, 2, 28), 1827),
        (date(2025, 3, 1), date(2020, 3, 1), 1826),
        (date(2104, 2, 29), date(2099, 2, 28), 1826),
    ],
)
def test_five_years_end_on_the_day_before_and_have_the_leap_days_that_fall_in_them(
    applying_on, first, days
):
    window = window_before(applying_on, 5)
    assert (window.first, window.last) == (first, applying_on - DAY)
    assert window.days == days


def test_a_century_that_is_no_leap_year_has_no_29_february():
    assert window_before(date(2101, 3, 1), 5).days == 5 * 365


def test_half_days_end_where_residence_begins_and_add_up_to_halves():
    history = History(
        resident_since=date(2022, 1, 1),
        before_residence=[Stretch(date(2021, 12, 29), date(2030, 1, 1))],
    )
    found = counted(history, date(2024, 1, 1))
    assert found.before == 3
    assert found.counted_before == Decimal("1.5")
    assert found.as_resident == 365 + 365
    assert found.total == Decimal("731.5")


def test_730_half_days_reach_the_limit_and_one_more_adds_nothing():
    for days, counts in ((729, Decimal("364.5")), (730, Decimal(365)), (731, Decimal(365))):
        history = History(
            resident_since=date(2022, 1, 1),
            before_residence=[Stretch(date(2022, 1, 1) - days * DAY, date(2021, 12, 31))],
        )
        assert counted(history, date(2024, 1, 1)).counted_before == counts


def test_a_day_with_two_statuses_counts_once():
    both = [Stretch(date(2021, 1, 1), date(2021, 12, 31))] * 2
    one = History(resident_since=date(2022, 1, 1), before_residence=both[:1])
    two = History(resident_since=date(2022, 1, 1), before_residence=both)
    assert counted(one, date(2024, 1, 1)) == counted(two, date(2024, 1, 1))


def test_days_of_a_sentence_do_not_count_and_are_told_apart_from_absences():
    history = History(
        resident_since=date(2018, 1, 1),
        trips=[Trip(date(2022, 1, 1), date(2022, 1, 12))],
        serving=[Stretch(date(2022, 1, 10), date(2022, 1, 20))],
    )
    found = counted(history, date(2024, 1, 1))
    # 2 to 11 January away; of 10 to 20 January, 12 to 20 are left.
    assert (found.away, found.served) == (10, 9)
    assert found.as_resident == 1826 - 19


def test_without_residence_nothing_is_counted_as_a_resident_and_no_day_is_enough():
    history = History(
        resident_since=None, before_residence=[Stretch(date(2019, 1, 1), date(2024, 1, 1))]
    )
    found = counted(history, date(2024, 1, 1))
    assert (found.as_resident, found.counted_before) == (0, 365)
    assert enough_on(history, TERMS, applying_on=date(2024, 1, 1)) is None


def test_a_trip_across_the_edge_of_the_five_years_counts_for_its_part_inside():
    history = History(
        resident_since=date(2010, 1, 1), trips=[Trip(date(2018, 12, 1), date(2019, 1, 11))]
    )
    assert counted(history, date(2024, 1, 1)).away == 10


def test_1094_days_and_a_half_are_not_enough_and_a_day_later_they_are():
    history = History(
        resident_since=date(2022, 1, 1),
        before_residence=[Stretch(date(2021, 12, 31), date(2021, 12, 31))],
    )
    applying_on = date(2022, 1, 1) + 1094 * DAY
    assert counted(history, applying_on).total == Decimal("1094.5")
    assert enough_on(history, TERMS, applying_on=applying_on) == applying_on + DAY


days = st.dates(date(2015, 1, 1), date(2024, 12, 31))
stretches = st.lists(st.builds(lambda a, b: Stretch(*sorted((a, b))), days, days), max_size=4)


@st.composite
def trips(draw):
    borders = sorted(draw(st.lists(days, max_size=12)))
    return [Trip(*pair) for pair in zip(borders[::2], borders[1::2], strict=False)]


def by_walking(history: History, applying_on: date) -> tuple[int, int, int, int]:
    """Count each day by itself, as slowly and as plainly as it can be said."""
    start = applying_on.replace(year=applying_on.year - 5, day=min(applying_on.day, 28))
    if (applying_on.month, applying_on.day) != (2, 29):
        start = applying_on.replace(year=applying_on.year - 5)
    resident = before = away = served = 0
    each = start
    while each < applying_on:
        gone = any(trip.left < each < trip.returned for trip in history.trips)
        inside = any(s.first <= each <= s.last for s in history.serving)
        away += gone
        served += inside and not gone
        if not gone and not inside:
            if history.resident_since and each >= history.resident_since:
                resident += 1
            elif any(s.first <= each <= s.last for s in history.before_residence):
                before += 1
        each += DAY
    return resident, before, away, served


# A day-by-day count is slow on purpose.
@settings(deadline=None)
@given(st.one_of(st.none(), days), stretches, trips(), stretches, days)
def test_every_history_counts_as_it_does_day_by_day(since, before, gone, serving, applying_on):
    window = window_before(applying_on, 5)
    inside = [t for t in gone if t.returned >= window.first and t.left <= window.last]
    history = History(since, before, inside, serving)
    found = presence(history, TERMS, applying_on=applying_on, today=date(2025, 1, 1))
    assert (found.as_resident, found.before, found.away, found.served) == by_walking(
        history, applying_on
    )
    assert found.counted_before == min(Decimal(found.before) / 2, Decimal(365))


@settings(deadline=None)
@given(days, stretches, trips())
def test_the_day_that_is_enough_is_the_first_that_is(since, before, gone):
    history, today = History(since, before, gone), date(2025, 1, 1)
    enough = enough_on(history, TERMS, applying_on=today)

    def total(on):
        resident, half, _, _ = by_walking(history, on)
        return resident + min(Decimal(half) / 2, Decimal(365))

    assert enough is not None
    assert total(enough) >= 1095
    for back in range(1, min((enough - today).days, 5) + 1):
        assert total(enough - back * DAY) < 1095


def test_no_days_are_in_no_stretch():
    assert days_in([]) == 0
    assert days_in([Stretch(date(2024, 1, 2), date(2024, 1, 1))]) == 0


def test_a_history_that_cannot_be_true_is_not_counted():
    with pytest.raises(HistoryRefused):
        counted(History(resident_since=date(2030, 1, 1)), date(2024, 1, 1))
