"""Tables with one row a case: received, decided, outcome."""

from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from parvis.channels.casefiles import open_file
from parvis.programs.schema import Columns
from parvis.programs.vocabulary import DECIDED, RECEIVED
from tests.channels.casefiles.writing import NOW, TORONTO, read, write

HEADER = "case_id,received_on,decided_on,outcome\n"
GOOD = "A-1,2024-01-05,2024-03-01,approved\n"
LAST = "A-9,2024-02-01,,\n"


def test_a_row_is_a_case_received_and_decided(tmp_path: Path) -> None:
    got = read(write(tmp_path / "cases.csv", HEADER + GOOD + LAST))
    first, last = got.cases
    assert (first.number, first.line, first.outcome) == ("A-1", 2, "approved")
    assert [(e.activity, e.at.isoformat(), e.lifecycle, e.line) for e in first.events] == [
        (RECEIVED, "2024-01-05T05:00:00+00:00", None, 2),
        (DECIDED, "2024-03-01T05:00:00+00:00", None, 2),
    ]
    assert ([e.activity for e in last.events], last.outcome) == ([RECEIVED], None)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", ["cases.csv", "cases.txt.gz"])
def test_a_table_is_read_whatever_its_marks(
    tmp_path: Path, delimiter: str, end: str, name: str
) -> None:
    text = (HEADER + GOOD + LAST).replace(",", delimiter).replace("\n", end)
    got = read(write(tmp_path / name, "\ufeff" + text))
    assert (got.numbers, got.rejects, got.broken) == (["A-1", "A-9"], [], None)


@pytest.mark.parametrize(
    "row",
    [
        '"A-1",2024-01-05,"2024-03-01",approved\n',
        " A-1 , 2024-01-05 ,2024-03-01, approved\n",
        '\n\nA-1,2024-01-05,2024-03-01,"approved\n"\n\n',
    ],
    ids=["quoted", "spaced", "blank lines and a quoted line end"],
)
def test_a_row_may_be_written_in_many_ways(tmp_path: Path, row: str) -> None:
    got = read(write(tmp_path / "cases.csv", HEADER + row + LAST))
    assert [case[:1] + case[3:] for case in got.cases] == [("A-1", "approved"), ("A-9", None)]
    assert got.cases[1].line == 2 + row.count("\n")
    assert got.rejects == []


@pytest.mark.parametrize(
    ("row", "case", "field", "reason"),
    [
        (",2024-01-05,,", None, "case_id", "empty"),
        ("9" * 501 + ",2024-01-05,,", None, "case_id", "501 characters"),
        ("B\0,2024-01-05,,", None, "case_id", "NUL"),
        ("A-1,2024-01-05,,", "A-1", "case_id", "case A-1 is already on line 2"),
        ("B,,2024-01-05,", "B", "received_on", "no date or time"),
        ("B,soon,,", "B", "received_on", "“soon” is not a date"),
        ("B,05/01/2024,,", "B", "received_on", "is not a date"),
        ("B,1899-12-31,,", "B", "received_on", "before 1900"),
        ("B,2026-01-02,,", "B", "received_on", "in the future"),
        ("B,2024-01-05,soon,", "B", "decided_on", "“soon” is not a date"),
        ("B,2024-01-05,2026-01-02,", "B", "decided_on", "in the future"),
        ("B,2024-01-05,2024-01-04,", "B", "decided_on", "decided (2024-01-04) before"),
        ("B,2024-01-05,2024-01-06," + "x" * 501, "B", "outcome", "501 characters"),
        ("B,2024-01-05,2024-01-06", "B", None, "3 fields, but 4 columns"),
        ("B,2024-01-05,2024-01-06,,", "B", None, "5 fields, but 4 columns"),
        ('B,2024-01-05,2024-01-06,"a"b', "B", None, "quotation mark"),
        ('B,2024-01-05,2024-01-06,"ab', "B", None, "quotation mark"),
        ("B,2024-01-05,," + "x" * 10_000_000, "B", None, "field limit"),
    ],
    ids=lambda value: value[:40] if value else "none",
)
def test_a_row_at_fault_is_one_reject_and_the_others_stand(
    tmp_path: Path, row: str, case: str | None, field: str | None, reason: str
) -> None:
    got = read(write(tmp_path / "cases.csv", HEADER + GOOD + row + "\n" + LAST))
    assert (got.numbers, got.broken) == (["A-1", "A-9"], None)
    (reject,) = got.rejects
    assert (reject.line, reject.case, reject.field) == (3, case, field)
    assert reason in reject.reason
    assert reject.record == row[:2_000]


def test_a_case_decided_the_day_it_came_is_no_fault(tmp_path: Path) -> None:
    rows = "B,2024-01-05T14:00:00,2024-01-05,\nC,2024-01-05T14:00:00,2024-01-05T13:00:00,\n"
    got = read(write(tmp_path / "cases.csv", HEADER + rows))
    assert [event.at.hour for event in got.cases[0].events] == [19, 19]
    assert [reject.case for reject in got.rejects] == ["C"]


