"""`parvis estimates backtest`: rows as promised, scores to be counted again, clear refusals."""

import gzip
import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from pyarrow import parquet

from parvis.jobs import cli
from parvis.jobs.estimates.backtesting import cut_offs

HEAD = "case_id,received_on,decided_on,visa\n"
COLUMNS = ["--received", "received_on", "--decided", "decided_on"]
SPAN = ["--from", "2013-01", "--to", "2013-06"]


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PARVIS_HOME", str(tmp_path / "house"))
    return tmp_path / "house"


def cases(number: int = 1_500, *, wait_after: date = date(2014, 1, 1)) -> list[str]:
    """Return rows of cases that came over two years and took some months; the last ones wait."""
    chance = np.random.default_rng(5)
    rows = []
    for place, day in enumerate(np.sort(chance.integers(0, 730, number)).tolist()):
        received = date(2012, 1, 1) + timedelta(days=day)
        decided = received + timedelta(days=int(chance.gamma(2, 40)))
        told = "" if decided >= wait_after else decided.isoformat()
        rows.append(f"A-{place},{received},{told},{'H-2A' if place % 3 else 'H-2B'}\n")
    return rows


def table(path: Path, rows: list[str]) -> str:
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return str(path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, ["estimates", "backtest", *arguments])


def test_every_file_of_each_task_has_a_row_a_method_at_every_cut_off(tmp_path: Path) -> None:
    rows, out = cases(), tmp_path / "told.parquet"
    done = run(table(tmp_path / "c.csv", rows), *COLUMNS, *SPAN, "--out", str(out))
    assert done.exit_code == 0, done.output
    told = parquet.read_table(out)
    assert told.column_names == [
        *("case_id", "cutoff", "task", "stratum", "age_days", "p50_days", "p80_days", "method")
    ]
    found = Counter(
        zip(*(told[name].to_pylist() for name in ("cutoff", "task", "method")), strict=True)
    )
    split = [row.split(",") for row in rows]
    for cutoff in cut_offs(date(2013, 1, 1), date(2013, 6, 1), "month"):
        new = sum(str(cutoff) <= one[1] < str(cutoff + timedelta(days=30)) for one in split)
        waiting = sum(one[1] < str(cutoff) and (one[2] or "9") >= str(cutoff) for one in split)
        for method in ("published", "parvis"):
            assert found[cutoff, "new", method] == new > 0
            assert found[cutoff, "open", method] == waiting > 0
    assert sum(found.values()) == told.num_rows


def test_no_date_is_before_the_files_age_and_half_come_before_most(tmp_path: Path) -> None:
    out = tmp_path / "told.parquet"
    run(table(tmp_path / "c.csv", cases()), *COLUMNS, *SPAN, "--out", str(out))
    told = parquet.read_table(out).to_pylist()
    ours = [row for row in told if row["method"] == "parvis"]
    assert all(row["age_days"] <= row["p50_days"] <= row["p80_days"] for row in ours)
    assert all(row["age_days"] == 0 for row in told if row["task"] == "new")


def test_the_scores_are_those_of_the_rows(tmp_path: Path) -> None:
    rows, out = cases(), tmp_path / "told.parquet"
    done = run(table(tmp_path / "c.csv", rows), *COLUMNS, *SPAN, "--out", str(out), "--json")
    scores = json.loads(done.stdout)["methods"]
    took = {}
    for case, received, decided, _ in (row.split(",") for row in rows):
        if decided:
            took[case] = (date.fromisoformat(decided) - date.fromisoformat(received)).days
    for method in ("published", "parvis"):
        for task in ("new", "open"):
            mine = [
                (took[row["case_id"]], row)
                for row in parquet.read_table(out).to_pylist()
                if (row["method"], row["task"]) == (method, task) and row["case_id"] in took
            ]
            late = [days - row["p80_days"] for days, row in mine]
            kept: dict[date, list[bool]] = {}
            for days, row in mine:
                kept.setdefault(row["cutoff"], []).append(days <= row["p80_days"])
            months = [100 * sum(one) / len(one) for one in kept.values()]
            expected = {
                "n": len(mine),
                "coverage80": 100 * sum(one <= 0 for one in late) / len(mine),
                "mad": sum(abs(one - 80) for one in months) / len(months),
                "pinball80": sum(0.8 * x if x > 0 else -0.2 * x for x in late) / len(late),
                "mae50": sum(abs(days - row["p50_days"]) for days, row in mine) / len(mine),
            }
            found = {name: scores[method][task][name] for name in expected}
            assert found == pytest.approx(expected)
            by_cutoff = scores[method][task]["by_cutoff"]
            assert [one["coverage80"] for one in by_cutoff] == pytest.approx(months)


