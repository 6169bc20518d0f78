"""Event logs (XES): what is read, what is refused, and where a broken one stops."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from parvis.channels.casefiles import open_file
from tests.channels.casefiles.writing import NOW, TORONTO, event, log, read, trace, write

WHOLE = trace("A-1", event("Received"), event("Approved", "2024-06-03T10:00:00Z", "complete"))
OTHER = trace("A-2", event("Received"))
KEY, VALUE = 'key="concept:name"', 'value="Received"'
NO = f'<string {KEY} value="no"/>'


@pytest.mark.parametrize("name", ["cases.xes", "cases.xes.gz", "cases", "cases.csv"])
def test_a_log_is_known_by_its_content_whatever_its_name(tmp_path: Path, name: str) -> None:
    got = read(write(tmp_path / name, log(WHOLE, OTHER)))
    assert got.numbers == ["A-1", "A-2"]
    assert [(e.activity, e.lifecycle, e.line) for e in got.cases[0].events] == [
        ("Received", None, 5),
        ("Approved", "complete", 9),
    ]
    assert got.cases[0].line == 3
    assert (got.rejects, got.broken) == ([], None)


@pytest.mark.parametrize(
    "text",
    [
        log(WHOLE).replace("<log>", '<log xmlns="http://www.xes-standard.org/">'),
        log(WHOLE)
        .replace("</", "</x:")
        .replace("<t", "<x:t")
        .replace("<e", "<x:e")
        .replace("<s", "<x:s")
        .replace("<log", '<x:log xmlns:x="http://www.xes-standard.org/"'),
        log(WHOLE).replace("\n", ""),
        log(WHOLE).replace("\n", "\r\n"),
        "\ufeff" + log(WHOLE),
        log(f"<!-- <trace/> -->{WHOLE}<![CDATA[<trace>]]>"),
        log('<global scope="trace"><string key="concept:name" value="UNKNOWN"/></global>', WHOLE),
        log('<global scope="event"><string key="concept:name" value="UNKNOWN"/></global>', WHOLE),
        log('<classifier name="Activity" keys="concept:name"/>', WHOLE),
        log('<string key="concept:name" value="the log"/>', WHOLE),
        log(WHOLE.replace('"Received"/>', '"Received">' + NO + "</string>")),
        log(WHOLE.replace('"A-1"/>', '"A-1">' + NO + "</string>")),
        log(WHOLE.replace("</trace>", f'<string key="note">{NO}</string></trace>')),
        log(WHOLE.replace("<event>", f'<event><list key="l"><values>{NO}</values></list>')),
        log(WHOLE.replace(f"{KEY} {VALUE}", f"{VALUE} {KEY}")),
        log(WHOLE.replace("<string key", '<string lang="en" key')),
        log(WHOLE.replace("<event>", '<event><string/><float key="x" value="1"/><int key="n"/>')),
        log(WHOLE.replace("<event>", '<event><string key="lifecycle:transition" value=" "/>')),
    ],
    ids=[
        "namespace", "prefix", "one line", "CRLF", "byte order mark", "comment", "global trace",
        "global event", "classifier", "log's name", "nested in an activity", "nested in a number",
        "nested after the events", "nested in a list", "value before key", "more attributes",
        "other attributes", "blank lifecycle",
    ],
)  # fmt: skip
def test_what_is_said_around_a_case_does_not_change_it(tmp_path: Path, text: str) -> None:
    got = read(write(tmp_path / "cases.xes", text))
    plain = read(write(tmp_path / "plain.xes", log(WHOLE)))
    assert (got.histories, got.rejects, got.broken) == (plain.histories, [], None)


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1252"])
def test_a_log_is_read_in_the_encoding_that_it_declares(tmp_path: Path, encoding: str) -> None:
    text = log(trace("É-1", event("Reçu")), start=f'<?xml version="1.0" encoding="{encoding}"?>')
    got = read(write(tmp_path / "cases.xes", text.encode(encoding)))
    assert got.cases[0].number == "É-1"
    assert got.cases[0].events[0].activity == "Reçu"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-05-31T09:30:00Z", "2024-05-31T09:30:00+00:00"),
        ("2024-05-31T09:30:00.123Z", "2024-05-31T09:30:00.123000+00:00"),
        ("2024-05-31T09:30:00.123456789Z", "2024-05-31T09:30:00.123456+00:00"),
        ("2024-05-31T09:30:00.000+02:00", "2024-05-31T07:30:00+00:00"),
        ("2024-05-31T09:30:00+0100", "2024-05-31T08:30:00+00:00"),
        ("2024-05-31T09:30:00-04:00", "2024-05-31T13:30:00+00:00"),
        ("2024-05-31T09:30:00", "2024-05-31T13:30:00+00:00"),
        ("2024-01-31T09:30", "2024-01-31T14:30:00+00:00"),
        ("2024-05-31 09:30:00", "2024-05-31T13:30:00+00:00"),
        (" 2024-05-31 ", "2024-05-31T04:00:00+00:00"),
        ("1900-01-01T00:00:00Z", "1900-01-01T00:00:00+00:00"),
        (NOW.isoformat(), NOW.isoformat()),
    ],
)
def test_a_time_is_read_however_it_is_written(tmp_path: Path, written: str, meant: str) -> None:
    got = read(write(tmp_path / "cases.xes", log(trace("A-1", event("Received", written)))))
    assert [e.at.isoformat() for e in got.cases[0].events] == [meant]


@pytest.mark.parametrize(
    ("bad", "field", "reason"),
    [
        (event("Received", None), "time:timestamp", "no time"),
        (event(None), "concept:name", "no activity"),
        (event(None, None), "time:timestamp", "no time; no activity"),
        (event(" "), "concept:name", "empty"),
        (event("x" * 501), "concept:name", "501 characters"),
        (event("Received", "x", "y" * 501), "time:timestamp", "501 characters"),
        (event("Received", ""), "time:timestamp", "no date"),
        (event("Received", "yesterday"), "time:timestamp", "“yesterday” is not a date"),
        (event("Received", "31/05/2024"), "time:timestamp", "is not a date"),
        (event("Received", "2024-02-30"), "time:timestamp", "is not a date"),
        (event("Received", "9999-99-99"), "time:timestamp", "is not a date"),
        (event("Received", "1899-12-31T23:59:59Z"), "time:timestamp", "before 1900"),
        (event("Received", "0001-01-01T00:00:00+14:00"), "time:timestamp", "before 1900"),
        (event("Received", "2026-01-01T00:00:01Z"), "time:timestamp", "in the future"),
        (event("Received", "9999-12-31T23:59:59-14:00"), "time:timestamp", "in the future"),
        ("<event/>", "time:timestamp", "no time; no activity"),
    ],
)
def test_one_bad_event_leaves_out_its_case_and_is_one_reject(
    tmp_path: Path, bad: str, field: str, reason: str
) -> None:
    good = event("Received")
    text = log(WHOLE, trace("B-1", good, bad, good), OTHER)
    got = read(write(tmp_path / "cases.xes", text))
    assert got.numbers == ["A-1", "A-2"]
    (reject,) = got.rejects
    assert (reject.case, reject.field) == ("B-1", field)
    assert reason in reject.reason
    assert reject.reason.endswith("; the case's other 2 events were not imported")
    assert reject.record == bad[:2000]
    assert text.split("\n")[reject.line - 1].startswith("<event")


def test_every_bad_event_of_a_case_is_a_reject(tmp_path: Path) -> None:
    bad = event("Received", "?")
    got = read(write(tmp_path / "cases.xes", log(trace("B-1", bad, event("Asked"), bad))))
    assert [reject.line for reject in got.rejects] == [5, 13]
    assert got.cases == []


@pytest.mark.parametrize(
    ("bad", "case", "reason"),
    [
        (trace(None, event("Received")), None, "no number; its 1 event was not imported"),
        (trace("  ", event("Received")), None, "the case number: empty; its 1 event was"),
        (trace("9" * 501, event("Received")), None, "501 characters"),
        (trace("B-1"), "B-1", "the case has no events"),
        ("<trace/>", None, "the case has no number; the case has no events"),
        (trace("A-1", event("Received")), "A-1", "case A-1 is already on line 3; its 1 event was"),
        (event("Received"), None, "in no case"),
    ],
)
def test_a_case_at_fault_is_one_reject(
    tmp_path: Path, bad: str, case: str | None, reason: str
) -> None:
    got = read(write(tmp_path / "cases.xes", log(WHOLE, bad, OTHER)))
    assert got.numbers == ["A-1", "A-2"]
    (reject,) = got.rejects
    assert (reject.line, reject.case) == (15, case)
    assert reason in reject.reason
    assert reject.record == bad


def test_a_number_is_known_again_even_on_the_same_line(tmp_path: Path) -> None:
    got = read(write(tmp_path / "cases.xes", log(WHOLE, WHOLE).replace("\n", "")))
    assert got.numbers == ["A-1"]
    assert "already on line 1" in got.rejects[0].reason


def test_a_record_is_kept_however_far_back_its_case_began(tmp_path: Path) -> None:
    events = [event(f"Step {n}") for n in range(3_000)]
    got = read(write(tmp_path / "cases.xes", log(trace(None, *events), OTHER)))
    (reject,) = got.rejects
    assert reject.record == trace(None, *events)[:2_000]
    assert "its 3,000 events were not imported" in reject.reason


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('<!DOCTYPE log [<!ENTITY a "aaa">]>\n<log/>', 1, "DOCTYPE is refused"),
        ('<?xml version="1.0"?>\n<!DOCTYPE log SYSTEM "file:///etc/passwd">\n<log/>', 2, "DOCTYPE"),
        ("<!DOCTYPE html>\n<html></html>", 1, "DOCTYPE is refused"),
        ("<html></html>", 1, "begins with <log>; this begins with <html>"),
        (log(WHOLE) + "<log/>", 15, "not well-formed"),
        (log(WHOLE, "<trace></tarce>"), 15, "not well-formed"),
        (log(WHOLE, "<trace>&bomb;</trace>"), 15, "not well-formed"),
        (log(WHOLE, "<a>" * 300), 15, "deep in one another"),
        (log(WHOLE)[:-6], 15, "the file was cut"),
        (log(WHOLE)[:-3], 15, "the file was cut"),
        (log(WHOLE, start='<?xml version="1.0" encoding="klingon"?>'), 1, "klingon"),
        (log(WHOLE, start='<?xml version="1.0" encoding="shift-jis"?>'), 1, "encoding"),
        (log(WHOLE, trace("Évian")).encode("latin-1"), 16, "the byte c9 is not UTF-8"),
        (log(WHOLE, trace("\0")), 16, "not well-formed"),
        (log(WHOLE, start='<?xml version="1.0" encoding="utf-16"?>'), 1, "encoding"),
    ],
)
def test_a_log_that_breaks_says_where_and_keeps_the_cases_before(
    tmp_path: Path, text: str | bytes, line: int, reason: str
) -> None:
    got = read(write(tmp_path / "cases.xes", text))
    assert got.numbers == (["A-1"] if line > 3 else [])
    assert got.rejects == []
    assert got.broken is not None
    assert got.broken.line == line
    assert str(got.broken).startswith(f"Line {line}: ")
    assert reason in str(got.broken)


def test_the_case_that_was_being_read_is_named(tmp_path: Path) -> None:
    whole = log(WHOLE, trace("A-2", event("Received"), "<oops>"))
    got = read(write(tmp_path / "cases.xes", whole))
    assert "Case A-2 that begins on line 15 is not imported." in str(got.broken)


def test_a_tag_without_end_is_stopped(tmp_path: Path) -> None:
    got = read(write(tmp_path / "tag.xes", log(WHOLE, f'<trace x="{"y" * (17 << 20)}')))
    assert (got.numbers, "longer than 16 MB" in str(got.broken)) == (["A-1"], True)


@pytest.mark.parametrize("one", ["<event/>", event("Received")], ids=["faulty", "sound"])
def test_a_case_of_too_many_events_is_a_reject_and_the_rest_goes_on(
    tmp_path: Path, one: str
) -> None:
    endless = trace("B-1", *[one] * 210_000)
    got = read(write(tmp_path / "case.xes", log(WHOLE, endless, trace("C-1", event("Received")))))
    assert (got.numbers, got.broken) == (["A-1", "C-1"], None)
    first = got.rejects[0]
    assert (first.case, first.line) == ("B-1", 15)
    assert "more than 100,000 events" in first.reason
    assert "210,000" in first.reason or "209,999" in first.reason


def test_progress_goes_from_nothing_to_all_and_events_are_counted(tmp_path: Path) -> None:
    cases = [
        trace(f"A-{n}", event("Received"), event("Asked", "?" if n % 9 == 0 else "2024-05-31"))
        for n in range(2_000)
    ]
    path = write(tmp_path / "cases.xes", log(*cases))
    file = open_file(path, now=NOW, time_zone=TORONTO)
    seen = [file.progress()]
    seen += [file.progress() for _ in file.read()]
    assert seen[0] == 0
    assert seen == sorted(seen)
    assert seen[-1] == 1
    assert len(set(seen)) > 3
    assert file.events_read == 4_000


def test_two_packed_files_one_after_the_other_are_one(tmp_path: Path) -> None:
    first, second = (
        log(WHOLE, OTHER).encode().split(b'<trace>\n<string key="concept:name" value="A-2"/>')
    )
    packed = gzip.compress(first) + gzip.compress(
        b'<trace><string key="concept:name" value="A-2"/>' + second
    )
    path = tmp_path / "cases.xes.gz"
    path.write_bytes(packed + bytes(512))
    assert read(path).numbers == ["A-1", "A-2"]


def test_more_distinct_values_than_are_remembered_are_read_all_the_same(tmp_path: Path) -> None:
    start = datetime(2000, 1, 1, tzinfo=UTC)
    cases = [
        trace(f"A-{n}", event(f"Step {n}", (start + timedelta(hours=n)).isoformat()))
        for n in range(21_000)
    ]
    got = read(write(tmp_path / "cases.xes", log(*cases)))
    assert [e.activity for case in got.cases for e in case.events] == [
        f"Step {n}" for n in range(21_000)
    ]
    assert got.cases[-1].events[0].at == start + timedelta(hours=20_999)
