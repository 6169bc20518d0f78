"""`parvis programs` answers on stdout, speaks on stderr, and leaves with the right code."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parvis.jobs.cli.programs import programs
from parvis.programs.loader import load_program

EXAMPLE = Path(__file__).parents[2] / "examples" / "programs" / "road-fine.yaml"
TABLE = "case_id,received_on,decided_on,outcome\nA1,2024-01-02,2024-02-03,Granted\nA2,x,,\n"


def run(*typed: str) -> Result:
    """Run the command as typed."""
    return CliRunner().invoke(programs, typed)


def test_the_list_has_a_line_a_program() -> None:
    said = run("list")
    assert said.exit_code == 0
    assert len(said.stdout.splitlines()) == 10
    assert "80% in 60 days" in said.stdout
    assert "no service standard" in said.stdout


def test_the_list_as_json_is_in_both_languages() -> None:
    found = {one["code"]: one for one in json.loads(run("list", "--json").stdout)}
    assert found["study-permit"]["name"]["fr"] == "Permis d’études"
    assert found["study-permit"]["service_standard"]["days"] == 60
    assert found["parents-grandparents"]["service_standard"] is None
    assert found["parents-grandparents"]["no_standard"]["fr"]


def test_a_good_program_checks() -> None:
    said = run("check", str(EXAMPLE))
    assert (said.exit_code, said.stdout) == (0, "")
    assert "Traffic fine" in said.stderr


def test_a_bad_program_is_told_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(EXAMPLE.read_text("utf-8").replace("time_zone: E", "time_zone: X"), "utf-8")
    said = run("check", str(path))
    assert (said.exit_code, said.stdout) == (1, "")
    assert "time_zone: not a known time zone" in said.stderr


def test_a_draft_from_a_table_loads_and_the_bad_record_is_told(tmp_path: Path) -> None:
    table, program = tmp_path / "cases.csv", tmp_path / "new.yaml"
    table.write_text(TABLE, encoding="utf-8")
    said = run("draft", str(table), "--code", "new")
    assert said.exit_code == 0
    assert "Line 3" in said.stderr
    program.write_text(said.stdout, encoding="utf-8")
    assert load_program(program).history.outcomes == {"Granted": "approve"}


@pytest.mark.parametrize(
    ("content", "code", "left_with", "told"),
    [
        (TABLE, "A b", 2, "hyphens"),
        ("", "new", 1, "empty"),
        ("case_id,received_on,decided_on\nA,x,y\n", "new", 1, "no case"),
        ("a,b\n1,2\n", "new", 1, "columns"),
    ],
)
def test_what_cannot_be_drafted_from_is_refused(
    content: str, code: str, left_with: int, told: str, tmp_path: Path
) -> None:
    table = tmp_path / "cases.csv"
    table.write_text(content, encoding="utf-8")
    said = run("draft", str(table), "--code", code)
    assert said.exit_code == left_with
    assert told in said.stderr
    assert said.stdout == ""


def test_a_file_that_is_not_there_is_a_mistake_of_usage() -> None:
    assert run("check", "nowhere.yaml").exit_code == 2
