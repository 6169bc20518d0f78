"""A program is timed from outside, and its memory is that of all its processes."""

import os
import sys

import pytest

from benchmarks.timing import ProgramFailed, Timed, cores, middle, timed

HOLD = "import time; held = bytearray(60_000_000); time.sleep(0.5)"
HOLD_TWICE = f"""
import subprocess, sys
other = subprocess.Popen([sys.executable, "-c", {HOLD!r}])
{HOLD}
other.wait()
"""


def python(code: str) -> Timed:
    return timed([sys.executable, "-c", code], environment=os.environ)


def test_what_it_prints_and_how_long_it_takes_are_told() -> None:
    done = python("import time; time.sleep(0.2); print('done')")
    assert done.printed == "done\n"
    assert done.seconds > 0.2


def test_it_sees_the_environment_it_is_given() -> None:
    code = "import os; print(os.environ['PARVIS_WHAT'])"
    done = timed([sys.executable, "-c", code], environment={**os.environ, "PARVIS_WHAT": "this"})
    assert done.printed == "this\n"


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="only Linux tells memory so")
def test_memory_is_that_of_all_its_processes() -> None:
    one, two = python(HOLD).peak_bytes, python(HOLD_TWICE).peak_bytes
    assert 60_000_000 < one < 100_000_000
    assert 120_000_000 < two < 200_000_000


def test_one_that_fails_is_told_with_its_words() -> None:
    with pytest.raises(ProgramFailed, match="it broke"):
        python("raise SystemExit('it broke')")


def test_the_middle_is_neither_the_best_nor_the_worst() -> None:
    assert middle([9.0, 1.0, 2.0]) == 2.0
    assert cores() >= 1
