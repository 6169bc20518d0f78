"""Examples beside the tables hold, and one that does not is told with what came instead."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parvis.jobs.cli.rules import rules
from parvis.programs.rules.examples import run_examples, shipped_examples
from parvis.programs.rules.loader import SHIPPED, codes

ONE = """\
examples:
  - name: Somebody of thirty
    given: {accompanying_spouse: false, age: 30}
    when: {assess: crs, on: 2026-01-01}
    then: {age: 105, education: 0}
"""


def run(*typed: str) -> Result:
    return CliRunner().invoke(rules, typed)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "crs.yaml"


def test_every_assessment_has_examples() -> None:
    assert [one.stem for one in shipped_examples()] == codes()


@pytest.mark.parametrize("file", shipped_examples(), ids=lambda file: file.stem)
def test_what_is_shipped_holds(file: Path) -> None:
    for one in run_examples(file):
        assert not one.wrong, (one.example.name, one.wrong)


def test_the_command_counts_those_that_hold(file: Path) -> None:
    file.write_text(ONE)
    said = run("test", str(file))
    assert (said.exit_code, said.stdout) == (0, "1 examples hold, 0 do not.\n")


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        ("age: 105", "age: 95", "age should be 95, and is 105"),
        ("age: 105", "ages: 105", "ages is told by no rule"),
        ("age: 105", "age: true", "age should be met, and is 105"),
        ("age: 30}", "age: 300}", "the answers are refused: age"),
        ("age: 105", "refused: age", "age should be refused, and is not"),
        ("assess: crs", "assess: csr", "did you mean crs?"),
    ],
)
def test_an_example_that_fails_is_told_at_its_line(
    file: Path, good: str, bad: str, message: str
) -> None:
    file.write_text(ONE.replace(good, bad))
    said = run("test", str(file))
    assert said.exit_code == 1
    assert f"{file}:2: Somebody of thirty" in said.stderr
    assert message in said.stderr


def test_a_mistake_in_the_file_is_told_at_its_line(file: Path) -> None:
    file.write_text(ONE.replace("when:", "wen:"))
    said = run("test", str(file))
    assert said.exit_code == 1
    assert f"{file}:4: examples.0.wen: unknown key" in said.stderr


def test_tables_are_checked_by_name_of_row(tmp_path: Path) -> None:
    bad = tmp_path / "cec.yaml"
    bad.write_text((SHIPPED / "cec.yaml").read_text().replace("'>= 1560'", "'>= 1561'"))
    said = run("check", str(bad))
    assert said.exit_code == 1
    assert "a gap: no row for hours: 1560" in said.stderr
    assert run("check", str(SHIPPED / "cec.yaml")).exit_code == 0


def test_a_changed_table_is_compared_with_what_is_in_force(tmp_path: Path) -> None:
    mine = tmp_path / "my-crs.yaml"
    shipped = (SHIPPED / "crs.yaml").read_text()
    mine.write_text(
        shipped.replace(
            "{sibling_in_canada: true, points: 15}", "{sibling_in_canada: true, points: 20}"
        )
    )
    said = run("diff", "crs@2026-01-01", f"{mine}@2026-01-01", "--people", "20000")
    assert said.exit_code == 0
    assert "lose" in said.stdout
    assert " +5 " in said.stdout
    assert "additional_sibling" in said.stdout
    assert "By a brother or sister in Canada" in said.stdout


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("csr", "did you mean crs?"),
        ("crs@2025-13-01", "is not a day"),
        ("crs@2001-01-01", "The rules start on 1 January 2015"),
    ],
)
def test_what_cannot_be_compared_is_told(typed: str, message: str) -> None:
    said = run("diff", typed, "crs", "--people", "10")
    assert said.exit_code == 1
    assert message in said.stderr
