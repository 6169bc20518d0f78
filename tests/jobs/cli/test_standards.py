"""`parvis standards`: both measures, on any day, down to the files; and a count that is killed."""

import csv
import io
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from parvis.jobs import cli
from parvis.jobs.cli.standards import KINDS
from parvis.lib import clock
from parvis.lib.references import subject_of
from parvis.readers.standards.behind import COLUMNS, Kind
from parvis.readers.standards.counting import count
from tests.department import SCALE, in_department
from tests.filing import RECEIVED as NOW
from tests.filing import REFUSE, filed
from tests.houses import copied
from tests.jobs.cli.test_demo import run as run_in
from tests.jobs.cli.test_demo import within

COUNTED_ON = "2023-11-30"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def _department(db: None) -> Iterator[None]:
    with in_department(now=NOW, scale=SCALE, then=count):
        yield


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, ["standards", *arguments])


def told(*arguments: str) -> dict[str, Any]:
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.usefixtures("_department")
def test_the_json_has_both_measures_in_all_and_by_program() -> None:
    found = told("--on", COUNTED_ON)
    waiting, decided = found["waiting"], found["decided"]
    assert waiting["share"] == pytest.approx(0.5746, abs=0.001)
    assert waiting["share"] == pytest.approx(waiting["within"] / waiting["inventory"], abs=5e-5)
    assert decided["share"] == pytest.approx(decided["within"] / decided["count"], abs=5e-5)
    assert waiting["inventory"] == waiting["within"] + waiting["late"]
    assert (found["decided_from"], found["decided_to"]) == ("2023-10-31", COUNTED_ON)
    programs = {one["program"]: one for one in found["programs"]}
    for measure, whole in (("waiting", "inventory"), ("decided", "count")):
        for key in (whole, "within", "late", "without_standard"):
            assert sum(one[measure][key] for one in programs.values()) == found[measure][key]
    unmeasured = programs["parents-grandparents"]["waiting"]
    assert unmeasured["without_standard"] == waiting["without_standard"] > 0
    assert (unmeasured["inventory"], unmeasured["share"]) == (0, None)


@pytest.mark.usefixtures("_department")
def test_every_figure_opens_to_its_files_as_csv() -> None:
    found = told("--on", COUNTED_ON, "--program", "study-permit")
    for kind, number in {
        "inventory": found["waiting"]["inventory"],
        "late": found["waiting"]["late"],
        "decided-late": found["decided"]["late"],
    }.items():
        done = run("--on", COUNTED_ON, "--program", "study-permit", "--files", kind)
        rows = list(csv.reader(io.StringIO(done.stdout)))
        assert tuple(rows[0]) == COLUMNS
        assert len(rows) - 1 == number > 0, kind
        assert all(subject_of(row[0]) for row in rows[1:])
        assert {row[1] for row in rows[1:]} == {"study-permit"}


def test_the_kinds_of_files_are_those_of_the_reader() -> None:
    assert list(KINDS) == list(Kind)


@pytest.mark.usefixtures("_department")
@pytest.mark.parametrize("by", ["program", "office", "month"])
def test_the_tables_are_as_wide_as_their_words_in_both_languages(by: str) -> None:
    english, french = (
        run("--on", COUNTED_ON, "--by", by, "--lang", language).stdout.splitlines()
        for language in ("en", "fr")
    )
    assert "Waiting on 30 November 2023; decided from 31 October 2023" in english[0]
    assert "En attente le 30 novembre 2023" in french[0]
    assert len(english) == len(french) > 10
    for lines in (english, french):
        assert len({len(line) for line in lines[2:]}) == 1


def test_a_program_without_a_standard_has_no_share(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=5))
    filed(REFUSE, program="parents-grandparents")
    filed(program="parents-grandparents")
    count(clock.now())
    found = told("--on", "2024-01-12")
    assert (found["waiting"]["share"], found["decided"]["share"]) == (None, None)
    assert found["waiting"]["without_standard"] == 2


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["--on", "2023-13-01"], 2, "'2023-13-01' is not a day; say it like 2023-11-30"),
        (["--on", "yesterday"], 2, "is not a day"),
        (["--program", "study-permits"], 2, "did you mean study-permit?"),
        (["--by", "line"], 2, "is not one of"),
        (["--on", "2024-01-13"], 1, "13 January 2024 is still to come."),
        (["--office", "no-such"], 1, "at an office with this code. Check the code"),
        (["--on", "2013-01-01"], 1, "The first came on "),
    ],
)
@pytest.mark.usefixtures("_department")
def test_what_cannot_be_told_is_refused_in_one_sentence(
    arguments: list[str], code: int, sentence: str
) -> None:
    refused = run(*arguments)
    assert refused.exit_code == code
    assert sentence in refused.output
    assert "Traceback" not in refused.output


def test_a_house_without_a_count_or_without_files_says_so(db: None) -> None:
    refused = run()
    assert (refused.exit_code, "run parvis figures refresh" in refused.output) == (1, True)
    count(NOW)
    refused = run()
    assert (refused.exit_code, "There are no applications yet" in refused.output) == (1, True)


KILLED = """
import os, signal
from parvis.jobs.cli.house import open_house
open_house()
from parvis.lib import clock
from parvis.readers.standards import counting

def half_way(looked_at, anew):
    if anew >= 2_000:
        os.kill(os.getpid(), signal.SIGKILL)

counting._BATCH = 500
counting.count(clock.now(), all_anew=True, progress=half_way)
"""


@pytest.fixture
def home(tmp_path: Path, made_house: Path) -> Iterator[dict[str, str]]:
    """Return the environment of a house with its demo department, which is gone afterwards."""
    cluster = copied(made_house, tmp_path / "home")
    environment = within(cluster.home) | {"PARVIS_CLOCK": NOW.isoformat()}
    filled = run_in(environment, "demo", "--fill", "--scale", str(SCALE))
    assert filled.returncode == 0, filled.stderr
    yield environment
    cluster.reset()


def test_of_the_demo_57_46_percent_are_within_and_a_killed_count_is_whole_after_the_next(
    home: dict[str, str],
) -> None:
    def standing() -> dict[str, Any]:
        done = run_in(home, "standards", "--on", COUNTED_ON, "--json")
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return {key: found[key] for key in ("waiting", "decided", "programs", "offices")}

    before = standing()
    assert before["waiting"]["share"] == pytest.approx(0.5746, abs=0.001)
    killed = subprocess.run([sys.executable, "-c", KILLED], env=home, check=False)
    assert killed.returncode == -signal.SIGKILL
    # What was counted before is told until all is counted again.
    assert standing() == before
    again = run_in(home, "figures", "refresh")
    assert again.returncode == 0, again.stderr
    [anew, files] = re.findall(r"([\d,]+) of ([\d,]+) files were new", again.stderr)[0]
    assert 0 < int(files.replace(",", "")) - int(anew.replace(",", "")) <= 2_500
    assert standing() == before
