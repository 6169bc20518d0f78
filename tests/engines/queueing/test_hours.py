"""Opening hours against a clock that is read minute by minute, where clocks change, too."""

import logging
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.engines.queueing.hours import (
    MINUTES_A_DAY,
    Hours,
    NeverOpens,
    Span,
    add_open_time,
    is_open,
    next_change,
    open_time_between,
)

TORONTO = ZoneInfo("America/Toronto")
ZONES = [
    "America/Toronto",
    "America/St_Johns",
    "America/Regina",
    "Africa/Casablanca",  # puts its clocks back for Ramadan
    "Australia/Lord_Howe",  # by half an hour
    "America/Havana",  # at midnight
]
CHANGES = [
    date(2024, 3, 10),
    date(2024, 11, 3),
    date(2023, 12, 31),
    date(2024, 4, 14),
    date(2024, 4, 7),
]
MINUTE = timedelta(minutes=1)
DAYS = 4


def spans() -> st.SearchStrategy[tuple[Span, ...]]:
    lengths = st.integers(1, MINUTES_A_DAY)
    one = st.builds(
        lambda opens, length: Span(opens, opens + length),
        st.integers(0, MINUTES_A_DAY - 1),
        lengths,
    )
    return st.lists(one, max_size=3).map(tuple)


@st.composite
def hours_near(draw: st.DrawFn) -> tuple[Hours, date]:
    """Return any hours, and a day near which clocks change somewhere."""
    day = draw(st.sampled_from(CHANGES))
    unusual = draw(st.dictionaries(st.integers(-2, DAYS + 1), spans(), max_size=2))
    return (
        Hours(
            zone=ZoneInfo(draw(st.sampled_from(ZONES))),
            week=tuple(draw(spans()) for _ in range(7)),
            days=tuple(
                (day + timedelta(days=nth), those) for nth, those in sorted(unusual.items())
            ),
        ),
        day,
    )


def minute_by_minute(hours: Hours, since: datetime, count: int) -> list[bool]:
    """Tell for each of so many minutes whether it is open, by looking at the clock on the wall.

    A span is open from the first minute at which the wall shows its opening or later, to the last
    at which it shows less than its closing.
    """
    first = since - timedelta(days=4)
    minutes = [first + nth * MINUTE for nth in range(count + 8 * MINUTES_A_DAY)]
    walls = [minute.astimezone(hours.zone).replace(tzinfo=None) for minute in minutes]
    found = [False] * len(minutes)
    special = dict(hours.days)
    day, last = walls[0].date() + timedelta(days=1), walls[-1].date() - timedelta(days=2)
    while day <= last:
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - of a wall
        for span in special.get(day, hours.week[day.weekday()]):
            opens, closes = (midnight + one * MINUTE for one in (span.opens, span.closes))
            begin = next(nth for nth, wall in enumerate(walls) if wall >= opens)
            end = len(walls) - next(
                nth for nth, wall in enumerate(reversed(walls)) if wall < closes
            )
            for nth in range(begin, end):
                found[nth] = True
        day += timedelta(days=1)
    start = 4 * MINUTES_A_DAY
    return found[start : start + count]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(hours_near(), st.integers(1, 3000))
def test_every_minute_is_as_the_clock_on_the_wall_has_it(
    made: tuple[Hours, date], promised: int
) -> None:
    hours, day = made
    since = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1)
    count = DAYS * MINUTES_A_DAY
    told = minute_by_minute(hours, since, count)
    at = [since + nth * MINUTE for nth in range(count)]
    assert [is_open(hours, one) for one in at] == told
    # Changes are where a minute differs from the one before.
    changes = [at[nth] for nth in range(1, count) if told[nth] != told[nth - 1]]
    found, moment = [], since
    while (change := next_change(hours, moment)) is not None and change < at[-1] + MINUTE:
        found.append(change)
        moment = change
    assert found == changes
    assert open_time_between(hours, since, at[-1] + MINUTE) == sum(told) * MINUTE
    # What is due is due at the end of the minute that completes it.
    opened = [nth for nth, is_ in enumerate(told) if is_]
    if promised <= len(opened):
        due = at[opened[promised - 1]] + MINUTE
        assert add_open_time(hours, since, promised * MINUTE) == due


@settings(max_examples=100, deadline=None)
@given(
    hours_near(),
    st.lists(st.timedeltas(timedelta(), timedelta(days=500)), min_size=3, max_size=3).map(sorted),
)
def test_open_time_adds_up_over_years(made: tuple[Hours, date], after: list[timedelta]) -> None:
    hours, day = made
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    moments = [start + one for one in after]
    parts = [open_time_between(hours, *two) for two in pairwise(moments)]
    assert sum(parts, timedelta()) == open_time_between(hours, moments[0], moments[-1])
    if parts[0]:
        due = add_open_time(hours, moments[0], parts[0])
        assert due <= moments[1]
        assert open_time_between(hours, moments[0], due) == parts[0]