def test_a_last_line_needs_no_end(tmp_path: Path) -> None:
    got = read(write(tmp_path / "cases.csv", HEADER + GOOD + LAST.strip()))
    assert (got.numbers, got.rejects) == (["A-1", "A-9"], [])


def test_a_last_line_without_end_that_lacks_fields_may_be_cut(tmp_path: Path) -> None:
    got = read(write(tmp_path / "cases.csv", HEADER + GOOD + LAST[:9]))
    assert got.numbers == ["A-1"]
    assert "the last line has no end" in got.rejects[0].reason


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ((HEADER + GOOD).encode() + b"\xc9-1,2024-01-05,,\n", 3, "iconv -f WINDOWS-1252 -t UTF-8"),
        ((HEADER + GOOD).encode("utf-16"), 1, "iconv -f UTF-16 -t UTF-8"),
        (HEADER + GOOD + '"' + "x" * (17 << 20), 3, "longer than 16 MB"),
        (HEADER.replace("case_id", '"case_id"x') + GOOD, None, "The file has: case_idx"),
        ("case received decided\n", 1, "should name the columns"),
        ("%PDF-1.7\n", 1, "should name the columns"),
    ],
)
def test_a_table_that_breaks_says_where_and_what_to_do(
    tmp_path: Path, content: str | bytes, line: int | None, what: str
) -> None:
    got = read(write(tmp_path / "cases.csv", content))
    assert got.numbers == (["A-1"] if line == 3 else [])
    assert got.broken is not None
    assert (got.broken.line, what in str(got.broken)) == (line, True)


def test_a_packed_table_that_is_cut_keeps_its_whole_rows(tmp_path: Path) -> None:
    rows = [f"A-{n},2024-01-05,2024-03-01,approved\n" for n in range(5_000)]
    path = write(tmp_path / "cases.csv.gz", HEADER + "".join(rows))
    path.write_bytes(path.read_bytes()[:-2_000])
    got = read(path)
    assert 1_000 < len(got.cases) < 5_000
    assert got.numbers == [f"A-{n}" for n in range(len(got.cases))]
    assert len(got.rejects) <= 1
    assert "ends too early" in str(got.broken)


def test_columns_may_be_told(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.csv", "dossier,reçu,issue\nA-1,2024-01-05,ok\n")
    got = read(path, Columns(case="dossier", received="reçu", outcome="issue"))
    assert [(case.number, len(case.events), case.outcome) for case in got.cases] == [
        ("A-1", 1, "ok")
    ]


@pytest.mark.parametrize(
    ("kind", "moment"),
    [
        (pa.date32(), date(2024, 1, 5)),
        (pa.timestamp("ns"), datetime(2024, 1, 5)),  # noqa: DTZ001 - a table may have no zone
        (pa.timestamp("us", "America/Toronto"), datetime(2024, 1, 5, tzinfo=TORONTO)),
        (pa.timestamp("s", "UTC"), datetime(2024, 1, 5, tzinfo=TORONTO)),
        (pa.string(), "2024-01-05"),
    ],
)
def test_a_parquet_table_is_read_whatever_its_types(
    tmp_path: Path, kind: pa.DataType, moment: object
) -> None:
    table = pa.table(
        {
            "case_id": pa.array([1, 2, None]),
            "received_on": pa.array([moment] * 3, kind),
            "decided_on": pa.array([moment, None, None], kind),
            "outcome": pa.array(["approved", None, None]).dictionary_encode(),
            "notes": pa.array([[1], [2], []]),
        }
    )
    parquet.write_table(table, tmp_path / "cases")
    got = read(tmp_path / "cases")
    assert [(case.number, case.line, case.outcome) for case in got.cases] == [
        ("1", 1, "approved"),
        ("2", 2, None),
    ]
    midnight = datetime(2024, 1, 5, tzinfo=TORONTO)
    assert [[event.at for event in case.events] for case in got.cases] == [
        [midnight] * 2,
        [midnight],
    ]
    (reject,) = got.rejects
    assert (reject.line, reject.field, reject.reason) == (3, "case_id", "empty")
    assert reject.record.startswith("case_id=, received_on=2024-01-05")


def test_a_parquet_table_that_is_cut_or_unreadable_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "cases.parquet"
    columns = {"case": [["a"]], "received": ["2024-01-05"], "decided": ["2024-01-05"]}
    parquet.write_table(pa.table(columns), path)
    assert "cannot be read further" in str(read(path).broken)
    parquet.write_table(pa.table({**columns, "case": pa.array([b"\xff"])}), path)
    assert "cannot be read further" in str(read(path).broken)
    path.write_bytes(path.read_bytes()[:-9])
    assert "it may be cut" in str(read(path).broken)


def test_progress_and_events_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.csv", HEADER + GOOD + "?\n" + LAST)
    file = open_file(path, now=NOW, time_zone=TORONTO)
    assert (file.progress(), len(list(file.read())), file.progress()) == (0, 3, 1)
    assert file.events_read == 4
