"""Import of a large event log, against a bare COPY of the same rows, and against half of it."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.bare_copy import bare_copy, set_empty_tables_aside
from benchmarks.house import House, summary
from benchmarks.results import Result, result
from benchmarks.source_files import REAL_CASES, half_of, source_file
from benchmarks.timing import TOP, Timed, middle

PROGRAM = TOP / "examples" / "programs" / "road-fine.yaml"
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class _Round:
    """One import into an empty database, the bare COPY after it, and the same import again."""

    events: int
    first: Timed
    told: float
    copied: float
    again: Timed


def run(*, files: Path | None = None, rounds: int = 3, cases: int = REAL_CASES) -> Iterator[Result]:
    """Yield the rate of the import, its share of a bare COPY's, and its memory."""
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as scratch:
        source = source_file(files, scratch=Path(scratch), cases=cases)
        half = half_of(source.path, scratch=Path(scratch))
        with House() as house:
            of_half, _ = import_log(house, half)
        done = [_round(source.path) for _ in range(rounds)]
    what = "events/s of a made-up file" if source.made_up else "events/s"
    seconds = middle([one.first.seconds for one in done])
    copied = middle([one.copied for one in done])
    told = middle([one.told for one in done])
    again = middle([one.again.seconds for one in done])
    events = done[0].events
    peak = middle([one.first.peak_bytes for one in done])
    bare = events / copied
    # Each import against the COPY of its own minute, for the machine may not be ours alone.
    share = middle([one.copied / one.first.seconds for one in done])
    share_told = middle([one.copied / one.told for one in done])
    yield result("import.rate", events / seconds, what, baseline=bare, ratio=share)
    yield result("import.as-it-says", events / told, what, baseline=bare, ratio=share_told)
    yield result("import.again", events / again, what, baseline=bare, ratio=copied / again)
    yield result("import.bare-copy", bare, what)
    yield result(
        "import.memory",
        peak / _MEGABYTE,
        "MB at the most",
        baseline=of_half.peak_bytes / _MEGABYTE,
        ratio=peak / of_half.peak_bytes if of_half.peak_bytes else None,
    )


def import_log(house: House, path: Path) -> tuple[Timed, dict[str, Any]]:
    """Import an event log; raise where any of it was not taken in."""
    done = house.parvis("import", path, "--program", PROGRAM, "--json")
    told = summary(done)
    if told["rejected"] or told["broken"] or not told["facts"]:
        raise RuntimeError(f"not all of {path} was imported: {told}")
    return done, told


def _round(path: Path) -> _Round:
    with House() as house:
        set_empty_tables_aside(house)
        house.settle()
        first, told = import_log(house, path)
        copied = bare_copy(house)
        house.settle()
        again, unchanged = import_log(house, path)
        if told["added"] != told["facts"] or unchanged["added"]:
            raise RuntimeError(f"imported {told}, then {unchanged}")
        print(
            f"  import {first.seconds:.2f} s, bare COPY {copied:.2f} s, again {again.seconds:.2f} s"
        )
        return _Round(told["facts"], first, told["seconds"], copied, again)
