"""Any cases read back as they were written; cut anywhere, a file gives whole cases only."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from tests.channels.casefiles.writing import Case, event_table, read, write, xes

WORDS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12
).filter(lambda word: word == word.strip() != "")
MOMENTS = st.datetimes(
    min_value=datetime(1900, 1, 2),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2025, 12, 30),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(datetime.isoformat)
EVENTS = st.tuples(WORDS, MOMENTS, st.none() | WORDS)
CASES = st.lists(
    st.tuples(WORDS, st.lists(EVENTS, min_size=1, max_size=4)),
    max_size=6,
    unique_by=lambda case: case[0],
)
QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def write_parquet(path: Path, cases: list[Case], kind: pa.DataType) -> Path:
    rows = [(number, *each) for number, events in cases for each in events]
    numbers, activities, times, steps = zip(*rows, strict=True) if rows else ((), (), (), ())
    moments = [datetime.fromisoformat(time) for time in times]
    columns = {
        "case": pa.array(numbers, pa.string()),
        "activity": pa.array(activities, pa.string()).dictionary_encode(),
        "at": pa.array(times if pa.types.is_string(kind) else moments, kind),
        "lifecycle": pa.array(steps, pa.string()),
    }
    parquet.write_table(pa.table(columns), path, row_group_size=3)
    return path


WRITERS: dict[str, Callable[[Path, list[Case]], Path]] = {
    "xes": lambda path, cases: write(path, xes(cases)),
    "xes.gz": lambda path, cases: write(path.with_suffix(".gz"), xes(cases)),
    "csv": lambda path, cases: write(path, event_table(cases)),
    "semicolons": lambda path, cases: write(path, event_table(cases, ";")),
    "parquet": lambda path, cases: write_parquet(path, cases, pa.timestamp("us", "UTC")),
    "parquet text": lambda path, cases: write_parquet(path, cases, pa.string()),
}


@pytest.mark.parametrize("how", WRITERS)
@QUICK
@given(cases=CASES)
def test_any_cases_read_back_the_same(tmp_path: Path, how: str, cases: list[Case]) -> None:
    got = read(WRITERS[how](tmp_path / "cases", cases))
    assert (got.histories, got.rejects, got.broken) == (cases, [], None)


@QUICK
@given(cases=CASES, data=st.data())
def test_the_rows_of_a_table_may_lie_in_any_order(
    tmp_path: Path, cases: list[Case], data: st.DataObject
) -> None:
    rows = [(number, [event]) for number, events in cases for event in events]
    shuffled = data.draw(st.permutations(rows))
    got = read(write(tmp_path / "cases", event_table(shuffled)))
    expected: dict[str, list[object]] = {}
    for number, (event,) in shuffled:
        expected.setdefault(number, []).append(event)
    assert got.histories == list(expected.items())


BEGUN, DONE = "2024-05-01T00:00:00+00:00", "2024-05-31T00:00:00+00:00"
MANY: list[Case] = [
    (
        f"Nº {n}, “{n}”",
        [
            ("Received", BEGUN, None),
            ("Décidé", DONE, "b"),
        ],
    )
    for n in range(4)
]
ONE_A_CASE = "case,received,decided,outcome\n" + "".join(
    f"{number},2024-05-01T00:00Z,2024-05-31T00:00Z,Reçu\n" for number in range(100, 104)
)
CUTS = {
    "xes": (xes(MANY).encode(), True),
    "xes.gz": (gzip.compress(xes(MANY).encode(), mtime=0), True),
    "events.csv.gz": (gzip.compress(event_table(MANY).encode(), mtime=0), True),
    "events.csv": (event_table(MANY).encode(), False),
    "cases.csv.gz": (gzip.compress(ONE_A_CASE.encode(), mtime=0), True),
    "cases.csv": (ONE_A_CASE.encode(), False),
}


@pytest.mark.parametrize("kind", CUTS)
def test_a_file_cut_anywhere_gives_whole_cases_and_then_says_so(tmp_path: Path, kind: str) -> None:
    data, told = CUTS[kind]
    path = tmp_path / "cases"
    whole = read(write(path, data))
    assert len(whole.cases) == 4
    for end in range(len(data)):
        path.write_bytes(data[:end])
        got = read(path)
        given_cases = got.cases
        if kind.endswith(".csv"):
            # A plain table may end within its last field, or between two rows, and look whole.
            given_cases = given_cases[:-1]
        assert given_cases == whole.cases[: len(given_cases)], end
        if told or end == 0:
            assert got.broken is not None, end
