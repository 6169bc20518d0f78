"""`parvis demo` and `parvis serve`: a department to look at, and doors that open and close."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from parvis.casework.accesses.models import Access
from parvis.casework.applications.caseload import Asked, caseload
from parvis.casework.applications.models import Application
from parvis.casework.applications.selectors import files_numbered, files_of
from parvis.casework.applications.state import standing
from parvis.casework.events import log
from parvis.casework.lines.models import Line
from parvis.casework.people.models import Client, User
from parvis.casework.people.policies import Capacity
from parvis.casework.people.selectors import client_of, user_by_email
from parvis.jobs.cli.demo import demo
from parvis.jobs.demo.department import fill
from parvis.jobs.demo.mandates import COLLEAGUE, FIRM, HOLDERS
from parvis.jobs.demo.people import ADA, OFFICER, PASSWORD, ZOE
from parvis.lib.postgres import Cluster
from parvis.programs import loader
from parvis.programs.vocabulary import Status
from parvis.readers.tracker import file_page
from tests.department import in_department
from tests.filing import RECEIVED as NOW
from tests.houses import copied

SMALL = "0.0002"
"""The scale of a department that is made in some seconds."""


def states() -> list[Status]:
    rows = Application.objects.order_by("id")
    days = {code: one.dormant_after_days for code, one in loader.all_programs().items()}
    return [standing(row.state, days[row.program], NOW) for row in rows]


@pytest.fixture
def _stories(db: None) -> Iterator[None]:
    with in_department(now=NOW, scale=0.0):
        yield


@pytest.mark.django_db
def test_the_department_has_every_program_and_every_status() -> None:
    made = fill(now=NOW)
    assert made is not None
    assert made.files >= 30
    assert made.facts == sum(
        len(log.history(row.id))
        for table in (Application, Client, Line)
        for row in table.objects.order_by("id")
    )
    programs = set(Application.objects.order_by("program").values_list("program", flat=True))
    assert len(programs) == 10
    # `closed` comes from other systems alone.
    assert set(states()) == set(Status) - {Status.CLOSED}


@pytest.mark.usefixtures("_stories")
def test_the_department_has_its_troubles() -> None:
    files = [files_numbered(row.number)[0] for row in Application.objects.order_by("id")]
    pages = [file_page(file, NOW) for file in files]
    assert any(one.overdue for page in pages for one in page.requests)
    assert any(page.service_standard.clock_stopped for page in pages)
    kinds = {line.kind for page in pages for line in page.history}
    assert {"application.reopened", "application.transferred"} <= kinds
    standings = {page.service_standard.code for page in pages}
    assert {"within", "late", "decided_within", "decided_late", "not_decided"} <= standings


@pytest.mark.usefixtures("_stories")
def test_a_second_filling_adds_nothing() -> None:
    before = Application.objects.count(), User.objects.count()
    assert fill(now=NOW, scale=0.0001) is None
    assert (Application.objects.count(), User.objects.count()) == before


@pytest.mark.usefixtures("_stories")
def test_who_to_sign_in_as_is_there() -> None:
    for email, staff in ((ADA.email, False), (ZOE.email, False), (OFFICER, True)):
        assert email is not None
        user = user_by_email(email)
        assert user is not None
        assert user.check_password(PASSWORD)
        assert user.is_staff is staff
        assert bool(files_of(user)) is not staff
    looked: set[str] = set()
    for email in set(HOLDERS) - {COLLEAGUE}:
        holder = user_by_email(email)
        assert holder is not None
        assert caseload(holder, Asked(), now=NOW).count >= 3
        looked |= set(Access.objects.filter(user=holder.pk).values_list("capacity", flat=True))
    assert looked == {Capacity.REPRESENTATIVE, Capacity.THIRD_PARTY, Capacity.PARLIAMENT}
    ada = user_by_email("ada@example.org")
    assert ada is not None
    client = client_of(ada)
    assert client is not None
    assert client.name == "Ada Example"


@pytest.fixture
def home(tmp_path: Path, made_house: Path) -> Iterator[dict[str, str]]:
    """Return the environment of a house with nothing in it, which is gone afterwards."""
    cluster = copied(made_house, tmp_path / "home")
    yield within(cluster.home)
    cluster.reset()


def within(home: Path) -> dict[str, str]:
    """Return the environment of the house that has its home there."""
    environment = {**os.environ, "PARVIS_HOME": str(home), "DATABASE_URL": ""}
    environment.pop("PARVIS_CLOCK", None)
    return environment


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


def fetch(address: str) -> str:
    """Return what is served there, once anything is."""
    until = time.monotonic() + 120
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
                body: bytes = answer.read()
                return body.decode()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_the_demo_opens_its_doors_and_closes_them_cleanly(
    home: dict[str, str], end: signal.Signals
) -> None:
    port = free_port()
    opened = subprocess.Popen(
        [sys.executable, "-m", "parvis", "demo", "--port", str(port), "--scale", "1e-9"],
        env=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with contextlib.ExitStack() as stack:
        stack.callback(opened.kill)
        assert "Suivez votre demande" in fetch(f"http://127.0.0.1:{port}/fr/")
        # The house is served, so its port is taken: the next says so in a sentence.
        second = subprocess.run(
            [sys.executable, "-m", "parvis", "serve", "--port", str(port)],
            env=home,
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode == 1
        assert second.stderr == f"parvis: port {port} is taken; choose another with --port\n"
        opened.send_signal(end)
        out, err = opened.communicate(timeout=20)
        assert opened.returncode in {0, 130}
        assert "Traceback" not in err
        for told in (
            *HOLDERS,
            FIRM,
            f"http://localhost:{port}/fr/",
            ADA.email,
            ZOE.email,
            OFFICER,
            PASSWORD,
        ):
            assert told is not None
            assert told in out


def run(home: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in that house and return it ended."""
    command = [sys.executable, "-m", "parvis", *arguments]
    return subprocess.run(command, env=home, capture_output=True, text=True, check=False)


