"""The log that is imported: the real one, one of its shape, and half of either."""

import gzip
from pathlib import Path

import pytest

from benchmarks.filling import FACTS_A_FILE, history, source_number
from benchmarks.source_files import REAL, half_of, source_file
from tests.channels.casefiles.writing import read


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("PARVIS_BENCH_FILES", raising=False)
    monkeypatch.setattr("benchmarks.source_files.TOP", tmp_path / "nowhere" / "project")
    found = source_file(None, scratch=tmp_path, cases=100)
    assert found.made_up
    return found.path


def test_the_real_log_is_taken_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "casework").mkdir()
    real = tmp_path / "casework" / REAL
    real.write_bytes(gzip.compress(b"<log></log>"))
    assert source_file(tmp_path, scratch=tmp_path).path == real
    monkeypatch.setenv("PARVIS_BENCH_FILES", str(real.parent))
    found = source_file(None, scratch=tmp_path)
    assert (found.path, found.made_up) == (real, False)


def test_a_log_made_up_has_the_shape_of_the_real_one(made_up: Path) -> None:
    got = read(made_up)
    assert (len(got.cases), got.rejects, got.broken) == (100, [], None)
    assert len(set(got.numbers)) == 100
    events = sum(len(case.events) for case in got.cases)
    assert events / 100 == pytest.approx(561_470 / 150_370, rel=0.1)


def test_half_of_a_log_is_its_first_half(made_up: Path, tmp_path: Path) -> None:
    whole, half = read(made_up), read(half_of(made_up, scratch=tmp_path))
    assert (half.rejects, half.broken) == ([], None)
    assert half.histories == whole.histories[:50]


def test_files_to_look_up_have_numbers_and_moments_of_their_own() -> None:
    assert len({source_number(n) for n in range(1_000)}) == 1_000
    for n in range(50):
        moments = [at for at, _, _ in history(n)]
        assert (len(moments), moments) == (FACTS_A_FILE, sorted(moments))
        assert moments[-1].year < 2026
