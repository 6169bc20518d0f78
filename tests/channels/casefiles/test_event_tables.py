"""Tables with one row an event, in any order."""

import gzip
from pathlib import Path

import pytest

from parvis.channels.casefiles import event_table, open_file
from tests.channels.casefiles.writing import NOW, TORONTO, read, write
from tests.channels.casefiles.writing import event_table as written

HEADER = "case_id,activity,timestamp,lifecycle\n"
SCATTERED = """A-1,Received,2024-01-05T10:00:00Z,start
A-2,Received,2024-01-06,
A-1,Approved,2024-02-05,complete
A-3,Received,2024-01-07,
A-2,Refused,2024-02-06,
"""


def test_the_rows_of_a_case_are_brought_together_by_its_first_line(tmp_path: Path) -> None:
    got = read(write(tmp_path / "events.csv.gz", HEADER + SCATTERED))
    assert [(case.number, case.line, [e.line for e in case.events]) for case in got.cases] == [
        ("A-1", 2, [2, 4]),
        ("A-2", 3, [3, 6]),
        ("A-3", 5, [5]),
    ]
    assert [(e.activity, e.at.isoformat(), e.lifecycle) for e in got.cases[0].events] == [
        ("Received", "2024-01-05T10:00:00+00:00", "start"),
        ("Approved", "2024-02-05T05:00:00+00:00", "complete"),
    ]
    assert (got.rejects, got.broken) == ([], None)


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("A-2,,2024-01-06,", "activity", "empty"),
        ("A-2,Asked,,", "timestamp", "no date or time"),
        ("A-2,Asked,soon,", "timestamp", "“soon” is not a date"),
        ("A-2,Asked,1899-01-01,", "timestamp", "before 1900"),
        ("A-2,Asked,2030-01-01,", "timestamp", "in the future"),
        ("A-2,Asked,2024-01-06," + "x" * 501, "lifecycle", "501 characters"),
        ("A-2,Asked", None, "2 fields, but 4 columns"),
        ("A-2,Asked,2024-01-06,,", None, "5 fields, but 4 columns"),
        ('A-2,"Asked,2024-01-06,', None, "quotation mark"),
    ],
    ids=lambda value: value[:40] if value else "none",
)
def test_one_bad_row_leaves_out_its_case_and_is_one_reject(
    tmp_path: Path, row: str, field: str | None, reason: str
) -> None:
    got = read(write(tmp_path / "events.csv", HEADER + row + "\n" + SCATTERED))
    assert (got.numbers, got.broken) == (["A-1", "A-3"], None)
    (reject,) = got.rejects
    assert (reject.line, reject.case, reject.field) == (2, "A-2", field)
    assert reason in reject.reason
    assert reject.reason.endswith("; the case's other 2 events were not imported")
    assert reject.record == row


def test_rows_without_a_case_are_rejects_of_their_own(tmp_path: Path) -> None:
    rows = ",Received,2024-01-05,\n ,Received,2024-01-05,\n"
    got = read(write(tmp_path / "events.csv", HEADER + rows + SCATTERED))
    assert got.numbers == ["A-1", "A-2", "A-3"]
    assert [(r.line, r.case, r.field, r.reason) for r in got.rejects] == [
        (2, None, "case_id", "empty"),
        (3, None, "case_id", "empty"),
    ]


def test_a_case_of_too_many_events_is_no_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_table, "MOST_EVENTS", 1)
    got = read(write(tmp_path / "events.csv", HEADER + SCATTERED))
    assert got.numbers == ["A-3"]
    assert [reject.reason for reject in got.rejects] == ["a case of more than 1 events"] * 2


def test_a_cut_last_line_takes_its_case_along(tmp_path: Path) -> None:
    path = write(tmp_path / "events.csv", HEADER + SCATTERED + "A-3,Approved,2024-0")
    got = read(path)
    assert got.numbers == ["A-1", "A-2"]
    assert [(reject.line, reject.case) for reject in got.rejects] == [(7, "A-3")]


def test_a_number_that_is_cut_itself_takes_the_case_before_along(tmp_path: Path) -> None:
    rows = "A-12,Received,2024-01-05,\nA-123,Received,2024-01-05,\nA-12"  # of A-123, perhaps
    got = read(write(tmp_path / "events.csv", HEADER + rows))
    assert got.numbers == ["A-12"]
    assert [(reject.line, reject.case) for reject in got.rejects] == [(3, "A-123"), (4, None)]


def cut(path: Path, text: str) -> Path:
    packed = gzip.compress(text.encode())
    path.write_bytes(packed[: len(packed) - 2_000])
    return path


def test_a_packed_table_cut_where_cases_follow_one_another_keeps_all_but_the_last(
    tmp_path: Path,
) -> None:
    cases = [
        (f"A-{n}", [("Received", "2024-01-05", None), ("Approved", "2024-02-05", None)])
        for n in range(5_000)
    ]
    got = read(cut(tmp_path / "events.csv.gz", written(cases)))
    assert 1_000 < len(got.cases) < 5_000
    assert got.numbers == [f"A-{n}" for n in range(len(got.cases))]
    assert all(len(case.events) == 2 for case in got.cases)
    assert 1 <= len(got.rejects) <= 2
    assert "ends too early" in str(got.broken)


def test_a_packed_table_cut_where_cases_are_scattered_gives_none(tmp_path: Path) -> None:
    rows = [
        f"A-{n},{step},2024-01-05,\n" for step in ("Received", "Approved") for n in range(5_000)
    ]
    got = read(cut(tmp_path / "events.csv.gz", HEADER + "".join(rows)))
    assert (got.cases, got.rejects) == ([], [])
    assert "no case is known to be whole" in str(got.broken)


def test_progress_is_half_for_the_file_and_half_for_its_cases(tmp_path: Path) -> None:
    path = write(tmp_path / "events.csv", HEADER + SCATTERED)
    file = open_file(path, now=NOW, time_zone=TORONTO)
    seen = [file.progress(), *(file.progress() for _ in file.read()), file.progress()]
    assert seen == [0, 0.7, 0.9, 1, 1]
    assert file.events_read == 5


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_table, "SHELF", event_table.SHELF + "PRAGMA max_page_count = 5;")
    rows = "".join(f"A-{n},Received,2024-01-05,\n" for n in range(5_000))
    got = read(write(tmp_path / "events.csv", HEADER + rows))
    assert got.cases == []
    assert "directory for temporary files" in str(got.broken)
