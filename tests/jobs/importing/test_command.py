"""`parvis import` from outside: what it says, where, with which exit code, and what it kept."""

import gzip
import json
import signal
import stat
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner
from pyarrow import parquet

from parvis.jobs import cli
from tests.channels.casefiles.writing import Case, event, event_table, trace, write, xes
from tests.channels.casefiles.writing import log as xes_log
from tests.jobs.importing.house import House, counted

EVENTS = [
    ("received", "2024-01-12T09:00:00Z", None),
    ("look", "2024-01-13T09:00:00Z", "complete"),
    ("decided", "2024-02-01T09:00:00Z", None),
]
CASES: list[Case] = [(f"N-{n}", EVENTS) for n in range(1, 4)]
TABLE = "case_id,received_on,decided_on,outcome\nN-1,2024-01-12,2024-02-01,x\nN-2,2024-01-13,,\n"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;">]>'
    '<log><trace><string key="concept:name" value="&c;"/></trace></log>'
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<log><trace><string key="concept:name" value="&x;"/></trace></log>'
)


def test_the_summary_alone_is_on_stdout_and_the_rest_on_stderr(
    house: House, tmp_path: Path
) -> None:
    file = write(tmp_path / "log.xes", xes(CASES))
    summary = house.take(file, "study-permit")
    assert counted(summary) == (3, 9, 9, 0, 0)
    assert (summary["rejected_file"], summary["broken"]) == (None, None)
    assert isinstance(summary["seconds"], float)
    assert counted(house.take(file, "study-permit")) == (3, 9, 0, 9, 0)
    house.is_sound()
    assert house.facts() == 9


def test_a_longer_file_adds_what_is_new_and_a_shorter_one_removes_nothing(
    house: House, tmp_path: Path
) -> None:
    part = [("N-1", [EVENTS[0], EVENTS[2]]), ("N-2", EVENTS)]
    assert counted(house.take(write(tmp_path / "part.xes", xes(part)), "study-permit")) == (
        *(2, 5, 5, 0, 0),
    )
    whole = write(tmp_path / "whole.csv", event_table(CASES))
    assert counted(house.take(whole, "study-permit")) == (3, 9, 4, 5, 0)
    before = house.content()
    assert counted(house.take(tmp_path / "part.xes", "study-permit")) == (2, 5, 0, 5, 0)
    assert house.content()[0] == before[0]
    assert counted(house.take(whole, "study-permit")) == (3, 9, 0, 9, 0)
    assert house.content() == before
    house.is_sound()


def test_without_json_the_summary_is_in_words(house: House, tmp_path: Path) -> None:
    file = write(tmp_path / "log.xes", xes(CASES))
    done = house.run("import", str(file), "--program", "study-permit")
    assert done.returncode == 0
    assert "3 cases of Study permit (study-permit)" in done.stdout
    assert "9 facts: 9 added, 0 there before" in done.stdout


