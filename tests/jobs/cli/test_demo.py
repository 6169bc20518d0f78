"""`parvis demo` and `parvis serve`: a department to look at, and doors that open and close."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from parvis.casework.applications.models import Application
from parvis.casework.applications.selectors import files_numbered, files_of
from parvis.casework.applications.state import standing
from parvis.casework.people.models import User
from parvis.casework.people.selectors import client_of, user_by_email
from parvis.jobs.demo.department import fill
from parvis.jobs.demo.people import ADA, OFFICER, PASSWORD, ZOE
from parvis.programs import loader
from parvis.programs.vocabulary import Status
from parvis.readers.tracker import file_page
from tests.filing import RECEIVED as NOW


def states() -> list[Status]:
    rows = Application.objects.order_by("id")
    days = {code: one.dormant_after_days for code, one in loader.all_programs().items()}
    return [standing(row.state, days[row.program], NOW) for row in rows]


@pytest.mark.django_db
def test_the_department_has_every_program_and_every_status() -> None:
    assert fill(now=NOW) >= 30
    programs = set(Application.objects.order_by("program").values_list("program", flat=True))
    assert len(programs) == 10
    # `closed` comes from other systems alone.
    assert set(states()) == set(Status) - {Status.CLOSED}


@pytest.mark.django_db
def test_the_department_has_its_troubles() -> None:
    fill(now=NOW)
    files = [files_numbered(row.number)[0] for row in Application.objects.order_by("id")]
    pages = [file_page(file, NOW) for file in files]
    assert any(one.overdue for page in pages for one in page.requests)
    assert any(page.service_standard.clock_stopped for page in pages)
    kinds = {line.kind for page in pages for line in page.history}
    assert {"application.reopened", "application.transferred"} <= kinds
    standings = {page.service_standard.code for page in pages}
    assert {"within", "late", "decided_within", "decided_late", "not_decided"} <= standings


@pytest.mark.django_db
def test_a_second_filling_adds_nothing() -> None:
    fill(now=NOW)
    before = Application.objects.count(), User.objects.count()
    assert fill(now=NOW) == 0
    assert (Application.objects.count(), User.objects.count()) == before


@pytest.mark.django_db
def test_who_to_sign_in_as_is_there() -> None:
    fill(now=NOW)
    for email, staff in ((ADA.email, False), (ZOE.email, False), (OFFICER, True)):
        assert email is not None
        user = user_by_email(email)
        assert user is not None
        assert user.check_password(PASSWORD)
        assert user.is_staff is staff
        assert bool(files_of(user)) is not staff
    ada = user_by_email("ada@example.org")
    assert ada is not None
    client = client_of(ada)
    assert client is not None
    assert client.name == "Ada Example"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Return the environment of an empty house, which is gone afterwards."""
    environment = {**os.environ, "PARVIS_HOME": str(tmp_path / "home"), "DATABASE_URL": ""}
    environment.pop("PARVIS_CLOCK", None)
    yield environment
    reset = [sys.executable, "-m", "parvis", "db", "reset", "--yes"]
    subprocess.run(reset, env=environment, check=True, capture_output=True)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


def fetch(address: str) -> str:
    """Return what is served there, once anything is."""
    until = time.monotonic() + 30
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
    demo = subprocess.Popen(
        [sys.executable, "-m", "parvis", "demo", "--port", str(port)],
        env=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with contextlib.ExitStack() as stack:
        stack.callback(demo.kill)
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
        demo.send_signal(end)
        out, err = demo.communicate(timeout=20)
        assert demo.returncode in {0, 130}
        assert "Traceback" not in err
        for told in (f"http://localhost:{port}/fr/", ADA.email, ZOE.email, OFFICER, PASSWORD):
            assert told is not None
            assert told in out


def test_the_demo_is_filled_once_at_its_own_time(home: dict[str, str]) -> None:
    command = [sys.executable, "-m", "parvis", "demo", "--fill"]
    runs = [
        subprocess.run(command, env=home, capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert "files were made" in runs[0].stderr
    assert "nothing was added" in runs[1].stderr
    listed = [sys.executable, "-m", "parvis", "users", "list"]
    told = subprocess.run(listed, env=home, capture_output=True, text=True, check=True)
    assert "2022-" in told.stdout
