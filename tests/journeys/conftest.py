"""Walks through the pages in a real browser: the system's chromium, on a server of this process."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from parvis.casework.events.wall import ROLE, is_up
from parvis.jobs.walling import raise_wall
from tests.web.serving import static_files  # noqa: F401 - a fixture for every test here


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Return how chromium is started: the system's own, calling nobody."""
    return {
        "executable_path": shutil.which("chromium") or shutil.which("chromium-browser"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


class _BehindWall:
    """The pages, coming to the database as `parvis serve` has them come: in the doors' own role."""

    def __init__(self, application: WSGIHandler) -> None:
        self._application = application

    def __call__(self, *asked: Any) -> Any:
        """Answer a request; each thread has a connection of its own."""
        if not is_up():
            connection.close()
            options = connection.settings_dict["OPTIONS"] | {"options": f"-c role={ROLE}"}
            connection.settings_dict = connection.settings_dict | {"OPTIONS": options}
        return self._application(*asked)


@pytest.fixture(scope="session", autouse=True)
def live_server(
    static_files: None,  # noqa: F811 - that fixture
    django_db_setup: None,
    django_db_blocker: Any,
) -> Iterator[LiveServer]:
    """Serve pages as the house does: WhiteNoise finds style sheets by the digests in their names.

    Django's own handler would stand in its way, and find none of them. It is there before the
    browser and goes after it, so that no line of a browser's keeps a thread, and its line to the
    database.
    """
    with django_db_blocker.unblock():
        assert raise_wall()
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = _BehindWall
    server.start()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def _emptied_log(transactional_db: None) -> Iterator[None]:
    """Empty the log after a walk: the server's own connection has committed what it did.

    And forget who tried to sign in: every walk comes from the same address. The lines that the
    server's threads had to the database are cut: a thread whose browser has gone may never notice.
    """
    yield
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle'"
        )
        cursor.execute("DELETE FROM people_shared")
        cursor.execute("SELECT set_config('parvis.resetting_test_database', 'on', false)")
        cursor.execute("TRUNCATE events_event, procrastinate_jobs CASCADE")


@pytest.fixture(scope="session", autouse=True)
def _django_beside_playwright() -> Iterator[None]:
    """Let Django's synchronous parts run where Playwright keeps its event loop."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
