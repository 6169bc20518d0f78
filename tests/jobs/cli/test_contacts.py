"""`parvis contacts import` and `parvis support figures`, from a file to the figures."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from parvis.casework.contacts.models import ContactEvent
from parvis.casework.enquiries.facts import (
    EnquiryAnswered,
    EnquiryRated,
    EnquiryReceived,
    RatingAsked,
)
from parvis.casework.events import log
from parvis.casework.events.facts import Fact, SubjectKind
from parvis.jobs import cli
from parvis.lib import clock
from tests.casework.contacts.telling import ABANDONED, ANSWERED, told
from tests.filing import RECEIVED as NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setenv("PARVIS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("parvis.jobs.cli.contacts.open_house", lambda: None)
    monkeypatch.setattr("parvis.jobs.cli.support.open_house", lambda: None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    calls = {"c1": ANSWERED, "c2": ABANDONED, "c3": ANSWERED}
    lines = [
        told(contact, kind, s - 900, line="general" if contact == "c1" else "ukraine")
        for contact, steps in calls.items()
        for kind, s in steps
    ]
    path = tmp_path / "calls.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, arguments)


def summary(*arguments: str, exit_code: int = 0) -> dict[str, Any]:
    done = run("contacts", "import", *arguments, "--source", "acd", "--json")
    assert done.exit_code == exit_code, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_file_is_taken_in_once_and_counted(file: Path) -> None:
    first = summary(str(file))
    assert (first["events"], first["added"], first["rejected"]) == (12, 12, 0)
    again = summary(str(file))
    assert (again["added"], again["unchanged"]) == (0, 12)
    done = run(
        *("support", "figures", "--from", "2024-01-01", "--to", "2024-01-12"),
        *("--compare", "year", "--json"),
    )
    assert done.exit_code == 0, done.output
    told_ = json.loads(done.stdout)
    assert (told_["received"], told_["answered"], told_["answered_before"]) == (3, 2, 0)
    assert (told_["change"], told_["change_percent"]) == (2, None)
    calls = told_["calls"]
    assert (calls["offered"], calls["answered"], calls["answer_rate"]) == (3, 2, 0.6667)
    assert (calls["abandoned"], calls["mean_wait_s"], calls["mean_talk_s"]) == (1, 60, 300)
    assert [one["line"] for one in told_["lines"]] == ["ukraine", "general"]
    assert told_["since_opening"] is None
    [times] = told_["times_to_answer"]
    assert times["p50_s"] == pytest.approx(60, rel=0.05)
    assert len(told_["days"]) == 12


def test_what_is_rejected_is_kept_with_its_line_and_the_exit_code_says_so(
    file: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(json.dumps(told("c9", "offered")) + '\n{"event_id": "x"}\n')
    found = summary(str(bad), exit_code=1)
    assert (found["added"], found["rejected"]) == (1, 1)
    kept = json.loads(Path(found["rejected_file"]).read_text())
    assert (kept["line"], kept["field"]) == (2, "contact_id")
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(file.read_bytes()[:-20])
    assert "cut" in str(summary(str(cut), exit_code=1)["broken"])
    words = run("contacts", "import", str(bad.rename(tmp_path / "again.jsonl")), "--source", "acd")
    assert words.exit_code == 1
    assert "1 events in" in words.output
    assert "1 records rejected, kept in" in words.output


def test_what_cannot_be_read_at_all_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for arguments, sentence in (
        ((str(tmp_path / "nowhere"), "--source", "acd"), "cannot be read"),
        ((str(tmp_path), "--source", "acd"), "is a directory"),
        ((str(tmp_path), "--source", "A system"), "name the system by a code"),
    ):
        refused = run("contacts", "import", *arguments)
        assert refused.exit_code == 1
        assert sentence in refused.output
    assert ContactEvent.objects.count() == 0


def test_figures_are_told_in_words_in_both_languages(file: Path) -> None:
    summary(str(file))
    days = ("--from", "2024-01-12", "--to", "2024-01-12")
    english = run("support", "figures", *days, "--by", "line", "--compare", "2023").output
    assert "From 12 January 2024 to 12 January 2024: 3 received, 2 answered." in english
    assert "Answered before: 0; change: +2 (–)." in english
    assert "Calls: 3 came, 2 were answered (66.67%)." in english
    line = run("support", "figures", *days, "--line", "ukraine", "--by", "day", "--lang", "fr")
    assert "Depuis le 12 janvier 2024, son premier jour : 1 avec réponse." in line.output
    assert "2024-01-12" in line.output


def test_what_people_said_at_the_end_is_told_in_words_in_both_languages() -> None:
    heads = log.reserve(3)
    said = [EnquiryRated(solved="yes", ease=ease) for ease in ("yes", "partly")]
    asks: list[Fact] = [
        EnquiryReceived(channel="email", line="general", language="fr"),
        EnquiryAnswered(message=1),
        RatingAsked(message=2),
    ]
    told_ = [[*asks, said[0]], [*asks, said[1]], asks]
    log.write(
        [(one, [(NOW, fact) for fact in facts]) for one, facts in zip(heads, told_, strict=True)],
        kind=SubjectKind.ENQUIRY,
        by="test",
    )
    run("support", "refresh")
    days = ("--from", "2024-01-12", "--to", "2024-01-12")
    english = run("support", "figures", *days, "--by", "line").output
    assert "Asked whether it helped: 3; 2 replied, 50.00% of them satisfied." in english
    french = run("support", "figures", *days, "--by", "language", "--lang", "fr").output
    assert "Interrogées à la fin : 3; 2 ont répondu, dont 50" in french
    found = json.loads(run("support", "figures", *days, "--json").stdout)
    assert found["satisfaction"]["satisfied_share"] == 0.5
    assert found["lines"][0]["satisfaction"]["asked"] == 3


@pytest.mark.parametrize(
    ("arguments", "exit_code", "sentence"),
    [
        (("--from", "2024-01-12", "--to", "2024-01-01"), 1, "The last day is before the first"),
        (("--from", "x", "--to", "2024-01-01"), 2, "is not a day"),
        (("--from", "2024-01-12", "--to", "2024-01-12", "--line", "x"), 1, "Nothing ever came"),
        (("--from", "2024-01-12", "--to", "2024-01-12", "--compare", "x"), 2, "is no year"),
        (("--from", "2024-01-12", "--to", "2024-01-12", "--compare", "2024"), 2, "is no year"),
    ],
)
def test_what_cannot_be_told_is_said(
    arguments: tuple[str, ...], exit_code: int, sentence: str
) -> None:
    assert (
        "run parvis support refresh"
        in run("support", "figures", "--from", "2024-01-12", "--to", "2024-01-12").output
    )
    assert run("support", "refresh", "--anew").exit_code == 0
    refused = run("support", "figures", *arguments)
    assert refused.exit_code == exit_code
    assert sentence in refused.output
