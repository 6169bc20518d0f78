"""Tests run strict: on a real database, with no order that was not asked for, and no way out."""

import gc
import os
import random  # noqa: TID251 - shuffles what comes back; nothing under test sees it
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import pytest_django
from django.db.models import QuerySet

from parvis.lib.postgres import Cluster, PostgresError, default_home
from tests.emptying import empty
from tests.houses import made

LONGEST = ("tests/benchmarks/", "tests/jobs/", "tests/config/test_doors.py")


def pytest_configure() -> None:
    """Have the database running that the settings name."""
    if os.environ.get("DATABASE_URL"):
        return
    try:
        Cluster(default_home()).start()
    except PostgresError as error:
        raise pytest.UsageError(str(error)) from error


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have what takes minutes come first, so that of two workers neither waits for the other."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_collection_finish() -> None:
    """Look for garbage less often, and not among all that was loaded: it stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """Keep an empty database for departments, and let every line go before all is taken down.

    Where Playwright runs, tests have a context of their own, and in it a connection that Django
    does not find again; so have the threads of a server that a browser still holds.
    """
    from tests import department  # noqa: PLC0415 - Django is set up by now

    with django_db_blocker.unblock():
        department.set_aside()
    yield
    for one in gc.get_objects():
        # By its type: to ask a lazy object what it is an instance of has it come into being.
        if issubclass(type(one), psycopg.Connection) and not one.closed:
            one.close()
    with django_db_blocker.unblock():
        department.take_down()


@pytest.fixture(scope="session", autouse=True)
def _only_what_is_filled_is_emptied() -> Iterator[None]:
    """Empty quickly after tests that commit (tests/emptying.py)."""
    from django.test import TransactionTestCase  # noqa: PLC0415 - Django is set up by now

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@pytest.fixture(scope="session")
def made_house() -> Iterator[Path]:
    """Return the home of a house that stands still, to be copied (tests/houses.py)."""
    with made() as home:
        yield home


@pytest.fixture(autouse=True)
def _passwords_cost_little(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords by the same function with the least work that it takes.

    A test of what that work is asks for `passwords_as_they_are`.
    """
    if "passwords_as_they_are" not in request.fixturenames:
        from parvis.config.hashing import PasswordHasher  # noqa: PLC0415 - Django is set up by now

        monkeypatch.setattr(PasswordHasher, "memory_cost", 8)
        monkeypatch.setattr(PasswordHasher, "time_cost", 1)


@pytest.fixture
def passwords_as_they_are() -> None:
    """Have passwords cost what they cost in a house."""


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
