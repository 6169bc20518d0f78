"""Lengths of time in the unit people use: days, from 60 on weeks, from half a year on months."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import ceil

from babel.numbers import format_decimal

from parvis.lib.text import Text


class Unit(StrEnum):
    """What a length of time is counted in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


DAYS = {
    Unit.DAY: Fraction(1),
    Unit.WEEK: Fraction(7),
    Unit.MONTH: Fraction(1461, 48),
    Unit.YEAR: Fraction(1461, 4),
}
"""How many days a unit has; months and years as they are on average."""
_KEPT_READY = 4_096
"""To write a number out takes longer than a query; a page writes a dozen."""
_FIRST_IN_WEEKS = 60
_FIRST_IN_MONTHS = 26 * 7 + 1
_ONE = {
    Unit.DAY: Text(en="day", fr="jour"),
    Unit.WEEK: Text(en="week", fr="semaine"),
    Unit.MONTH: Text(en="month", fr="mois"),
    Unit.YEAR: Text(en="year", fr="an"),
}
_MANY = {
    Unit.DAY: Text(en="days", fr="jours"),
    Unit.WEEK: Text(en="weeks", fr="semaines"),
    Unit.MONTH: Text(en="months", fr="mois"),
    Unit.YEAR: Text(en="years", fr="ans"),
}


@dataclass(frozen=True, slots=True)
class Duration:
    """A whole number of units, and how it is written out."""

    count: int
    unit: Unit
    text: Text


@lru_cache(maxsize=_KEPT_READY)
def duration(count: int, unit: Unit) -> Duration:
    """Return a length with its text: 1 week, 9 weeks; in French, 0 and 1 are singular."""
    en, fr = (_ONE if count == 1 else _MANY)[unit].en, (_ONE if count < 2 else _MANY)[unit].fr  # noqa: PLR2004 - French counts many from two on
    return Duration(
        count, unit, Text(en=f"{grouped(count).en} {en}", fr=f"{grouped(count).fr} {fr}")
    )


def name_of(unit: Unit) -> Text:
    """Return what a unit is called over a column of numbers: days, weeks, months, years."""
    return _MANY[unit]


@lru_cache(maxsize=_KEPT_READY)
def grouped(number: int) -> Text:
    """Return a number as it is written: 12,480 and 12 480."""
    return Text(
        en=format_decimal(number, locale="en_CA"), fr=format_decimal(number, locale="fr_CA")
    )


def unit_of(days: int) -> Unit:
    """Return the unit in which people say a length of so many days."""
    if days < _FIRST_IN_WEEKS:
        return Unit.DAY
    return Unit.WEEK if days < _FIRST_IN_MONTHS else Unit.MONTH


@lru_cache(maxsize=_KEPT_READY)
def at_most(days: int) -> Duration:
    """Return a length that so many days do not exceed: what took 61 days took 9 weeks or less."""
    unit = unit_of(days)
    # Two halves of a year differ by three days; one day over is no month more.
    counted = days - 1 if unit is Unit.MONTH else days
    return duration(max(1, ceil(counted / DAYS[unit])), unit)


@lru_cache(maxsize=_KEPT_READY)
def about(days: int) -> Duration:
    """Return the length nearest to so many days."""
    unit = unit_of(days)
    return duration(round(days / DAYS[unit]), unit)
