"""Lengths of time in the unit people use, rounded up, right in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.lib.durations import DAYS, Unit, about, at_most, duration, grouped
from parvis.lib.text import Text


@pytest.mark.parametrize(
    ("days", "en", "fr"),
    [
        (0, "1 day", "1 jour"),
        (1, "1 day", "1 jour"),
        (2, "2 days", "2 jours"),
        (59, "59 days", "59 jours"),
        (60, "9 weeks", "9 semaines"),
        (63, "9 weeks", "9 semaines"),
        (64, "10 weeks", "10 semaines"),
        (182, "26 weeks", "26 semaines"),
        (183, "6 months", "6 mois"),
        (184, "7 months", "7 mois"),
        (365, "12 months", "12 mois"),
        (366, "12 months", "12 mois"),
        (367, "13 months", "13 mois"),
    ],
)
def test_it_is_said_as_people_say_it(days: int, en: str, fr: str) -> None:
    assert at_most(days).text == Text(en=en, fr=fr)


@pytest.mark.parametrize(
    ("count", "unit", "en", "fr"),
    [
        (0, Unit.WEEK, "0 weeks", "0 semaine"),
        (1, Unit.WEEK, "1 week", "1 semaine"),
        (1, Unit.MONTH, "1 month", "1 mois"),
        (2, Unit.YEAR, "2 years", "2 ans"),
    ],
)
def test_one_is_singular_and_in_french_so_is_none(count: int, unit: Unit, en: str, fr: str) -> None:
    assert duration(count, unit).text == Text(en=en, fr=fr)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_rounding_up_never_promises_less_nor_turns_the_order_around(one: int, other: int) -> None:
    told = at_most(one)
    assert told.count * DAYS[told.unit] >= one - 1
    if one <= other:
        more = at_most(other)
        assert told.count * DAYS[told.unit] <= more.count * DAYS[more.unit] + 1


@given(st.integers(0, 10_000))
def test_about_is_the_nearest(days: int) -> None:
    told = about(days)
    assert abs(told.count * DAYS[told.unit] - days) <= DAYS[told.unit] / 2


def test_numbers_are_grouped_as_each_language_groups_them() -> None:
    assert grouped(12480) == Text(en="12,480", fr="12\N{NO-BREAK SPACE}480")
