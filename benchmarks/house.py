"""A fresh house for a measurement: a private cluster in a temporary folder, gone afterwards."""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

from benchmarks.timing import Timed, timed
from parvis.lib.postgres import Cluster

Session = psycopg.Connection[tuple[Any, ...]]


class House:
    """A house with an empty database that runs and has its tables; use it in a `with`."""

    def __enter__(self) -> Self:
        # A short path, for its sockets; open, because as root the server is another user.
        self.home = Path(tempfile.mkdtemp(prefix="parvis-bench-"))
        self.home.chmod(0o755)
        self.cluster = Cluster(self.home)
        try:
            self.make()
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leave()

    def _leave(self) -> None:
        self.cluster.reset()
        shutil.rmtree(self.home)

    def make(self) -> None:
        """Have the database run, with its tables: the first command that it sees makes them."""
        self.parvis("log", "verify")

    @property
    def environment(self) -> dict[str, str]:
        """What a program of this house sees: this house, and no settings of another's.

        Nor Python's: where it may not keep what it compiled, every start takes a second more.
        """
        others = ("PARVIS_", "DJANGO_", "PG", "PYTHON", "DATABASE_URL")
        ours = {name: value for name, value in os.environ.items() if not name.startswith(others)}
        kept = {name: os.environ[name] for name in ("PARVIS_PG_BIN",) if name in os.environ}
        return ours | kept | {"PARVIS_HOME": str(self.home)}

    def run(self, module: str, *arguments: str | Path) -> Timed:
        """Run a Python module as a program of this house."""
        return timed([sys.executable, "-m", module, *arguments], environment=self.environment)

    def parvis(self, *arguments: str | Path) -> Timed:
        """Run a command of Parvis."""
        return self.run("parvis", *arguments)

    def session(self, database: str = "parvis", *, keeper: bool = False) -> Session:
        """Connect to a database here; as its keeper, for what an owner of tables may not do."""
        address = self.cluster.url.replace("/parvis?", f"/{database}?")
        if keeper:
            address = address.replace("//parvis@", "//postgres@")
        return psycopg.connect(address, autocommit=True)

    def settle(self) -> None:
        """Have everything on disk, so that no measurement pays for what went before it."""
        with self.session(keeper=True) as session:
            session.execute("CHECKPOINT")


def summary(run: Timed) -> dict[str, Any]:
    """Return the JSON object that a program printed."""
    told: dict[str, Any] = json.loads(run.printed)
    return told


def pool(house: House, module: str, tasks: Sequence[Sequence[str]]) -> None:
    """Run a module once for each task, all at the same time."""
    with ThreadPoolExecutor(len(tasks)) as threads:
        for done in [threads.submit(house.run, module, *task) for task in tasks]:
            done.result()
