"""The benchmark of the files that will wait: it scores what is at hand and says what it lacks."""

import gzip
from datetime import date, timedelta
from pathlib import Path

import pytest

from benchmarks import backlog
from benchmarks.words import in_words

FIRST = date(2008, 1, 1)


def test_what_is_at_hand_is_scored_and_what_is_not_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PARVIS_BENCH_FILES", raising=False)
    monkeypatch.setattr("benchmarks.backlog.TOP", tmp_path / "nowhere" / "project")
    rows = ["case_id,visa,received_on,decided_on,outcome"]
    for number in range(4_000):
        came = FIRST + timedelta(days=number)
        # Every second case takes longer, so that the inventory moves and the last value errs.
        went = came + timedelta(days=20 + number % 2 * (number % 365) // 4)
        rows.append(f"A-{number},H-2B,{came},{went},CERTIFIED")
    with gzip.open(tmp_path / "h2b_cases_2004_2019.csv.gz", "wt") as table:
        table.write("\n".join(rows))
    found = {one.name: one for one in backlog.run(files=tmp_path)}
    said = capsys.readouterr().out
    assert "fines is left out: road_fine.xes.gz not at hand" in said
    assert "workers, late" in said
    assert "workers, early" in said
    assert found["backlog.workers.182"].baseline
    assert found["backlog.worst.30"].value == found["backlog.workers.30"].ratio
    assert 0 <= found["backlog.inside.91"].value <= 1
    assert found["backlog.seconds.track-records"].value > 0
    assert [name for name in found if in_words(name) == name] == []


def test_without_any_file_only_the_speed_is_told(tmp_path: Path) -> None:
    assert [one.name for one in backlog.run(files=tmp_path)] == ["backlog.seconds.track-records"]