def test_a_file_that_ends_earlier_gives_the_same_rows_up_to_there(tmp_path: Path) -> None:
    end = date(2013, 4, 1)
    known = [row for row in cases(wait_after=end) if row.split(",")[1] < "2013-05-01"]
    told = []
    for name, rows in (("whole", cases()), ("cut", known)):
        out = tmp_path / f"{name}.parquet"
        span = ["--from", "2013-01", "--to", "2013-04", "--stratum", "visa"]
        run(table(tmp_path / f"{name}.csv", rows), *COLUMNS, *span, "--out", str(out))
        told.append(parquet.read_table(out).to_pylist())
    assert told[0] == told[1]
    assert {row["stratum"] for row in told[0]} == {"H-2A", "H-2B"}


def test_quarters_begin_in_january_april_july_and_october() -> None:
    assert cut_offs(date(2003, 2, 1), date(2003, 10, 1), "quarter") == [
        *(date(2003, 4, 1), date(2003, 7, 1), date(2003, 10, 1))
    ]
    assert len(cut_offs(date(2003, 1, 1), date(2004, 12, 1), "month")) == 24


def log_of(path: Path, until: date = date(2014, 1, 1)) -> str:
    """Write a log of sixty cases that are filed after their decision; of events before a day."""
    cases = []
    for place in range(60):
        first = date(2012, 1, 1) + timedelta(days=5 * place)
        days = {"register": 0, "check": 10, "decide": 20 + place % 20, "file away": 60}
        events = "".join(
            f'<event><string key="concept:name" value="{name}"/>'
            f'<date key="time:timestamp" value="{on}T09:00:00+01:00"/></event>'
            for name, on in ((name, first + timedelta(days=day)) for name, day in days.items())
            if on < until
        )
        name = f'<string key="concept:name" value="X-{place}"/>'
        cases.append(f"<trace>{name}{events}</trace>" if events else "")
    path.write_bytes(gzip.compress(f"<log>{''.join(cases)}</log>".encode()))
    return str(path)


SUMMER = ["--from", "2012-06", "--to", "2012-09"]


