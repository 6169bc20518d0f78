"""`parvis figures refresh`, and the same after an import and every day."""

import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from parvis.jobs import cli, daily
from parvis.jobs.figures import told
from parvis.lib import clock
from parvis.readers.estimates.figures import Figure
from parvis.readers.estimates.models import PublishedFigure
from tests.readers.estimates.planting import NOW, decided

FIGURE = Figure(
    program="study-permit",
    as_of=date(2024, 1, 12),
    decided_from=date(2023, 9, 22),
    decided_to=date(2024, 1, 11),
    share=0.8,
    files=1240,
    days=70,
    dots=(70,) * 20,
)


@pytest.mark.django_db
def test_it_prints_what_it_counted_and_counts_the_same_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    decided([70] * 40)
    runs = [CliRunner().invoke(cli.main, ["figures", "refresh"]) for _ in range(2)]
    assert [run.exit_code for run in runs] == [0, 0]
    assert runs[0].stdout == runs[1].stdout
    lines = {line.split()[0]: line for line in runs[0].stdout.splitlines()}
    assert "80% in 10 weeks or less (70 days; 40 decided from 2023-09-22" in lines["study-permit"]
    assert "too few to say (0 decided" in lines["work-permit"]
    assert "1 of 10 programs have a published time" in runs[0].stderr
    assert PublishedFigure.objects.count() == len(lines) == 10


def test_a_line_has_its_numbers() -> None:
    assert told(FIGURE) == (
        "study-permit             80% in 10 weeks or less"
        " (70 days; 1,240 decided from 2023-09-22 to 2024-01-11)"
    )


def test_what_is_done_daily_goes_on_after_a_failure(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    waited: list[float] = []
    done = threading.Event()

    class Impatient:
        def wait(self, seconds: float) -> None:
            waited.append(seconds)
            if len(waited) == 3:
                done.set()
                threading.Event().wait()  # the thread ends with the process

    works = [True, True, False]

    def job() -> None:
        if not works.pop():
            raise OSError("the disk is full")

    monkeypatch.setattr(daily, "Event", Impatient)
    daily.daily(job, name="some-job")
    assert done.wait(10)
    assert waited == [300.0, 86_400.0, 86_400.0]
    assert "some-job failed" in caplog.text
    assert "the disk is full" in caplog.text


def test_an_unknown_command_of_figures_is_a_usage_error() -> None:
    assert CliRunner().invoke(cli.main, ["figures", "nothing"]).exit_code == 2


def test_help_needs_no_database(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "parvis", "figures", "--help"],
        env={"PARVIS_HOME": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "refresh" in done.stdout
    assert list(tmp_path.iterdir()) == []