def test_a_cut_file_keeps_its_whole_cases_and_says_so(house: House, tmp_path: Path) -> None:
    cases = [(f"N-{n}", EVENTS) for n in range(500)]
    whole = gzip.compress(xes(cases).encode())
    file = tmp_path / "log.xes.gz"
    file.write_bytes(whole[: len(whole) // 2])
    done = house.run("import", str(file), "--program", "study-permit", "--json")
    assert done.returncode == 1
    summary = json.loads(done.stdout)
    assert "cut" in summary["broken"]
    assert "cut" in done.stderr
    kept = house.number("SELECT count(*) FROM applications_application")
    assert counted(summary) == (kept, kept * 3, kept * 3, 0, 0)
    assert 0 < kept < 500
    assert house.number("SELECT count(*) FROM events_subject WHERE facts <> 3") == 0
    house.is_sound()
    file.write_bytes(whole)
    assert counted(house.take(file, "study-permit")) == (500, 1500, 1500 - kept * 3, kept * 3, 0)


def test_what_cannot_be_read_is_kept_apart_and_the_rest_goes_on(
    house: House, tmp_path: Path
) -> None:
    bad = trace("N-2", event("received"), event("look", "no time"), event("decided"))
    nameless = trace(None, event("received"))
    long = trace("N" * 201, event("received"), event("look"))
    good = [trace(f"N-{n}", event("received")) for n in (1, 3)]
    file = write(tmp_path / "log.xes", xes_log(good[0], bad, nameless, long, good[1]))
    summary = house.take(file, "study-permit", code=1)
    assert counted(summary) == (2, 2, 2, 0, 3)
    assert summary["broken"] is None
    kept = Path(summary["rejected_file"])
    assert kept.parent == house.home / "rejects"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    rejects = [json.loads(line) for line in kept.read_text().splitlines()]
    assert [set(one) for one in rejects] == [{"line", "case", "field", "reason", "record"}] * 3
    lines = file.read_text().splitlines()
    at_fault, no_number, too_long = rejects
    assert (at_fault["case"], at_fault["field"]) == ("N-2", "time:timestamp")
    assert "no time" in at_fault["reason"]
    assert "2 events were not imported" in at_fault["reason"]
    assert "no time" in at_fault["record"]
    assert lines[at_fault["line"] - 1] == "<event>"
    assert no_number["case"] is None
    assert lines[no_number["line"] - 1] == "<trace>"
    assert (too_long["case"], lines[too_long["line"] - 1]) == ("N" * 201, "<trace>")
    assert "201 characters" in too_long["reason"]
    assert house.facts() == 2


def test_two_files_rejected_at_once_do_not_share_a_file(house: House, tmp_path: Path) -> None:
    bad = write(tmp_path / "log.xes", xes_log(trace(None, event("received"))))
    first = house.take(bad, "study-permit", code=1)["rejected_file"]
    assert house.take(bad, "study-permit", code=1)["rejected_file"] != first


NOTHING_IMPORTED: dict[str, tuple[str, bytes | None, str]] = {
    "missing": ("log.xes", None, "No such file"),
    "empty": ("log.xes", b"", "empty"),
    "blank": ("log.csv", b"\n\n", "empty"),
    "empty gzip": ("log.xes.gz", b"", "empty"),
    "garbage": ("log.bin", bytes(range(256)) * 9, "no known format"),
    "garbage named xes": ("log.xes", bytes(range(1, 256)) * 9, "does not begin with <"),
    "garbage named parquet": ("log.parquet", b"\x01\x02" * 99, "does not begin with PAR1"),
    "a workbook": ("table.xlsx", b"PK\x03\x04" + bytes(99), "workbook"),
    "no columns": ("table.csv", b"a,b\n1,2\n", "--columns"),
    "cut parquet": ("table.parquet", b"PAR1" + bytes(99), "Parquet"),
}
BROKEN: dict[str, tuple[str, str, str]] = {
    "bomb": ("log.xes", BOMB, "DOCTYPE is refused"),
    "outside": ("log.xes", OUTSIDE, "DOCTYPE is refused"),
    "not a log": ("log.xes", "<html><body/></html>", "<html>"),
    "not xml": ("log.xes", "<log><trace></log>", "not well-formed"),
}


def refused_before_anything_is_started(file: Path, home: Path, *more: str) -> str:
    """Return the one sentence that an import was refused with; no database is looked for."""
    environment = {"PARVIS_HOME": str(home), "DATABASE_URL": f"postgresql:///never?host={home}"}
    done = CliRunner().invoke(cli.main, ["import", str(file), "--json", *more], env=environment)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("parvis: ")
    return done.stderr


@pytest.mark.parametrize("name", NOTHING_IMPORTED)
def test_what_is_no_file_of_cases_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    path, data, says = NOTHING_IMPORTED[name]
    if data is not None:
        write(tmp_path / path, data)
    program = ("--program", "study-permit")
    told = refused_before_anything_is_started(tmp_path / path, tmp_path / "home", *program)
    assert says in told
    assert told.count("\n") == 1


@pytest.mark.parametrize("name", BROKEN)
def test_a_hostile_or_broken_log_imports_nothing_and_says_why(
    name: str, house: House, tmp_path: Path
) -> None:
    path, text, says = BROKEN[name]
    done = house.run(
        "import", str(write(tmp_path / path, text)), "--program", "study-permit", "--json"
    )
    assert done.returncode == 1
    summary = json.loads(done.stdout)
    assert says in summary["broken"]
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert counted(summary)[:4] == (0, 0, 0, 0)
    assert house.facts() == 0
    assert "root:" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("study-permits", "did you mean study-permit"),
        ("nothing-like-it", "no program has the code"),
        ("./missing.yaml", "cannot be read"),
        ("broken.yaml", "is not a program"),
        ("not-yaml.yaml", "is not a program"),
        ("empty.yaml", "is not a program"),
    ],
)
def test_what_is_no_program_is_refused(program: str, says: str, tmp_path: Path) -> None:
    file = write(tmp_path / "log.xes", xes(CASES))
    write(tmp_path / "broken.yaml", "code: Broken Code\nline: x\n")
    write(tmp_path / "not-yaml.yaml", "code: [a\n")
    write(tmp_path / "empty.yaml", "")
    named = str(tmp_path / program) if program.endswith(".yaml") else program
    home = tmp_path / "home"
    assert says in refused_before_anything_is_started(file, home, "--program", named)
    assert not list(home.glob("programs/*"))


