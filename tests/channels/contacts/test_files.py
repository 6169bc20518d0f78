"""Files of telephone systems are read event by event; what is at fault is told with its line."""

import gzip
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from parvis.casework.contacts.facts import ContactEvent
from parvis.channels.casefiles.model import FileBroken, Reject
from parvis.channels.contacts.opening import open_contacts
from tests.casework.contacts.telling import ANSWERED, told

NOW = datetime(2024, 2, 1, tzinfo=UTC)
REAL = Path(__file__).parents[3].parent / "shared" / "data" / "calls"
BANK = (
    "vru+line\tcall_id\tcustomer_id\tpriority\ttype\tdate\tvru_entry\tvru_exit\tvru_time\tq_start"
    "\tq_exit\tq_time\toutcome\tser_start\tser_exit\tser_time\tserver\n"
)


def read(path: Path) -> tuple[list[ContactEvent], list[Reject]]:
    found = list(open_contacts(path, now=NOW).read())
    events = [one for one in found if isinstance(one, ContactEvent)]
    return events, [one for one in found if isinstance(one, Reject)]


def written(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    body = content.encode()
    path.write_bytes(gzip.compress(body) if name.endswith(".gz") else body)
    return path


@pytest.mark.parametrize("name", ["events.jsonl", "events.jsonl.gz"])
def test_json_lines_are_events(tmp_path: Path, name: str) -> None:
    lines = [json.dumps(told("c1", kind, s)) for kind, s in ANSWERED]
    lines[2:2] = ["", "{]", json.dumps(told("c1", "offered") | {"at": 5})]
    events, rejects = read(written(tmp_path, name, "\n".join(lines)))
    assert [one.kind for one in events] == [kind for kind, _ in ANSWERED]
    assert [(one.line, one.field) for one in rejects] == [(4, None), (5, "at")]
    assert rejects[0].record == "{]"


def test_a_table_is_events(tmp_path: Path) -> None:
    rows = [
        f"c1/{kind};{kind};2024-01-12T10:00:{n:02}Z;c1;;x" for n, (kind, _) in enumerate(ANSWERED)
    ]
    rows[1:1] = ["c1/bad;offered;soon;c1;;x", "c1/short;offered"]
    path = written(
        tmp_path, "events.csv", "event_id;kind;at;contact_id;line;caller\n" + "\n".join(rows) + "\n"
    )
    events, rejects = read(path)
    assert [one.kind for one in events] == [kind for kind, _ in ANSWERED]
    assert events[0].line is None
    assert [(one.line, one.field) for one in rejects] == [(3, "at"), (4, None)]


def test_a_table_without_the_fields_says_which_lack(tmp_path: Path) -> None:
    with pytest.raises(FileBroken, match="it lacks contact_id, kind, at"):
        open_contacts(written(tmp_path, "events.csv", "event_id,when\n1,2\n"), now=NOW)


def test_a_file_that_was_cut_keeps_what_is_whole_and_says_so(tmp_path: Path) -> None:
    lines = [json.dumps(told(f"c{n}", "offered")) for n in range(5_000)]
    whole = gzip.compress("\n".join(lines).encode())
    path = tmp_path / "events.jsonl.gz"
    path.write_bytes(whole[: len(whole) // 2])
    found = []
    with pytest.raises(FileBroken, match="cut"):
        found.extend(open_contacts(path, now=NOW).read())
    assert 0 < len(found) < 5_000
    with pytest.raises(FileBroken):
        open_contacts(tmp_path / "nowhere.jsonl", now=NOW)


@pytest.mark.parametrize(
    ("row", "told_as"),
    [
        (
            "33120\t7\t2\tPE\t990101\t8:00:00\t8:00:06\t6\t8:00:06\t8:01:06\t60\tAGENT\t8:01:05\t8:05:00\t235\tEVE",
            "offered queued answered ended",
        ),
        # Past midnight the clock begins anew.
        (
            "33121\t7\t2\tPS\t990101\t23:59:00\t23:59:06\t6\t23:59:06\t0:01:06\t120\tHANG\t0:00:00\t0:00:00\t0\tNO",
            "offered queued abandoned ended",
        ),
        (
            "33122\t0\t0\tPS\t990101\t8:00:00\t8:00:06\t6\t0:00:00\t0:00:00\t0\tHANG\t0:00:00\t0:00:00\t0\tNO",
            "offered ended",
        ),
        (
            "33123\t0\t0\tPS\t990101\t8:00:00\t8:00:06\t6\t0:00:00\t0:00:00\t0\tPHANTOM\t0:00:00\t0:00:00\t0\tNO",
            "",
        ),
    ],
)
def test_a_call_of_the_bank_is_its_events(tmp_path: Path, row: str, told_as: str) -> None:
    path = written(tmp_path, "bank.txt.gz", f"{BANK}AA0101\t{row}\n")
    events, rejects = read(path)
    assert " ".join(one.kind for one in events) == told_as
    assert rejects == []
    assert all(one.agent is None for one in events)
    if events:
        assert max(one.at for one in events) >= events[0].at


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            "33124\t7\t2\tPS\t990101\t8:00:09\t8:00:06\t-3\t0:00:00\t0:00:00\t0\tHANG\t0:00:00\t0:00:00\t0\tNO",
            "vru_exit is 8:00:06, before what came before it (08:00:09)",
        ),
        (
            "33125\t7\t2\tPS\t990101\t8:00:00\t8:00:06\t6\t0:00:00\t0:00:00\t0\tAGENT\t0:00:00\t0:00:00\t0\tEVE",
            "an agent answered, but neither ser_start nor ser_exit says when",
        ),
        ("33126\t7\t2\tPS\t99", "6 fields, but 17 columns"),
        (
            "33\\N\t7\t2\tPS\t990101\t8:00:00\t8:00:06\t6\t0:00:00\t0:00:00\t0\tHANG\t0:00:00\t0:00:00\t0\tNO",
            "call_id and type have letters and digits alone",
        ),
        (
            "33127\t7\t2\tPS\t990101\tearly\t8:00:06\t6\t0:00:00\t0:00:00\t0\tHANG\t0:00:00\t0:00:00\t0\tNO",
            "invalid literal",
        ),
    ],
)
def test_a_row_of_the_bank_that_cannot_be_is_told_without_who_it_was(
    tmp_path: Path, row: str, reason: str
) -> None:
    events, [reject] = read(written(tmp_path, "bank.txt", f"{BANK}AA0101\t{row}\n"))
    assert events == []
    assert reason in reject.reason
    assert reject.line == 2
    assert "EVE" not in reject.record
    assert "\t7\t" not in reject.record


@pytest.mark.parametrize(("month", "calls", "rejected"), [("01", 31_262, 97), ("02", 32_943, 123)])
def test_the_real_bank_is_read_whole(month: str, calls: int, rejected: int) -> None:
    path = REAL / f"anonymous_bank_1999_{month}.txt.gz"
    if not path.exists():
        pytest.skip(f"real files are not at hand: {path}")
    events, rejects = read(path)
    assert Counter(one.kind for one in events)["offered"] == calls
    assert len(rejects) == rejected
    assert len({one.event_id for one in events}) == len(events)
