"""Tests run strict: on a real database, with no order that was not asked for, and no way out."""

import gc
import os
import random  # noqa: TID251 - shuffles what comes back; nothing under test sees it
from collections.abc import Iterator

import psycopg
import pytest
from django.db.models import QuerySet

from parvis.lib.postgres import Cluster, PostgresError, default_home


def pytest_configure() -> None:
    """Have the database running that the settings name."""
    if os.environ.get("DATABASE_URL"):
        return
    try:
        Cluster(default_home()).start()
    except PostgresError as error:
        raise pytest.UsageError(str(error)) from error


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Let every line to the database go before it is taken down.

    Where Playwright runs, tests have a context of their own, and in it a connection that Django
    does not find again; so have the threads of a server that a browser still holds.
    """
    yield
    for one in gc.get_objects():
        # By its type: to ask a lazy object what it is an instance of has it come into being.
        if issubclass(type(one), psycopg.Connection) and not one.closed:
            one.close()


@pytest.fixture(autouse=True)
def _unordered_rows_come_back_shuffled(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shuffle what a query without an order returns: PostgreSQL promises none, and may keep to it.

    The same for the same test every time, so that a failure can be looked into.
    """
    chance = random.Random(request.node.nodeid)  # noqa: S311
    fetch = QuerySet._fetch_all  # noqa: SLF001

    def fetch_and_shuffle(self: "QuerySet[object]") -> None:
        fresh = self._result_cache is None
        fetch(self)
        if fresh and not self.ordered and isinstance(self._result_cache, list):
            chance.shuffle(self._result_cache)

    monkeypatch.setattr(QuerySet, "_fetch_all", fetch_and_shuffle)


@pytest.fixture(autouse=True)
def _figures_are_read_anew() -> None:
    """Forget the figures that this process read in another test, of a database that is gone."""
    from parvis.readers.estimates.shelf import forget_all  # noqa: PLC0415 - Django is set up by now

    forget_all()


@pytest.fixture(autouse=True)
def _no_test_leaves_its_language_behind() -> Iterator[None]:
    """Speak the language of the settings again: a page asked for in French leaves French behind."""
    yield
    from django.utils import translation  # noqa: PLC0415 - Django is set up by now

    translation.deactivate()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let whoever has looked at the pages say that they are right (tests/journeys/looking.py)."""
    parser.addoption("--accept-looks", action="store_true", help="keep how the pages look now")
