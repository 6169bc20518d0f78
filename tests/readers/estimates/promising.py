"""Dates that clients were told, planted on files of another system, and scored."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from parvis.casework.applications.facts import DateGiven
from parvis.casework.applications.giving import record_given
from parvis.engines.forecasting.calendar import day_number
from parvis.programs import loader
from parvis.readers.estimates.histories import caseload_of
from parvis.readers.estimates.kept import refresh_kept
from parvis.readers.estimates.models import DOTS
from tests.readers.estimates.planting import TORONTO, plant

CAME = datetime(2023, 1, 10, 15, tzinfo=TORONTO)
TODAY = date(2024, 1, 12)


class Wait(NamedTuple):
    """A file that took so many days, None if it waits, and in how many days it was told to end."""

    took: int | None
    told: Sequence[int]


def promised(
    waits: Sequence[Wait],
    *,
    program: str = "study-permit",
    outcome: str = "yes",
    came: datetime = CAME,
) -> None:
    """Plant files received at one moment, and what their clients were told on the first days.

    Each telling is of one date: all twenty dots and both dates are the same.
    """
    before = set(caseload_of(loader.program(program)).waits.id.tolist())
    ends = [None if one.took is None else came + timedelta(days=one.took) for one in waits]
    for end in ends:
        plant([(came, end)], program=program, outcome=outcome)
    ids = sorted(set(caseload_of(loader.program(program)).waits.id.tolist()) - before)
    told = {
        id_: [
            (came + timedelta(days=1, hours=nth), _fact(came.date(), days))
            for nth, days in enumerate(one.told)
        ]
        for id_, one in zip(ids, waits, strict=True)
        if one.told
    }
    record_given(told=told, by="test")


def score(today: date = TODAY, program: str = "study-permit") -> int:
    """Score the dates of a program as of a day."""
    one = loader.program(program)
    return refresh_kept(one, caseload_of(one), day_number(today))


def _fact(came: date, days: int) -> DateGiven:
    on = came + timedelta(days=days)
    return DateGiven(half_on=on, most_on=on, dots=(days,) * DOTS, reached=90, decided=80)
