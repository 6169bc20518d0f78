"""Every wall of the house holds: one breach of each is planted in a copy, and seen by name.

A contract that cannot fail is worse than none. What is planted lands in a copy of the package, so
that what is caught is caught by the settings in pyproject.toml as they are.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
BIN = Path(sys.executable).parent

FLOORS = "Floors: each imports only what is below it"
ROOMS = "Casework rooms, in order"
INSIDES = "Every room has the same insides"
READERS = "Readers, in order"
ENGINES_ALONE = "Engines stand alone"
ENGINES_PURE = "Engines know no Django"
NEVER_WRITE = "Readers never write"
EVENT_TABLE = "Only the log touches the Event table"
JOBS = "Only jobs know what carries them out"
DOORS = "The doors ask selectors, not tables"

SETTINGS = tomllib.loads((TOP / "pyproject.toml").read_text())["tool"]
CONTRACTS = len(SETTINGS["importlinter"]["contracts"])

BREACHES = [
    (FLOORS, "lib/planted.py", "import parvis.jobs"),
    (FLOORS, "casework/people/planted.py", "import parvis.readers"),
    (FLOORS, "web/planted.py", "import parvis.api"),
    (FLOORS, "planted/__init__.py", ""),
    (ROOMS, "casework/events/planted.py", "import parvis.casework.applications"),
    (ROOMS, "casework/people/planted.py", "import parvis.casework.applications"),
    (ROOMS, "casework/planted/__init__.py", ""),
    *(
        (INSIDES, f"casework/documents/{lower}.py", f"import parvis.casework.documents.{upper}")
        for upper, lower in [
            ("admin", "services"),
            ("services", "selectors"),
            ("selectors", "policies"),
            ("policies", "models"),
            ("policies", "log"),
            ("log", "models"),
            ("models", "state"),
            ("state", "facts"),
            ("facts", "status"),
        ]
    ),
    (READERS, "readers/tracker/planted.py", "import parvis.readers.briefing"),
    (READERS, "readers/inbox/planted.py", "import parvis.readers.tracker"),
    (READERS, "readers/planted/__init__.py", ""),
    (ENGINES_ALONE, "engines/one/__init__.py", "import parvis.engines.two"),
    (ENGINES_PURE, "engines/one/planted.py", "import django"),
    (NEVER_WRITE, "readers/tracker/planted.py", "import parvis.casework.applications.services"),
    (NEVER_WRITE, "readers/tracker/planted.py", "import parvis.casework.people.models"),
    (EVENT_TABLE, "casework/applications/planted.py", "import parvis.casework.events.models"),
    (EVENT_TABLE, "config/planted.py", "import parvis.casework.events.models"),
    (JOBS, "casework/people/planted.py", "import procrastinate"),
    (JOBS, "web/planted.py", "import procrastinate.contrib.django"),
    *(
        (DOORS, f"{door}/planted.py", "import parvis.casework.applications.models")
        for door in ("web", "api", "channels", "jobs")
    ),
]

BANS = {
    "from django.db.models.signals import post_save": "TID251",
    "from django.dispatch import receiver": "TID251",
    "from django.contrib.contenttypes.fields import GenericForeignKey": "TID251",
    "from django.utils.timezone import now": "TID251",
    "import random": "TID251",
    "from datetime import UTC, datetime\n\nMADE_AT = datetime.now(UTC)": "TID251",
    "from datetime import date\n\nMADE_ON = date.today()": "TID251",
    "from . import schema": "TID252",
    "from datetime import datetime\n\nMADE_AT = datetime(2026, 1, 1)": "DTZ001",
    'print("hello")': "T201",
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return the top of a copy of the package and its settings."""
    shutil.copytree(TOP / "parvis", tmp_path / "parvis", ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copy2(TOP / "pyproject.toml", tmp_path)
    return tmp_path


def plant(copy: Path, name: str, text: str) -> Path:
    """Write a module into the copy, and empty ones for what it imports and the copy lacks."""
    for module in re.findall(r"^import (parvis\.[\w.]+)$", text, re.MULTILINE):
        path = copy / module.replace(".", "/")
        if not path.is_dir() and not path.with_suffix(".py").exists():
            # A room, a reader and an engine are packages; what lies in them is a module.
            is_package = module.count(".") == 2
            _write(copy, path / "__init__.py" if is_package else path.with_suffix(".py"), "")
    return _write(copy, copy / "parvis" / name, f"{text}\n")


def _write(copy: Path, path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    for package in path.parents:
        if package == copy:
            break
        (package / "__init__.py").touch()
    path.write_text(text)
    return path


def run(copy: Path, *command: str) -> str:
    """Run one of the checkers in the copy and return what it printed."""
    program = str(BIN / command[0])
    # The package that is looked at is the copy, not the one installed here.
    environment = {**os.environ, "PYTHONPATH": str(copy), "COLUMNS": "200"}
    done = subprocess.run(
        [program, *command[1:]],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def broken(copy: Path) -> set[str]:
    """Return the names of the contracts between rooms that the copy breaks."""
    told = run(copy, "lint-imports", "--no-logo", "--no-cache")
    verdicts = re.findall(r"^(.+?) (KEPT|BROKEN)", told, re.MULTILINE)
    assert len(verdicts) == CONTRACTS, told
    return {name for name, verdict in verdicts if verdict == "BROKEN"}


def test_the_package_as_it_is_keeps_every_contract(copy: Path) -> None:
    assert broken(copy) == set()


@pytest.mark.parametrize(("contract", "module", "text"), BREACHES)
def test_a_breach_of_a_wall_is_seen(copy: Path, contract: str, module: str, text: str) -> None:
    plant(copy, module, text)
    assert broken(copy) == {contract}


def test_every_contract_has_a_breach_that_breaks_it() -> None:
    assert len({contract for contract, _, _ in BREACHES}) == CONTRACTS


def test_a_breach_of_each_ban_is_seen(copy: Path) -> None:
    planted = {
        str(plant(copy, f"web/planted{number}.py", text)): code
        for number, (text, code) in enumerate(BANS.items())
    }
    found = json.loads(run(copy, "ruff", "check", "--output-format=json", *planted))
    seen = {(mistake["filename"], mistake["code"]) for mistake in found}
    assert set(planted.items()) <= seen


def test_every_banned_name_has_a_breach() -> None:
    banned = SETTINGS["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"]
    missing = [name for name in banned if not any(_names(name, text) for text in BANS)]
    assert missing == []


def _names(banned: str, text: str) -> bool:
    """Return whether a planted text uses a banned name, by its last two parts."""
    return all(part in text for part in banned.split(".")[-2:])


def test_only_the_clock_may_read_the_clock(copy: Path) -> None:
    assert "All checks passed" in run(
        copy, "ruff", "check", "--select=TID251", "parvis/lib/clock.py"
    )


def test_a_breach_of_the_types_is_seen(copy: Path) -> None:
    """A page that takes a table by way of a selector would slip past the walls; types see it."""
    plant(copy, "casework/documents/models.py", "class Document: ...")
    hidden = "from parvis.casework.documents.models import Document"
    plant(copy, "casework/documents/selectors.py", f"{hidden}\n\nKINDS = [Document]")
    page = "from parvis.casework.documents.selectors import Document\n\nPAGE = Document"
    plant(copy, "web/planted.py", page)
    # Without the plugin, which would load the whole of Django for what is no matter of Django's.
    settings = copy / "pyproject.toml"
    settings.write_text(re.sub(r"^plugins = .*\n", "", settings.read_text(), flags=re.MULTILINE))
    told = run(copy, "mypy", "parvis/web/planted.py")
    assert "does not explicitly export attribute" in told
