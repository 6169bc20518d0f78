"""Every benchmark runs from end to end on little; how fast it was, no test asks."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from benchmarks import importing, lookup, page, results, verifying
from benchmarks.__main__ import main
from benchmarks.results import Result


@pytest.fixture(autouse=True)
def _no_real_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARVIS_BENCH_FILES", raising=False)
    monkeypatch.setattr("benchmarks.source_files.TOP", tmp_path / "nowhere" / "project")


def named(found: Iterable[Result]) -> dict[str, Result]:
    every = list(found)
    by_name = {one.name: one for one in every}
    assert len(by_name) == len(every)
    return by_name


def test_the_import_is_timed_against_a_copy_of_its_rows_and_half_of_itself() -> None:
    found = named(importing.run(rounds=1, cases=40))
    assert {one.unit for name, one in found.items() if name != "import.memory"} == {
        "events/s of a made-up file"
    }
    assert found["import.rate"].baseline == found["import.bare-copy"].value
    assert found["import.rate"].value < found["import.as-it-says"].value


def test_verifying_is_timed() -> None:
    found = named(verifying.run(rounds=1, cases=40))
    assert 0 < found["verify.rate"].value < found["verify.as-it-says"].value


@pytest.mark.parametrize("let", [True, False])
def test_files_are_looked_up_among_few_and_among_many(
    let: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Emptying the file cache would slow down whatever else runs here.
    monkeypatch.setattr("benchmarks.lookup.drop_caches", lambda: let)
    sizes = (20,) if let else (20, 30)
    found = named(lookup.run(sizes, rounds=1, looks=5, cold_looks=5, cold_from=sizes[-1]))
    last = sizes[-1]
    assert found[f"lookup.{last}.own-p50"].baseline == found["lookup.20.own-p50"].value
    assert found[f"lookup.{last}.source-p99"].value > 0
    assert found[f"lookup.{last}.bytes-a-fact"].value > 0
    assert (found[f"lookup.{last}.cold-own-p50"].unit == "ms") is let


def test_what_is_named_is_run_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = results.result("verify.rate", 1, "facts/s")
    asked: list[Path | None] = []
    monkeypatch.setattr(verifying, "run", lambda *, files: asked.append(files) or [one])
    keep, write = results.keep, page.write
    monkeypatch.setattr(results, "keep", lambda found: keep(found, tmp_path / "results.json"))
    monkeypatch.setattr(page, "write", lambda found: write(found, tmp_path / "page.md"))
    main(["verify", "--files", str(tmp_path)])
    assert asked == [tmp_path]
    assert results.kept(tmp_path / "results.json") == [one]
    assert "1 facts/s" in (tmp_path / "page.md").read_text()


def test_a_benchmark_that_nobody_knows_is_refused() -> None:
    with pytest.raises(SystemExit):
        main(["speed"])
