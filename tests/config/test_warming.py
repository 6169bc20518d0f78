"""A worker gets the rules ready by itself: nobody's first visit waits for them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from parvis.config import warming
from parvis.engines.rules.tables import Table
from parvis.lib.dates import DEPARTMENT
from parvis.programs.rules import finder, loader

ON = date(2026, 11, 29)


class Enough(Exception):
    """The house has slept once."""


def test_what_first_visitors_ask_was_asked_before() -> None:
    for _ in warming.warm(ON):
        pass
    read = loader.assessment.cache_info().misses
    made = finder.finder.cache_info().misses + finder.asker.cache_info().misses
    found = finder.finder(ON)
    for code in loader.codes():
        finder.asker(code, ON)
        assert loader.assessment(code)
    assert loader.assessment.cache_info().misses == read
    assert finder.finder.cache_info().misses + finder.asker.cache_info().misses == made
    for rules in found.asker.house.rules.values():
        for step in rules.steps:
            if isinstance(step, Table):
                assert "_decision" in vars(step), f"{step.name} was never asked"


@pytest.mark.parametrize(
    ("hour", "days"),
    [(12, [ON]), (23, [ON, date(2026, 11, 30)])],
    ids=["at noon", "before midnight"],
)
def test_the_day_to_come_is_ready_before_it_comes(
    monkeypatch: pytest.MonkeyPatch, hour: int, days: list[date]
) -> None:
    warmed: list[date] = []

    def sleep(seconds: float) -> None:
        if seconds > 1:
            raise Enough

    def warm(on: date) -> list[Any]:
        warmed.append(on)
        return [None]

    there = datetime(2026, 11, 29, hour, 30, tzinfo=DEPARTMENT)
    monkeypatch.setattr(warming.clock, "now", lambda: there.astimezone(UTC))
    monkeypatch.setattr(warming.time, "sleep", sleep)
    monkeypatch.setattr(warming, "warm", warm)
    with pytest.raises(Enough):
        warming.stay_warm()
    assert warmed == days
