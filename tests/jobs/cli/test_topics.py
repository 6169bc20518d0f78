"""`parvis topics` lists, checks and trains; what cannot be learned from is kept and told."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parvis.engines.language.classifier import Classifier
from parvis.jobs.cli import topics as command
from parvis.programs.topics import loader
from parvis.programs.topics.loader import SHIPPED

ROWS = "".join(
    f"{text} {town},{language},flooded-out\n"
    for text, language in (("Our house is under water in", "en"), ("Inondation à", "fr"))
    for town in ("Moncton", "Hull", "Gatineau", "Laval", "Sorel")
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house with a topic of its own."""
    monkeypatch.setattr(command, "default_home", lambda: tmp_path / "home")
    monkeypatch.setattr(loader, "default_home", lambda: tmp_path / "home")
    own = tmp_path / "home" / "topics"
    own.mkdir(parents=True)
    status = (SHIPPED / "crisis.yaml").read_text("utf-8")
    text = status.replace("code: crisis", "code: flooded-out").replace("    - ", "    - Flood, ")
    (own / "flooded-out.yaml").write_text(text, "utf-8")
    return tmp_path / "home"


def run(*typed: str) -> Result:
    """Run the command as typed."""
    return CliRunner().invoke(command.topics, typed)


def trained(tmp_path: Path, table: str, *more: str) -> Result:
    """Train from a table."""
    file = tmp_path / "enquiries.csv"
    file.write_text(table, "utf-8")
    return run("train", str(file), "--out", str(tmp_path / "topics.npz"), *more)


def test_the_list_has_a_line_a_topic_and_both_languages() -> None:
    lines = run("list").stdout.splitlines()
    assert len(lines) == 25
    assert [line.split()[:3] for line in lines if line.startswith("status")] == [
        ["status", "general", "status"]
    ]
    told = {one["code"]: one for one in json.loads(run("list", "--json").stdout)}
    assert told["parliamentary"]["line"] == "parliamentary"
    assert told["document-received"]["answered_by"] == "receipt-of-document"
    assert told["refusal"]["name"]["fr"] == "Un refus, ses motifs et les recours"
    assert told["status"]["examples"]["fr"] >= 12


def test_all_topics_are_checked_and_one_by_its_file(home: Path) -> None:
    assert "25 topics hold" in run("check").stdout
    assert "(status)" in run("check", str(SHIPPED / "status.yaml")).stdout
    (home / "topics" / "bad.yaml").write_text("code: bad\nname: {en: Bad}\n", "utf-8")
    for said in (run("check"), run("check", str(home / "topics" / "bad.yaml"))):
        assert (said.exit_code, said.stdout) == (1, "")
        assert "bad.yaml:2: name.fr: missing; a text is in both languages" in said.stderr


def test_a_classifier_is_trained_and_says_what_to_expect(tmp_path: Path) -> None:
    said = trained(tmp_path, f"text,language,topic\n{ROWS}", "--json")
    assert said.exit_code == 0, said.output
    report = json.loads(said.stdout)
    assert (report["enquiries"], report["topics"]) == (10, {"flooded-out": 10})
    assert 0.6 < report["right"] < report["right_when_said"] < report["right_when_sure"] <= 1
    learned = Classifier.load(tmp_path / "topics.npz")
    assert learned.topic("our house is under water").topic == "flooded-out"
    assert [one.name for one in tmp_path.glob("*.new*")] == []
    words = trained(tmp_path, f"text;language;topic\n{ROWS.replace(',', ';')}").stdout
    assert "Learned from 10 enquiries" in words


def test_rows_that_cannot_be_learned_from_are_kept_and_told(tmp_path: Path, home: Path) -> None:
    bad = '"  ",en,status\nhola,es,status\nhello,en,parking\nhello,en\n"open,en,status\n'
    bad += "thanks,en,none\n"
    said = trained(tmp_path, f"text,language,topic\n{bad}{ROWS}")
    assert said.exit_code == 1
    assert "Learned from 11 enquiries" in said.stdout
    assert "5 rows were rejected" in said.stderr
    assert "line 2, nothing was written" in said.stderr
    [kept] = (home / "rejects").iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    told = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
    assert [one["line"] for one in told] == [2, 3, 4, 5, 6]
    assert [one["field"] for one in told[:3]] == ["text", "language", "topic"]
    assert told[2]["record"] == "hello,en,parking"


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("", "first line should name the columns"),
        ("text,topic\nhello,status\n", "a column is missing: language"),
        ("text,language,topic\n", "holds nothing to learn from"),
        ("text,language,topic\nx,de,status\n", "First: line 2, 'de' is none; write en or fr"),
        ("text,language,topic\n\udce9,en,status\n", "not UTF-8"),
    ],
)
def test_a_table_without_anything_to_learn_is_refused(
    table: str, told: str, tmp_path: Path
) -> None:
    (tmp_path / "enquiries.csv").write_bytes(table.encode("utf-8", "surrogateescape"))
    said = run("train", str(tmp_path / "enquiries.csv"), "--out", str(tmp_path / "topics.npz"))
    assert said.exit_code == 1
    assert said.stderr.startswith("parvis: ")
    assert told in said.stderr
    assert not (tmp_path / "topics.npz").exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text(f"text,language,topic\n{ROWS}", "utf-8")
    said = run("train", str(tmp_path / "e.csv"), "--out", str(tmp_path / "none" / "topics.npz"))
    assert said.exit_code == 1
    assert "cannot be written: No such file or directory" in said.stderr
