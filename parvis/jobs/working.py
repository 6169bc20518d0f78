"""Running workers: one in this process, or one for each queue beside the pages."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from threading import Event, Thread

from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector
from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from parvis.casework.events.later import Queue
from parvis.lib import clock

_log = logging.getLogger(__name__)
_AGAIN_S = 2.0
_LEAVE_WITHIN_S = 10.0
_RECEIVERS = 8
"""So many slow receivers at once keep others waiting, and no fewer."""
_PAGES_ALONE = ("PARVIS_PATIENCE_S", "PARVIS_BEHIND_WALL")
"""What the environment says to those who serve pages, and not to workers."""


def work(queues: Sequence[Queue], *, wait: bool = True) -> None:
    """Do the jobs of these queues until told to end, or, without `wait`, those that are due now.

    A database that is gone is waited for. A job that is at hand when told to end is finished.
    """
    while True:
        connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4, timeout=10)
        try:
            with app.replace_connector(connector) as running:
                running.run_worker(
                    queues=[str(queue) for queue in queues],
                    wait=wait,
                    concurrency=_RECEIVERS if queues == [Queue.WEBHOOKS] else 1,
                    delete_jobs="successful",
                    shutdown_graceful_timeout=_LEAVE_WITHIN_S,
                )
        except (ConnectorException, OperationalError, PoolTimeout):
            if not wait:
                raise
            _log.warning("The database is gone; waiting for it.")
            time.sleep(_AGAIN_S)
        else:
            return


class Workers:
    """A worker process for each queue, started again whenever one dies."""

    def __init__(self, queues: Iterable[Queue] = tuple(Queue)) -> None:
        self._queues = tuple(queues)
        self._running: dict[Queue, subprocess.Popen[bytes]] = {}
        self._ended = Event()
        self._keeper = Thread(target=self._keep, name="keep-workers", daemon=True)

    def start(self) -> None:
        """Start them, and keep them running until `end`."""
        for queue in self._queues:
            self._running[queue] = _started(queue)
        self._keeper.start()

    def end(self) -> None:
        """Have them finish what they have at hand, and end."""
        self._ended.set()
        self._keeper.join()
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(_LEAVE_WITHIN_S + _AGAIN_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    @property
    def pids(self) -> dict[Queue, int]:
        """The processes as they are now."""
        return {queue: process.pid for queue, process in self._running.items()}

    def _keep(self) -> None:
        while not self._ended.wait(_AGAIN_S):
            for queue, process in self._running.items():
                if process.poll() is not None:
                    _log.warning("The worker of queue %s died; starting another.", queue)
                    self._running[queue] = _started(queue)


def keep_working() -> None:
    """Run a worker process for each queue until Ctrl-C or SIGTERM."""
    told = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    workers = Workers()
    workers.start()
    told.wait()
    workers.end()


def _started(queue: Queue) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in _PAGES_ALONE}
    if settings.ENVIRONMENT.clock:
        # Where the department's clock was set, it has gone on since.
        environment["PARVIS_CLOCK"] = clock.now().isoformat()
    command = [sys.executable, "-m", "parvis", "work", "--queue", queue, "--until-closed"]
    # Its input is a pipe of ours: once we are gone, however, it is closed, and the worker ends.
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE)  # noqa: S603 - ours


def end_when_input_closes() -> None:
    """Have this process told to end once whoever started it has gone."""

    def watch() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=watch, name="watch-parent", daemon=True).start()
