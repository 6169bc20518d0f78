"""What is measured here is a house of its own, made as a copy, and no real log."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.house import House
from tests.houses import copied


@pytest.fixture(autouse=True)
def _no_real_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARVIS_BENCH_FILES", raising=False)
    monkeypatch.setattr("benchmarks.source_files.TOP", tmp_path / "nowhere" / "project")


@pytest.fixture(scope="package")
def copied_houses(made_house: Path) -> Iterator[None]:
    """Have each house be the copy of one that was made as a house that is measured is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(House, "make", lambda house: copied(made_house, house.home))
        yield
