"""A worker that is killed between the server's taking a message and its noting that."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from parvis.lib.postgres import Cluster
from tests.houses import copied
from tests.mailing import SmtpServer

_TOLD = """
from datetime import date
from parvis.jobs.cli.house import open_house
open_house()
from parvis.casework.applications import services
from parvis.casework.people.services import add_user, register_client
from parvis.lib import clock
at = clock.now()
user = add_user(email="slow@example.org", password="a-plain-test-password", at=at)
client = register_client(name="Ada Example", language="en", user=user, by="test", at=at)
services.receive(program="study-permit", client=client.id, office=None, by="test", at=at)
file = services.receive(program="visitor-visa", client=client.id, office=None, by="test", at=at)
services.ask_client(
    application=file, document="updated-passport", section=None, due_on=date(2030, 1, 1),
    by="test", at=clock.now(),
)
"""

_WAITS = """
SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'notices_notice'::regclass
"""


@pytest.fixture
def house(tmp_path: Path, made_house: Path) -> Iterator[tuple[dict[str, str], SmtpServer]]:
    """Return the environment of a house whose mail goes to a server of this test."""
    cluster = copied(made_house, tmp_path / "home")
    server = SmtpServer(tmp_path / "mails").start()
    environment = {
        **os.environ,
        "PARVIS_HOME": str(cluster.home),
        "PARVIS_SMTP_HOST": "127.0.0.1",
        "PARVIS_SMTP_PORT": str(server.port),
        "PARVIS_SMTP_SECURITY": "none",
        "PARVIS_RETURN": "bounces@parvis.example.org",
    }
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", _TOLD], env=environment, check=True)
    yield environment, server
    server.stop()
    cluster.reset()


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 90
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


def worker(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "parvis", "work", "--queue", "urgent"]
    return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)


def test_it_repeats_that_one_message_under_its_name_and_counts_it(
    house: tuple[dict[str, str], SmtpServer],
) -> None:
    environment, server = house
    first = worker(environment)
    until(lambda: len(server.mails()) == 1)  # it has the message, and has not answered yet
    first.send_signal(signal.SIGKILL)
    first.wait()
    # The job was at hand when its worker died: the sweep of the next minute finds the message.
    second = worker(environment)
    try:
        until(lambda: len(server.mails()) == 2)
        [one, again] = server.mails()
        assert one["Message-ID"] == again["Message-ID"]
        with psycopg.connect(Cluster(Path(environment["PARVIS_HOME"])).url) as database:

            def row() -> tuple[object, ...] | None:
                return database.execute(
                    "SELECT repeats, sent_at IS NOT NULL, recorded FROM notices_message"
                ).fetchone()

            database.autocommit = True
            until(lambda: row() == (1, True, True))
    finally:
        second.terminate()
        second.wait(timeout=60)


def test_one_that_is_killed_while_it_notes_what_is_to_be_told_loses_nothing_and_tells_once(
    house: tuple[dict[str, str], SmtpServer],
) -> None:
    """A fact is committed with the row of the job that follows it, which outlives its worker."""
    environment, server = house
    url = Cluster(Path(environment["PARVIS_HOME"])).url
    with psycopg.connect(url, autocommit=True) as database:

        def count(query: str) -> int:
            row = database.execute(query).fetchone()
            assert row is not None
            return int(row[0])

        with psycopg.connect(url) as holder:
            holder.execute("LOCK TABLE notices_notice IN EXCLUSIVE MODE")
            first = worker(environment)
            # It has read the facts, and is about to write down what is to be told of them.
            until(lambda: count(_WAITS) == 1)
            first.send_signal(signal.SIGKILL)
            first.wait()
        assert count("SELECT count(*) FROM notices_notice") == 0
        assert count("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'") == 1
        # As if half a minute had passed since it was heard of.
        database.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 min'"
        )
        rescue = [sys.executable, "-m", "tests.jobs.tasks.example", "rescue"]
        subprocess.run(rescue, env=environment, check=True)
        assert count("SELECT count(*) FROM notices_notice WHERE message_id IS NOT NULL") == 3
    [mail] = server.mails()
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().count("We need something from you") == 1
