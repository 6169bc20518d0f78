"""Jobs: deferred with the fact, done by workers of their own queue, again after a kill -9."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import transaction
from pytest_django import Settings

from parvis.casework.applications import services
from parvis.casework.applications.facts import Decided, Received
from parvis.casework.events.later import Follower, Queue, later
from parvis.jobs.cli import main
from parvis.lib import clock
from parvis.lib.postgres import Cluster
from parvis.programs.vocabulary import Outcome
from tests.behind_wall import wall  # noqa: F401 - a fixture
from tests.filing import RECEIVED, filed
from tests.houses import copied
from tests.jobs.tasks.example import EXAMPLE
from tests.working import waiting, work

DAY = timedelta(days=1)


@pytest.fixture
def followed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have an example of a job follow decisions, on the day after the file was received."""
    monkeypatch.setattr(clock, "now", lambda: RECEIVED + DAY)
    settings.FOLLOWERS = [
        Follower(job=EXAMPLE, kinds=frozenset({Decided.KIND, Received.KIND}), news_for=DAY)
    ]


@pytest.mark.usefixtures("followed")
@pytest.mark.django_db
def test_what_follows_a_fact_is_deferred_with_it() -> None:
    file = filed(("decide", {"outcome": Outcome.APPROVED}))
    told = [what for queue, name, what in waiting(EXAMPLE) if queue == Queue.URGENT]
    assert told == [{"facts": [[file.id, 1]]}, {"facts": [[file.id, 2]]}]


@pytest.mark.usefixtures("followed")
@pytest.mark.django_db
def test_no_job_follows_a_fact_that_was_undone() -> None:
    with transaction.atomic():
        filed()
        assert waiting(EXAMPLE)
        transaction.set_rollback(True)
    assert waiting() == []


@pytest.mark.usefixtures("followed")
@pytest.mark.django_db
def test_history_is_not_followed() -> None:
    services.receive(
        program="study-permit", client=None, office=None, by="test", at=RECEIVED - 2 * DAY
    )
    assert waiting() == []


@pytest.mark.usefixtures("wall")
def test_pages_defer_behind_the_second_wall() -> None:
    for _ in range(2):
        later().defer(EXAMPLE, [{"facts": []}], unless_waiting=True)
    assert [name for _, name, _ in waiting()] == [EXAMPLE]


@pytest.mark.django_db
def test_jobs_are_told_apart_by_queue_moment_and_name() -> None:
    later().defer(EXAMPLE, [{"facts": []}, {"facts": [[1, 1]]}], queue=Queue.BULK)
    later().defer(EXAMPLE, [{"facts": []}], after=DAY, lock="a")
    assert [queue for queue, _, _ in waiting()] == [Queue.BULK, Queue.BULK, Queue.URGENT]
    assert work() == [EXAMPLE, EXAMPLE]
    assert work() == []
    assert work(ahead=True) == [EXAMPLE]
    with pytest.raises(KeyError):
        later().defer("nobody.knows-it", [{}])


@pytest.mark.django_db
def test_of_jobs_that_do_the_same_one_waits_at_most_and_the_transaction_stands() -> None:
    for _ in range(3):
        with transaction.atomic():
            later().defer(EXAMPLE, [{"facts": []}], after=DAY, unless_waiting=True)
            later().defer(EXAMPLE, [{"facts": [[1, 1]]}])
    assert sorted(str(told["facts"]) for _, _, told in waiting(EXAMPLE)) == [
        *["[[1, 1]]"] * 3,
        "[]",
    ]
    assert work(ahead=True) == [EXAMPLE] * 4
    later().defer(EXAMPLE, [{"facts": []}], unless_waiting=True)
    assert work() == [EXAMPLE]


def test_a_queue_that_is_not_there_is_refused() -> None:
    with pytest.raises(Exception, match="there is no queue urgnt; there are urgent, bulk, "):
        main(["work", "--queue", "urgnt"], standalone_mode=False)


@pytest.fixture(scope="module")
def house(made_house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Return the environment of a house of these tests."""
    cluster = copied(made_house, tmp_path_factory.mktemp("house") / "home")
    environment = {**os.environ, "PARVIS_HOME": str(cluster.home)}
    environment.pop("DATABASE_URL", None)
    yield environment
    cluster.reset()


@pytest.fixture
def home(house: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """Return the environment of that house, with a place where the example writes."""
    return house | {"EXAMPLE": str(tmp_path / "done")}


def run(environment: dict[str, str], *command: str) -> "subprocess.Popen[bytes]":
    """Start a process that knows the example as well."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.tasks.example", *command], env=environment
    )


def until(holds: Callable[[], bool], within_s: float = 60) -> None:
    ends = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)


def lines(environment: dict[str, str]) -> list[str]:
    """Return what the example has written down."""
    done = Path(environment["EXAMPLE"])
    return done.read_text().splitlines() if done.exists() else []


def test_a_job_whose_worker_was_killed_is_done_again(home: dict[str, str]) -> None:
    assert run(home, "defer", "slow").wait() == 0
    worker = run(home, "work", "urgent")
    until(lambda: lines(home) == ["began slow"])
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    with psycopg.connect(Cluster(Path(home["PARVIS_HOME"])).url) as database:
        # As if half a minute had passed since it was heard of.
        database.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 min'"
        )
    assert run(home | {"QUICK": "1"}, "rescue").wait() == 0
    assert lines(home) == ["began slow", "began slow", "ended slow"]


def test_a_job_whose_worker_was_killed_gives_way_to_the_one_that_waits(
    home: dict[str, str],
) -> None:
    assert run(home, "defer-once", "slow").wait() == 0
    worker = run(home, "work", "urgent")
    until(lambda: lines(home) == ["began slow"])
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert run(home, "defer-once", "much").wait() == 0
    with psycopg.connect(Cluster(Path(home["PARVIS_HOME"])).url) as database:
        database.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 min'"
        )
    assert run(home, "rescue").wait() == 0
    assert lines(home) == ["began slow", "began much", "ended much"]


def test_what_is_urgent_does_not_wait_behind_what_is_much(home: dict[str, str]) -> None:
    assert run(home, "defer", *["much"] * 200).wait() == 0
    workers = [run(home, "work", queue) for queue in ("urgent", "bulk")]
    try:
        until(lambda: "began much" in lines(home))
        assert run(home | {"QUICK": "1"}, "defer", "now").wait() == 0
        until(lambda: "began now" in lines(home))
        assert lines(home).count("ended much") < 200
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait(timeout=20)


def test_workers_end_with_whoever_started_them(home: dict[str, str]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "parvis", "work"], env=home, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    assert process.stderr.readline() == b"Working on urgent, bulk, webhooks, house.\n"
    until(lambda: len(children(process.pid)) == len(Queue))
    theirs = children(process.pid)
    os.kill(theirs[0], signal.SIGKILL)
    until(lambda: len(set(children(process.pid)) - {theirs[0]}) == len(Queue))
    theirs = children(process.pid)
    process.kill()
    process.wait()
    process.stderr.close()
    until(lambda: not any(is_running(pid) for pid in theirs))


def children(pid: int) -> list[int]:
    """Return the running processes that a process has started, in any of its threads."""
    told = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(one) for one in " ".join(told).split() if is_running(int(one))]


def is_running(pid: int) -> bool:
    """Tell whether a process runs: one that has ended may still wait to be looked at."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False
