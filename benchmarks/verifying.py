"""`parvis log verify` on the log that the import makes."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.house import House, summary
from benchmarks.importing import import_log
from benchmarks.results import Result, result
from benchmarks.source_files import REAL_CASES, source_file
from benchmarks.timing import middle


def run(*, files: Path | None = None, rounds: int = 3, cases: int = REAL_CASES) -> Iterator[Result]:
    """Yield how many facts are verified in a second, start-up included and not."""
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as scratch, House() as house:
        source = source_file(files, scratch=Path(scratch), cases=cases)
        import_log(house, source.path)
        house.settle()
        done = [house.parvis("log", "verify", "--json") for _ in range(rounds)]
    told = [summary(one) for one in done]
    if not all(one["sound"] and one["facts"] for one in told):
        raise RuntimeError(f"the log does not hold: {told}")
    facts = told[0]["facts"]
    seconds = middle([one.seconds for one in done])
    inside = middle([one["seconds"] for one in told])
    print(f"  {facts:,} facts in {seconds:.2f} s, of which {inside:.2f} s are the checking")
    what = "facts/s of a made-up file" if source.made_up else "facts/s"
    yield result("verify.rate", facts / seconds, what)
    yield result("verify.as-it-says", facts / inside, what)
