"""`parvis backlog`: what waits on any day, and what is to be expected."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner, Result

from parvis.jobs import cli
from parvis.lib import clock
from parvis.readers.standards.counting import count
from tests.department import SCALE, in_department
from tests.filing import RECEIVED as NOW
from tests.filing import filed


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def _department(db: None) -> Iterator[None]:
    with in_department(now=NOW, scale=SCALE, then=count):
        yield


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, ["backlog", *arguments])


def told(*arguments: str) -> dict[str, Any]:
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.usefixtures("_department")
def test_inventory_is_what_is_within_and_the_backlog_in_all_and_in_every_part() -> None:
    found = told("--on", "2023-11-30")
    for one in (found, *found["programs"], *found["offices"], *found["months"]):
        assert one["inventory"] == one["within"] + one["backlog"]
        assert one["waiting"] == one["inventory"] + one["without_standard"]
    for parts in ("programs", "offices"):
        assert sum(one["backlog"] for one in found[parts]) == found["backlog"] > 0
    standards = CliRunner().invoke(cli.main, ["standards", "--on", "2023-11-30", "--json"])
    assert json.loads(standards.stdout)["waiting"]["inventory"] == found["inventory"]


@pytest.mark.usefixtures("_department")
def test_the_forecast_has_a_range_and_its_record() -> None:
    found = told("--forecast")
    assert found["last_on"] == "2024-01-11"
    for one in (*found["waiting"], *found["backlog"]):
        assert one["low"] <= one["expected"] <= one["high"]
        record = one["track_record"]
        assert record["scored"] > 0
        assert record.keys() >= {"error", "last_value_error", "seasonal_error", "inside"}
    assert [one["days"] for one in found["backlog"]] == [30, 91, 182]
    assert {one["program"] for one in found["programs"]} >= {"study-permit"}
    for language in ("en", "fr"):
        assert len(run("--forecast", "--lang", language).stdout.splitlines()) == 13


@pytest.mark.usefixtures("_department")
@pytest.mark.parametrize("by", ["program", "office", "month"])
def test_the_table_is_as_wide_as_its_words(by: str) -> None:
    lines = run("--on", "2023-11-30", "--by", by).stdout.splitlines()
    assert lines[0] == "At the end of 30 November 2023."
    assert len({len(line) for line in lines[2:]}) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["--on", "30 November"], 2, "is not a day"),
        (["--forecast", "--on", "2023-11-30"], 2, "a forecast is of all files"),
        (["--on", "2024-02-01"], 1, "1 February 2024 is still to come."),
        ([], 1, "run parvis figures refresh"),
        (["--forecast"], 1, "run parvis figures refresh"),
    ],
)
def test_what_cannot_be_told_is_refused_in_one_sentence(
    db: None, arguments: list[str], code: int, sentence: str
) -> None:
    refused = run(*arguments)
    assert refused.exit_code == code
    assert sentence in refused.output


def test_too_few_days_are_told_in_words(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=10))
    filed()
    count(clock.now())
    said = run("--forecast").stdout
    assert "30: 0 days are known; a forecast so far ahead takes " in said
    assert told("--forecast")["backlog"][0]["expected"] is None