def test_a_log_of_events_is_replayed_from_its_first_event_to_its_last(tmp_path: Path) -> None:
    done = run(log_of(tmp_path / "log.xes.gz"), *SUMMER, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["files"] == 60
    assert told["methods"]["parvis"]["open"]["n"] == 4 * 12


def test_a_log_whose_deciding_event_is_named_holds_files_that_wait(tmp_path: Path) -> None:
    told = []
    for name, until in (("whole", date(2014, 1, 1)), ("cut", date(2012, 10, 1))):
        log, out = log_of(tmp_path / f"{name}.xes.gz", until), tmp_path / f"{name}.parquet"
        done = run(log, "--decided", "decide", *SUMMER, "--out", str(out))
        assert done.exit_code == 0, done.output
        told.append(parquet.read_table(out).to_pylist())
    assert told[0] == told[1]
    assert max(row["age_days"] for row in told[0]) < 40


def test_a_deciding_event_that_a_log_has_not_is_said(tmp_path: Path) -> None:
    log = log_of(tmp_path / "log.xes.gz")
    done = run(log, "--decided", "decision", *SUMMER, "--json")
    assert done.exit_code == 0, done.output
    assert "no event is called “decision”, so each case ends with its last" in done.stderr
    assert json.loads(done.stdout) == json.loads(run(log, *SUMMER, "--json").stdout)


@pytest.mark.parametrize(
    ("rows", "kept", "what"),
    [
        (["B,2012-03-05,2012-02-01,x\n"], 1, "before it was received"),
        (["A-1,2012-03-05,2012-04-01,x\n"], 1, "is already on line"),
        (["C,hello,2012-04-01,x\n"], 1, "is not a date"),
        (["C,2012-03-05,,x\n"], 0, ""),
    ],
)
def test_a_bad_row_is_kept_apart_and_the_rest_goes_on(
    rows: list[str], kept: int, what: str, tmp_path: Path, house: Path
) -> None:
    done = run(table(tmp_path / "c.csv", [*cases(), *rows]), *COLUMNS, *SPAN, "--json")
    assert done.exit_code == (1 if kept else 0)
    assert json.loads(done.stdout)["rejected"] == kept
    assert ("The first: line 1,502, " in done.stderr and what in done.stderr) == bool(kept)
    rejects = [one.read_text() for one in house.glob("rejects/*.jsonl")]
    assert len(rejects) == kept
    assert all(what in one for one in rejects)


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (["FILE", "--received", "nope", "--decided", "decided_on", *SPAN], "is called nope", 1),
        (["FILE", "--received", "received_on", *SPAN], "--received and --decided", 2),
        (["FILE", "--decided", "decided_on", *SPAN], "--received and --decided", 2),
        (["ODD", *SPAN], "--received and --decided. The file has: a, b", 2),
        (["FILE", *COLUMNS, "--from", "2013-13", "--to", "2013-06"], "write it as 2012-01", 2),
        (["FILE", *COLUMNS, "--from", "2013-07", "--to", "2013-06"], "No month begins", 2),
        (["FILE", *COLUMNS, *SPAN, "--stratum", "color"], "is called color", 1),
        (["FILE", *COLUMNS, *SPAN, "--out", "/no/such/place/x.parquet"], "is no directory", 1),
        (["FILE", *COLUMNS, *SPAN, "--program", "study-permit"], "Name one of the two", 2),
        (SPAN, "Name one of the two", 2),
        (["--program", "nope", *SPAN], "no program has the code", 2),
        (["/no/such/file.csv", *COLUMNS, *SPAN], "No such file", 1),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    arguments: list[str], said: str, code: int, tmp_path: Path
) -> None:
    paths = {"FILE": table(tmp_path / "c.csv", cases(20)), "ODD": str(tmp_path / "odd.csv")}
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    done = run(*(paths.get(one, one) for one in arguments))
    assert done.exit_code == code
    assert said in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    "rows",
    [
        ["A,2012-01-05,2012-02-01,x\n"] * 1 + ["B,2012-01-06,,x\n", "C,2012-01-07,,x\n"],
        [f"A{n},2012-01-05,,x\n" for n in range(50)],
        [f"A{n},2012-01-05,2012-03-05,x\n" for n in range(50)],
        [f"A{n},2005-01-05,2005-03-05,x\n" for n in range(50)]
        + [f"B{n},2012-01-05,2013-03-05,x\n" for n in range(50)],
    ],
    ids=["three files", "all wait", "all decided on one day", "a gap of seven years"],
)
def test_a_thin_history_is_told_as_it_is(rows: list[str], tmp_path: Path) -> None:
    out = tmp_path / "told.parquet"
    done = run(table(tmp_path / "c.csv", rows), *COLUMNS, *SPAN, "--out", str(out))
    assert done.exit_code == 0, done.output
    for row in parquet.read_table(out).to_pylist():
        assert row["p80_days"] is None or row["p80_days"] >= 0
        assert row["method"] == "published" or (row["p50_days"] or 0) <= (row["p80_days"] or 0)


def test_a_file_without_a_case_is_refused(tmp_path: Path) -> None:
    done = run(table(tmp_path / "c.csv", []), *COLUMNS, *SPAN)
    assert done.exit_code == 1
    assert "there is no case to tell a date for" in done.output


def test_what_still_waits_is_said_not_to_be_scored(tmp_path: Path) -> None:
    path = table(tmp_path / "c.csv", cases(wait_after=date(2013, 5, 1)))
    done = run(path, *COLUMNS, *SPAN)
    assert "dates, of files that still wait" in done.output


def test_files_of_which_no_date_could_be_told_are_counted_apart(tmp_path: Path) -> None:
    rows = [f"A{n},2013-01-{1 + n % 28:02},2013-03-05,x\n" for n in range(50)]
    path = table(tmp_path / "c.csv", rows)
    span = ["--from", "2013-02", "--to", "2013-03"]
    done = run(path, *COLUMNS, *span)
    assert "nothing to score: no date could be told of a file that was decided" in done.output
    assert "No date by parvis: 100 times, as nothing had been decided by then." in done.output
    found = json.loads(run(path, *COLUMNS, *span, "--json").stdout)["methods"]["parvis"]["open"]
    assert (found["n"], found["untold"], found["waiting"]) == (0, 100, 0)


def test_scores_are_told_month_by_month_in_words_too(tmp_path: Path) -> None:
    path = table(tmp_path / "c.csv", cases())
    lines = run(path, *COLUMNS, *SPAN).stdout.splitlines()
    [january, *_] = (line.split() for line in lines if line.startswith("  2013-01-01"))
    scores = json.loads(run(path, *COLUMNS, *SPAN, "--json").stdout)["methods"]
    first = [scores[method]["new"]["by_cutoff"][0] for method in ("published", "parvis")]
    told = [one[name] for one in first for name in ("coverage80", "pinball80", "mae50")]
    assert january == ["2013-01-01", f"{first[0]['n']}", *(f"{one:.1f}" for one in told)]
