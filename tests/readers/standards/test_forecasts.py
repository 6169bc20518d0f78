"""Forecasts are made of the days that are known, kept with their record, or say what they lack."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.db import IntegrityError, transaction

from parvis.engines.forecasting.backlog import HORIZONS, forecast
from parvis.readers.standards.ahead import forecast_as_data, outlooks
from parvis.readers.standards.counting import count
from parvis.readers.standards.forecasts import MOST_DAYS
from parvis.readers.standards.models import Forecast, Measure
from parvis.readers.standards.standing import NotTold, survey
from tests.readers.estimates.planting import NOW, plant

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
YESTERDAY = date(2024, 1, 11)


def planted(days: int, *, a_day: int = 2, took: int = 40, seed: int = 1) -> None:
    """Plant a house that received and decided so many files a day for so many days."""
    chance = np.random.default_rng(seed)
    files = []
    for back in range(days + took, 0, -1):
        for _ in range(int(chance.poisson(a_day))):
            received = NOW - back * DAY
            ended = received + int(chance.integers(took // 2, took)) * DAY
            files.append((received, ended if ended < NOW - DAY else None))
    plant(files)
    count(NOW)


def test_what_waits_and_the_backlog_are_forecast_each_with_its_range_and_its_record() -> None:
    planted(800)
    found = outlooks()
    assert found.last_on == YESTERDAY
    assert [one.program for one in found.programs] == ["study-permit"]
    [first, *_] = found.whole.waiting
    assert first.level == survey(YESTERDAY, now=NOW, months=1).whole.waiting.files
    assert 780 < first.known_days < 840 < MOST_DAYS
    assert [one.days for one in found.whole.waiting] == list(HORIZONS)
    for one in (*found.whole.waiting, *found.whole.backlog):
        assert one.on == YESTERDAY + one.days * DAY
        assert one.expected is not None
        assert one.low is not None
        assert one.high is not None
        assert one.low <= one.expected <= one.high
        assert one.record is not None
        assert 0 <= one.record.inside <= 1
        assert one.record.scored > 0


def test_what_came_and_what_left_is_given_to_the_engine_day_by_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = {}

    def seen(came: list[int], went: list[int], **what: int) -> object:
        given[what["waiting"], len(came)] = (sum(came), sum(went))
        return forecast(came, went, **what)

    monkeypatch.setattr("parvis.readers.standards.forecasts.forecast", seen)
    received = NOW - 900 * DAY
    plant([(received + n * DAY, received + (n + 40) * DAY) for n in range(600)])
    plant([(NOW - n * DAY, None) for n in range(30, 10, -1)])
    count(NOW)
    # 600 were closed; the first hundredth of them was by the sixth closing, on day 45.
    assert given[20, 900 - 45] == (20 + 600 - 45, 600 - 5)


def test_too_few_days_are_told_in_place_of_numbers() -> None:
    planted(60)
    found = outlooks()
    far = found.whole.waiting[-1]
    assert (far.expected, far.low, far.high, far.record) == (None, None, None, None)
    assert far.needed_days is not None
    assert far.needed_days > far.known_days
    told = forecast_as_data(found, "en")["waiting"][-1]
    assert (told["expected"], told["track_record"]) == (None, None)


def test_a_house_where_nothing_was_closed_knows_no_day() -> None:
    plant([(NOW - 30 * DAY, None)])
    count(NOW)
    one = outlooks().whole.waiting[0]
    assert (one.known_days, one.level, one.expected) == (0, 1, None)


def test_a_house_without_files_has_no_forecast() -> None:
    count(NOW)
    with pytest.raises(NotTold):
        outlooks()


@pytest.mark.parametrize(
    "what",
    [
        {"expected": 5, "low": 6, "high": 7},
        {"expected": 5, "low": 4},
        {"needed_days": 10},
        {"expected": 5, "low": 4, "high": 6, "error": 1.0},
    ],
)
def test_the_database_keeps_no_half_of_a_forecast(what: dict[str, float]) -> None:
    common = {"last_on": YESTERDAY, "level": 1, "known_days": 30, "days": 30}
    with pytest.raises(IntegrityError), transaction.atomic():
        Forecast.objects.create(program="", measure=Measure.WAITING, **common, **what)