def office(**said: object) -> Hours:
    week = ((Span(390, 1140),),) * 5 + ((),) * 2
    return Hours(**{"zone": TORONTO, "week": week} | said)  # type: ignore[arg-type]


def local(*parts: int, zone: ZoneInfo = TORONTO, fold: int = 0) -> datetime:
    shown = datetime(*parts, tzinfo=zone, fold=fold)  # type: ignore[arg-type, misc]
    # In UTC: moments that may mean two are equal to none of another zone.
    return shown.astimezone(UTC)


def test_a_promise_waits_over_the_weekend_and_over_holidays() -> None:
    hours = office(days=((date(2023, 12, 25), ()), (date(2023, 12, 26), (Span(390, 720),))))
    asked = local(2023, 12, 22, 15)
    assert add_open_time(hours, asked, timedelta(hours=4)) == local(2023, 12, 22, 19)
    assert add_open_time(hours, asked, timedelta(hours=8)) == local(2023, 12, 26, 10, 30)
    assert add_open_time(hours, asked, timedelta(hours=10)) == local(2023, 12, 27, 7)
    assert add_open_time(hours, asked, timedelta()) == asked


def test_the_same_hours_read_so_from_coast_to_coast() -> None:
    hours = office()
    opens = next_change(hours, local(2024, 1, 14, 12))
    assert opens == local(2024, 1, 15, 8, zone=ZoneInfo("America/St_Johns"))
    assert opens == local(2024, 1, 15, 3, 30, zone=ZoneInfo("America/Vancouver"))


def test_a_night_on_which_the_clocks_change_is_an_hour_shorter_or_longer() -> None:
    night = Hours(TORONTO, ((Span(1320, 1740),),) * 7)  # 22:00-05:00
    for day, length in ((date(2024, 3, 9), 6), (date(2024, 11, 2), 8), (date(2024, 6, 1), 7)):
        evening = local(day.year, day.month, day.day, 21)
        opened = open_time_between(night, evening, evening + timedelta(hours=12))
        assert opened == timedelta(hours=length)


def test_a_skipped_opening_is_at_the_skip_and_what_comes_twice_lasts_through_both() -> None:
    skipped = Hours(TORONTO, ((Span(150, 240),),) * 7)  # 02:30-04:00
    assert next_change(skipped, local(2024, 3, 10, 1)) == local(2024, 3, 10, 3)
    twice = Hours(TORONTO, ((Span(90, 105),),) * 7)  # 01:30-01:45
    opens = next_change(twice, local(2024, 11, 3, 0))
    assert opens == local(2024, 11, 3, 1, 30)
    assert next_change(twice, opens) == local(2024, 11, 3, 1, 45, fold=1)


def test_what_is_always_open_never_changes_and_what_never_opens_is_told() -> None:
    always = Hours(TORONTO, ((Span(0, 1440),),) * 7)
    assert next_change(always, local(2024, 1, 1)) is None
    assert add_open_time(always, local(2023, 6, 1), timedelta(days=900)) == local(
        2023, 6, 1
    ) + timedelta(days=900)
    never = Hours(TORONTO, ((),) * 7)
    assert next_change(never, local(2024, 1, 1)) is None
    with pytest.raises(NeverOpens):
        add_open_time(never, local(2024, 1, 1), MINUTE)
    once = Hours(TORONTO, ((),) * 7, days=((date(2026, 5, 4), (Span(600, 660),)),))
    assert next_change(once, local(2024, 1, 1)) == local(2026, 5, 4, 10)
    assert add_open_time(once, local(2024, 1, 1), MINUTE * 60) == local(2026, 5, 4, 11)
    with pytest.raises(NeverOpens):
        add_open_time(once, local(2024, 1, 1), MINUTE * 61)


def test_a_calendar_that_ends_says_so_once_and_goes_on_as_in_any_week(
    caplog: pytest.LogCaptureFixture,
) -> None:
    hours = office(days=((date(2024, 12, 25), ()),), known_until=date(2024, 12, 31))
    assert hours.is_known(date(2024, 12, 31))
    assert not hours.is_known(date(2025, 1, 1))
    with caplog.at_level(logging.WARNING, "parvis.engines.queueing.hours"):
        assert not is_open(hours, local(2024, 12, 25, 12))
        assert not caplog.records
        for _ in range(2):
            assert is_open(hours, local(2025, 12, 25, 12))
    [said] = caplog.messages
    assert "known until 2024-12-31" in said
    assert "2025" in said


@pytest.mark.parametrize(
    ("opens", "closes"), [(-1, 10), (1440, 1500), (10, 10), (20, 10), (0, 1441)]
)
def test_a_span_opens_on_its_day_and_closes_after_it(opens: int, closes: int) -> None:
    with pytest.raises(ValueError, match="a span"):
        Span(opens, closes)


def test_a_week_has_seven_days() -> None:
    with pytest.raises(ValueError, match="seven"):
        Hours(TORONTO, ((),) * 5)
