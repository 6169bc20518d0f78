"""What was measured is kept, one group at a time, and the page says what is kept."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import page
from benchmarks.goals import GOALS
from benchmarks.results import KEPT_IN, Result, keep, kept, result
from benchmarks.words import WORDS, in_words


def some(name: str, value: float = 1, ratio: float | None = None) -> Result:
    return result(name, value, "things/s", ratio=ratio)


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    one = result("import.rate", 45_678.9, "events/s", baseline=200_000, ratio=0.228394)
    keep([one], path)
    assert kept(path) == [one]
    assert (one.value, one.ratio, one.cores > 0, len(one.on)) == (45_680, 0.2284, True, 10)


def test_measuring_again_replaces_the_rows_of_its_groups_and_no_others(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    keep([some("import.rate"), some("import.gone"), some("lookup.5-million.own-p50")], path)
    keep([some("lookup.1-million.own-p50")], path)
    every = keep([some("import.rate", 2)], path)
    assert every == kept(path)
    assert {one.name: one.value for one in every} == {
        "import.rate": 2,
        "lookup.1-million.own-p50": 1,
        "lookup.5-million.own-p50": 1,
    }


@pytest.mark.parametrize(
    ("name", "value", "ratio", "met"),
    [
        ("import.rate", 40_000, 0.35, ["yes", "yes"]),
        ("import.rate", 40_000, 0.34, ["yes", "**no**"]),
        ("import.rate", 39_990, 0.35, ["**no**", "yes"]),
        ("import.memory", 90, 1.1, ["yes"]),
        ("import.memory", 90, 1.2, ["**no**"]),
        ("import.memory", 0, None, ["**no**"]),
        ("lookup.1-million.own-p50", 1, 1.2, ["yes"]),
        ("lookup.1-million.source-p50", 1, 1.3, ["**no**"]),
    ],
)
def test_the_page_tells_which_goals_are_met(
    name: str, value: float, ratio: float | None, met: list[str]
) -> None:
    told = page.page([some(name, value, ratio)]).partition("## All numbers")[0]
    rows = [line.split(" | ") for line in told.splitlines() if line.startswith("| ")][1:]
    goals = [goal.name for goal in GOALS]
    assert [row[-1].rstrip(" |") for row, of in zip(rows, goals, strict=True) if of == name] == met
    assert all("not measured" in row for row, of in zip(rows, goals, strict=True) if of != name)


def test_every_goal_speaks_of_a_number_that_has_words() -> None:
    assert [goal.name for goal in GOALS if in_words(goal.name) == goal.name] == []
    assert [name for name in WORDS if "." not in name] == []


@pytest.mark.parametrize("name", [one.name for one in kept()])
def test_every_number_kept_has_words(name: str) -> None:
    assert in_words(name) != name


def test_the_page_is_the_one_that_the_results_make() -> None:
    assert KEPT_IN.exists()
    assert page.PAGE.read_text() == page.page(kept())


def test_a_number_held_against_nothing_leaves_its_cells_empty() -> None:
    row = page.page([replace(some("import.bare-copy", 123_500), cores=2, on="2026-01-02")])
    assert "| A bare COPY of the same rows | 123,500 things/s |  |  | 2 | 2026-01-02 |" in row