def test_the_program_must_be_named(house: House, tmp_path: Path) -> None:
    done = house.run("import", str(write(tmp_path / "log.xes", xes(CASES))))
    assert (done.returncode, done.stdout) == (2, "")
    assert "--program" in done.stderr


def test_columns_can_be_told(house: House, tmp_path: Path) -> None:
    text = "dossier;arrivé;rendu\nN-1;2024-01-12;2024-02-01\nN-2;2024-01-13;\n"
    file = write(tmp_path / "table.csv", text)
    told = "case=dossier,received=arrivé,decided=rendu"
    assert counted(house.take(file, "study-permit", "--columns", told)) == (2, 3, 3, 0, 0)
    days = house.ask("SELECT received_at::date::text FROM applications_application ORDER BY 1")
    assert days == [("2024-01-12",), ("2024-01-13",)]
    for wrong in ("case=nothing,received=arrivé", "case", "received=arrivé", "a=b,case=dossier"):
        more = ("--program", "study-permit", "--columns", wrong)
        refused_before_anything_is_started(file, tmp_path / "other", *more)
    assert house.facts() == 3


def test_the_last_row_of_a_table_needs_no_end(house: House, tmp_path: Path) -> None:
    whole = house.take(write(tmp_path / "whole.csv", TABLE), "study-permit")
    cut = house.take(write(tmp_path / "cut.csv", TABLE.rstrip("\n")), "study-permit")
    assert counted(whole) == (2, 3, 3, 0, 0)
    assert counted(cut) == (2, 3, 0, 3, 0)
    events = event_table(CASES).rstrip("\r\n")
    assert counted(house.take(write(tmp_path / "events.csv", events), "work-permit")) == (
        *(3, 9, 9, 0, 0),
    )


def test_parquet_reads_as_the_same_table_does(house: House, tmp_path: Path) -> None:
    rows = [(number, *one) for number, events in CASES for one in events]
    names = ["case_id", "activity", "timestamp", "lifecycle"]
    columns = [list(column) for column in zip(*rows, strict=True)]
    parquet.write_table(pa.table(dict(zip(names, columns, strict=True))), tmp_path / "log.parquet")
    assert counted(house.take(tmp_path / "log.parquet", "study-permit")) == (3, 9, 9, 0, 0)
    csv = write(tmp_path / "log.csv.gz", event_table(CASES))
    assert counted(house.take(csv, "study-permit")) == (3, 9, 0, 9, 0)
    assert counted(house.take(write(tmp_path / "log.xes", xes(CASES)), "study-permit")) == (
        *(3, 9, 0, 9, 0),
    )


def test_a_drafted_program_imports_the_log_it_was_drafted_from(
    house: House, tmp_path: Path
) -> None:
    file = write(tmp_path / "log.xes.gz", xes(CASES))
    drafted = house.run("programs", "draft", str(file), "--code", "drafted")
    program = write(tmp_path / "drafted.yaml", drafted.stdout)
    assert counted(house.take(file, str(program))) == (3, 9, 9, 0, 0)
    # The house keeps a program that it has once imported by.
    program.unlink()
    assert counted(house.take(file, "drafted")) == (3, 9, 0, 9, 0)


def test_of_two_imports_into_one_program_at_once_one_is_refused(
    house: House, tmp_path: Path
) -> None:
    cases = [(f"N-{n}", EVENTS) for n in range(20_000)]
    file = write(tmp_path / "log.csv", event_table(cases))
    small = write(tmp_path / "small.xes", xes(CASES))
    facts = "SELECT count(*) FROM (SELECT FROM events_subject LIMIT 1) _"
    first = house.start(file, "study-permit")
    assert house.until(first, facts, 1)
    first.send_signal(signal.SIGSTOP)  # it holds its lock and does not end
    assert house.is_importing()
    done = house.run("import", str(small), "--program", "study-permit", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "parvis: another import into study-permit is running; wait until it has ended\n"
    )
    assert counted(house.take(small, "work-permit")) == (3, 9, 9, 0, 0)
    first.send_signal(signal.SIGCONT)
    out, err = first.communicate(timeout=60)
    assert first.returncode == 0, err
    assert counted(json.loads(out)) == (20_000, 60_000, 60_000, 0, 0)
    assert counted(house.take(small, "study-permit")) == (3, 9, 0, 9, 0)
