"""Real case histories of other departments, where they are at hand, all in one house."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.importing.house import House, counted, started

TOP = Path(__file__).parents[3]
REAL = TOP.parent / "shared" / "data" / "casework"
PROGRAMS = TOP / "examples" / "programs"

EXPECTED = {
    "road_fine.xes.gz": ("road-fine", 150_370, 561_470),
    "env_permit.xes.gz": ("environmental-permit", 1_434, 8_577),
    "T_BPIC15_1.xes.gz": ("building-permit", 1_199, 54_818),
    "T_BPIC15_2.xes.gz": ("building-permit", 832, 50_688),
    "T_BPIC15_3.xes.gz": ("building-permit", 1_409, 63_148),
    "h2b_cases_2004_2019.csv.gz": ("h2b", 82_272, 164_544),
}
LARGEST = "road_fine.xes.gz"
IDENTICAL = """
SELECT count(*) FROM events_event
WHERE by = 'import:building-permit' AND (payload->'source'->>'n')::int > 1
"""


def program(name: str) -> str:
    return str(PROGRAMS / f"{EXPECTED[name][0]}.yaml")


def take_all(house: House) -> dict[str, dict[str, Any]]:
    """Import all files, the largest beside the others."""
    largest = house.start(REAL / LARGEST, program(LARGEST))
    told = {name: house.take(REAL / name, program(name)) for name in EXPECTED if name != LARGEST}
    out, err = largest.communicate(timeout=120)
    assert largest.returncode == 0, err
    return told | {LARGEST: json.loads(out)}


def test_real_files_import_whole_once_and_stay_as_the_log_says(house: House) -> None:
    if missing := [name for name in EXPECTED if not (REAL / name).exists()]:
        pytest.skip(f"real files are not at hand: {REAL} lacks {', '.join(missing)}")
    first = take_all(house)
    assert {name: counted(summary) for name, summary in first.items()} == {
        name: (cases, events, events, 0, 0) for name, (_, cases, events) in EXPECTED.items()
    }
    # Events that are identical to one before them in their case are events all the same.
    assert house.number(IDENTICAL) == 38_271
    comparing = started("log", "replay", "--check", **house.environment)
    second = take_all(house)
    assert {name: counted(summary) for name, summary in second.items()} == {
        name: (cases, events, 0, events, 0) for name, (_, cases, events) in EXPECTED.items()
    }
    verified = json.loads(house.run("log", "verify", "--json").stdout)
    assert verified["sound"], verified["findings"][:5]
    # Two municipalities number their cases alike: 6038724 of one is 6038724 of the other.
    assert verified["anchored"] == verified["subjects"] == 237_516 - 1
    compared, _ = comparing.communicate(timeout=120)
    assert "237,515 files compared with the log; 0 differ." in compared
    assert comparing.returncode == 0
