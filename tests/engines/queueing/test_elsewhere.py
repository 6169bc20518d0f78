"""Hours as they read elsewhere: on the coasts, past midnight, where no clock changes."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from parvis.engines.queueing.elsewhere import week_in
from parvis.engines.queueing.hours import Hours, Span

TORONTO = ZoneInfo("America/Toronto")
OFFICE = Hours(TORONTO, ((Span(390, 1140),),) * 5 + ((),) * 2)
JANUARY, APRIL = date(2024, 1, 12), date(2024, 4, 5)


@pytest.mark.parametrize(
    ("zone", "on", "span"),
    [
        ("America/Toronto", JANUARY, Span(390, 1140)),
        ("America/St_Johns", JANUARY, Span(480, 1230)),  # 8:00-20:30
        ("America/Vancouver", JANUARY, Span(210, 960)),  # 3:30-16:00
        ("America/Regina", JANUARY, Span(330, 1080)),
        ("America/Regina", APRIL, Span(270, 1020)),  # it keeps no summer time
        ("Europe/Kyiv", JANUARY, Span(810, 1560)),  # 13:30-2:00 the next day
    ],
)
def test_hours_read_as_clocks_elsewhere_show_them(zone: str, on: date, span: Span) -> None:
    week = week_in(OFFICE, ZoneInfo(zone), on)
    assert week == ((span,),) * 5 + ((),) * 2


def test_an_evening_here_is_a_morning_of_the_next_day_there() -> None:
    sunday = Hours(TORONTO, ((),) * 6 + ((Span(1200, 1380),),))
    week = week_in(sunday, ZoneInfo("Asia/Kabul"), JANUARY)  # nine hours and a half ahead
    assert week == ((Span(330, 510),), *((),) * 6)
