"""`parvis serve` when the database is killed, stopped or slow: pages that say so, and come back."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from parvis.lib.postgres import Cluster
from tests.houses import copied
from tests.jobs.cli.test_demo import fetch, free_port, within

DOWN = ("We cannot reach our records.", "Nous n’avons pas accès à nos dossiers.")
SLOW = ("This is taking too long", "La réponse tarde trop")


@pytest.fixture(scope="module")
def cluster(made_house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Return the database of a house, which is gone afterwards."""
    cluster = copied(made_house, tmp_path_factory.mktemp("served") / "home")
    yield cluster
    cluster.reset()


@pytest.fixture(scope="module")
def served(cluster: Cluster) -> Iterator[str]:
    """Return the address of a house that serves, and gives up on what takes a second.

    One for all that befalls its database: each finds it as it was before.
    """
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "parvis", "serve", "--port", str(port)],
        env=within(cluster.home) | {"PARVIS_PATIENCE_S": "1"},
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        fetch(f"{address}/en/")
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def ask(address: str) -> tuple[int, str]:
    """Return the status and the words of a page, as somebody with a session asks for it."""
    request = urllib.request.Request(address, headers={"Cookie": "sessionid=" + "x" * 32})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_a_database_that_was_killed_comes_back(served: str, cluster: Cluster) -> None:
    before = cluster.status().pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    until(lambda: cluster.status().pid not in {None, before})
    until(lambda: "Yes, the service is working" in ask(f"{served}/en/status/")[1])
    assert ask(f"{served}/en/applications/")[0] == 200


def test_pages_come_to_the_database_behind_the_wall(served: str, cluster: Cluster) -> None:
    assert ask(f"{served}/en/applications/")[0] == 200
    with psycopg.connect(cluster.url) as connection:
        rows = connection.execute(
            "SELECT DISTINCT application_name FROM pg_stat_activity"
            " WHERE query LIKE '%%people_session%%' AND pid <> pg_backend_pid()"
        ).fetchall()
    assert rows == [("parvis_door",)]


def test_while_the_database_is_stopped_pages_say_so(served: str, cluster: Cluster) -> None:
    cluster.stop()
    for address in ("/en/applications/", "/fr/applications/"):
        status, told = ask(served + address)
        assert status == 503
        assert all(words in told for words in DOWN)
        assert "Traceback" not in told
    status, told = ask(f"{served}/en/status/")
    assert status == 200
    assert "Part of the service is not working" in told
    assert told.count("Not working") == 3
    # Stopped on purpose, it stays so; started, pages are there again.
    time.sleep(3)
    assert not cluster.status().running
    cluster.start()
    until(lambda: ask(f"{served}/en/applications/")[0] == 200)


def test_what_takes_too_long_is_given_up_and_says_so(served: str, cluster: Cluster) -> None:
    with psycopg.connect(cluster.url) as other:
        other.execute("LOCK TABLE people_session IN ACCESS EXCLUSIVE MODE")
        status, told = ask(f"{served}/en/applications/")
    assert status == 503
    assert all(words in told for words in SLOW)
    assert ask(f"{served}/en/applications/")[0] == 200
