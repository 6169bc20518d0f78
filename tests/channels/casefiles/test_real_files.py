"""Real logs of other departments, where they are at hand: every case and every event is read."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.channels.casefiles.writing import read

TOP = Path(__file__).parents[3]
REAL = TOP.parent / "shared" / "data" / "casework"

COUNTED_APART = """
import re, sys
from pathlib import Path
from tests.channels.casefiles.writing import NOW, TORONTO
from parvis.channels.casefiles import open_file
def memory():
    return int(re.search("VmHWM:[^0-9]+([0-9]+)", Path("/proc/self/status").read_text())[1]) / 1024
before = memory()
file = open_file(Path(sys.argv[1]), now=NOW, time_zone=TORONTO)
print(sum(1 for _ in file.read()), file.events_read, memory() - before)
"""


def real(name: str) -> Path:
    if not (REAL / name).exists():
        pytest.skip(f"the real file {name} is not at hand: {REAL} has none")
    return REAL / name


@pytest.mark.parametrize(
    ("name", "cases", "events"),
    [
        ("env_permit.xes.gz", 1_434, 8_577),
        ("T_BPIC15_1.xes.gz", 1_199, 54_818),
        ("T_BPIC15_2.xes.gz", 832, 50_688),
        ("T_BPIC15_3.xes.gz", 1_409, 63_148),
        ("h2b_cases_2004_2019.csv.gz", 82_272, 164_544),
    ],
)
def test_every_case_and_event_of_a_real_file_is_read(name: str, cases: int, events: int) -> None:
    got = read(real(name))
    assert (got.rejects, got.broken) == ([], None)
    assert (len(got.cases), sum(len(case.events) for case in got.cases)) == (cases, events)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells memory so")
def test_the_largest_is_read_in_little_memory() -> None:
    said = subprocess.run(
        [sys.executable, "-c", COUNTED_APART, str(real("road_fine.xes.gz"))],
        cwd=TOP,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert said[:2] == ["150370", "561470"]
    assert float(said[2]) < 20