@pytest.fixture
def nowhere(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Return the environment of a house that is not made yet, and gone afterwards."""
    yield within(tmp_path / "home")
    Cluster(tmp_path / "home").reset()


def test_the_demo_is_filled_once_at_its_own_time_and_its_log_is_sound(
    nowhere: dict[str, str],
) -> None:
    runs = [run(nowhere, "demo", "--fill", "--scale", SMALL) for _ in range(2)]
    assert [one.returncode for one in runs] == [0, 0]
    assert re.search(r"^[\d,]{5,} files were made, of [\d,]{6,} facts", runs[0].stdout)
    assert re.search(r"On 30 November 2023, .* 57\.\d\d% of those", runs[0].stdout)
    assert "Anchored in" in runs[0].stderr
    assert "nothing was added" in runs[1].stderr
    assert "files were made" not in runs[1].stdout
    nowhere["PARVIS_CLOCK"] = "2024-01-12T09:30:00-05:00"
    assert "2022-" in run(nowhere, "users", "list").stdout
    verified = run(nowhere, "log", "verify")
    assert "The log is sound." in verified.stdout
    assert " 0 differ." in run(nowhere, "log", "replay", "--check").stdout


KILLED = """
import os, signal
from parvis.jobs.cli.house import open_house
open_house()
from parvis.jobs.cli.demo import demo
from parvis.jobs.demo.department import fill
from parvis.lib import clock

def half_way(share, facts):
    if share > 0.5:
        os.kill(os.getpid(), signal.SIGKILL)

fill(now=clock.now(), scale=0.0002, progress=half_way)
"""


def test_a_demo_that_was_killed_half_way_is_whole_after_the_next(home: dict[str, str]) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED], env=home, check=False)
    assert killed.returncode == -signal.SIGKILL
    again = run(home, "demo", "--fill", "--scale", SMALL)
    assert "files were made" in again.stdout
    assert re.search(r" 57\.\d\d% of those", again.stdout)


@pytest.mark.parametrize("scale", ["0", "-0.01", "2", "nan", "inf", "half", ""])
def test_a_scale_that_is_none_is_refused_before_anything_is_started(scale: str) -> None:
    refused = CliRunner().invoke(demo, ["--fill", "--scale", scale])
    assert refused.exit_code == 2
    assert "is not a number above 0 and up to 1, such as 0.01" in refused.output
