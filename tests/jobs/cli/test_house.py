"""Opening the house: the database runs and has its tables, whoever comes first."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from parvis.lib.postgres import Cluster

OPEN = "from parvis.jobs.cli.house import open_house; open_house()"
TABLES = """
from parvis.jobs.cli.house import open_house
open_house(migrate=False)
from django.db import connection
print(len(connection.introspection.table_names()))
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "home"
    Cluster(tmp_path / "home").reset()


def python(home: Path, program: str) -> "subprocess.Popen[str]":
    """Start a process of its own, as commands are: Django is set up once in each."""
    return subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, "PARVIS_HOME": str(home), "DATABASE_URL": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_of_commands_at_once_one_makes_the_tables_and_later_ones_are_silent(home: Path) -> None:
    at_once = [python(home, OPEN) for _ in range(2)]
    told = [process.communicate(timeout=120)[1] for process in at_once]
    assert [process.returncode for process in at_once] == [0, 0], told
    assert "".join(told).count("Preparing the tables") == 1
    later = python(home, OPEN)
    assert later.communicate(timeout=60) == ("", "")


def test_djangos_own_commands_find_a_running_database_and_decide_about_tables(home: Path) -> None:
    process = python(home, TABLES)
    assert process.communicate(timeout=60)[0] == "0\n"
