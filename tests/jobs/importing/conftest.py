"""One server for all imports, and a fresh database for each test that wants one."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

from parvis.lib.postgres import Cluster
from tests.houses import copied
from tests.jobs.importing.house import House

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def cluster(made_house: Path) -> Iterator[Cluster]:
    """Return a running server, whose database `parvis` has all tables and nothing in them."""
    home = Path(tempfile.mkdtemp(prefix="parvis-i-"))
    home.chmod(0o755)
    cluster = copied(made_house, home)
    try:
        yield cluster
    finally:
        cluster.reset()
        shutil.rmtree(home)


@contextmanager
def _built(cluster: Cluster, home: Path) -> Iterator[House]:
    name = f"house_{next(_NUMBERS)}"
    maintenance = cluster.url.replace("/parvis?", "/postgres?")
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE parvis")
        yield House(cluster.url.replace("/parvis?", f"/{name}?"), home)
        # Waits for those who are just leaving; by force it would fail where the server tidies up.
        connection.execute(f"DROP DATABASE {name}")


@pytest.fixture
def house(cluster: Cluster, tmp_path: Path) -> Iterator[House]:
    """Return a house with an empty database and a home of its own."""
    with _built(cluster, tmp_path / "home") as built:
        yield built


@pytest.fixture
def other_house(cluster: Cluster, tmp_path: Path) -> Iterator[House]:
    """Return another."""
    with _built(cluster, tmp_path / "other") as built:
        yield built
