"""`parvis articles` lists and checks; a review that is overdue is told, and stops nothing."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parvis.jobs.cli import articles as command
from parvis.lib import clock
from parvis.programs.articles import loader
from parvis.programs.articles.loader import SHIPPED
from tests.programs.articles.test_articles import GOOD, written

LATE = "parking: its review was due on 2025-01-15; ask buildings@example.org.\n"


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house with an article of its own, in the autumn after its review was due."""
    monkeypatch.setattr(loader, "default_home", lambda: tmp_path)
    # At 03:00 in UTC it is still the last of November where the department is.
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 1, 3, tzinfo=UTC))
    written(tmp_path / "articles")
    return tmp_path / "articles"


def run(*typed: str) -> Result:
    """Run the command as typed."""
    return CliRunner().invoke(command.articles, typed)


def test_the_list_begins_with_what_is_due_first() -> None:
    lines = run("list").stdout.splitlines()
    assert len(lines) == 25
    assert lines[0].split()[:4] == ["parking", "2025-01-15", "late", "buildings@example.org"]
    assert lines[0].endswith("Où se garer")
    assert [line.split()[0] for line in lines[1:3]] == ["crisis", "parliamentary"]


def test_the_list_as_json_has_everything_in_both_languages() -> None:
    told = {one["code"]: one for one in json.loads(run("list", "--json").stdout)}
    assert told["parking"]["late"] is True
    assert told["status"]["late"] is False
    assert told["status"]["reply"]["fr"].startswith("Votre page dit")
    assert told["refusal"]["facts"][0]["source"].startswith("https://laws.justice.gc.ca/")
    assert told["refusal"]["review_by"] == "2027-05-31"


@pytest.mark.parametrize(("days", "codes"), [("0", ["parking"]), ("88", ["parking", "crisis"])])
def test_what_is_due_within_so_many_days_is_listed(days: str, codes: list[str]) -> None:
    told = json.loads(run("list", "--json", "--due", days).stdout)
    assert [one["code"] for one in told] == codes


def test_nothing_due_is_an_empty_list(house: Path) -> None:
    (house / "parking.yaml").unlink()
    assert run("list", "--due", "0").stdout == ""
    assert run("list", "--due", "-1").exit_code == 2


def test_what_is_past_its_review_is_told_and_stops_nothing(house: Path) -> None:
    said = run("check")
    assert said.exit_code == 0
    assert said.stdout == f"{LATE}25 articles hold; the house's own are in {house}.\n"
    said = run("check", "--due", "88")
    assert "crisis: its review is due on 2027-02-26; ask crisis@example.org." in said.stdout
    assert "parliamentary" not in said.stdout


def test_one_file_is_checked_by_itself(house: Path) -> None:
    assert "(status)" in run("check", str(SHIPPED / "status.yaml")).stdout
    assert run("check", str(house / "parking.yaml")).stdout.startswith(LATE)


def test_mistakes_are_told_with_file_line_and_field_and_the_others_checked(house: Path) -> None:
    written(house, GOOD.replace("{enquiry}", "{email}"), "a")
    written(house, GOOD.replace("[appointment]", "[parking]"), "b")
    (house / "c.yaml").symlink_to(house / "nowhere.yaml")
    written(house, name="d")
    said = run("check")
    assert said.exit_code == 1
    assert LATE in said.stdout
    assert "hold" not in said.stdout
    told = said.stderr.splitlines()
    assert told[0].startswith(f"{house / 'a.yaml'}:13: reply: {{email}} is no blank; there are ")
    assert told[1].startswith(f"{house / 'b.yaml'}:3: topics.1: no topic has the code 'parking'")
    assert told[2] == f"{house / 'c.yaml'}: it cannot be opened: No such file or directory"
    assert told[3].startswith(f"{house / 'parking.yaml'}:1: code: d.yaml has the code 'parking'")
    assert len(told) == 4
    for name in ("a", "b"):
        alone = run("check", str(house / f"{name}.yaml"))
        assert (alone.exit_code, alone.stdout) == (1, "")
