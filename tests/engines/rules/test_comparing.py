"""Who gains and who loses by new rules: more points, or less that is needed."""

from datetime import date

import numpy as np
import pytest
from click.testing import CliRunner

from parvis.engines.rules.comparing import Comparison, Side, compare
from parvis.jobs.cli.rules import rules
from parvis.programs.rules.loader import assessment

PEOPLE = 60_000


def compared(code: str, old: date, new: date) -> Comparison:
    sides = [Side(assessment(code).on(on), on) for on in (old, new)]
    return compare(*sides, count=PEOPLE, rng=np.random.default_rng(1))


def test_who_needs_a_visa_from_a_day_on_loses() -> None:
    found = compared("visitor-visa", date(2024, 2, 28), date(2024, 2, 29))
    assert found.gain == 0
    assert found.lose > 0
    assert set(found.by) == {0, -1, -2}  # from an eTA, and from nothing, to a visa


def test_who_needs_an_eta_in_place_of_a_visa_gains() -> None:
    found = compared("visitor-visa", date(2023, 6, 5), date(2023, 6, 6))
    assert found.lose == 0
    assert found.gain > 0


def test_what_is_not_known_is_no_gain_and_no_loss() -> None:
    found = compared("visitor-visa", date(2024, 2, 28), date(2024, 2, 29))
    # Of some, it was known before what they need and is not now: they are told as changed only.
    assert found.totals["entry"] > found.gain + found.lose


@pytest.mark.parametrize(("day", "told"), [("22", True), ("21", False)])
def test_what_changes_besides_the_answer_is_told_too(day: str, told: bool) -> None:
    asked = ["diff", "study-permit@2024-01-20", f"study-permit@2024-01-{day}", "--people", "20000"]
    said = CliRunner().invoke(rules, asked)
    assert said.exit_code == 0
    assert ("can_apply" in said.stdout) is told
    assert "By how much" not in said.stdout
