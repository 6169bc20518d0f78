"""Houses with all tables and nothing in them: one is made, others are its copies in no time."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.house import House
from parvis.lib.postgres import Cluster
from parvis.lib.postgres.place import of


@contextmanager
def made() -> Iterator[Path]:
    """Have a house stand still, to be copied; then it is gone."""
    with House() as house:
        house.cluster.stop()
        yield house.home


def copied(house: Path, to: Path) -> Cluster:
    """Have a house there like one that stands still, and running."""
    cluster = Cluster(to)
    if not cluster.home.is_dir():
        cluster.home.mkdir(parents=True)
        cluster.home.chmod(0o755)
    here, there = of(house.resolve()), of(cluster.home)
    there.files.parent.mkdir(exist_ok=True)
    there.files.parent.chmod(0o755)
    subprocess.run(["cp", "--archive", here.files, there.files], check=True)
    if there.files != there.link:
        there.link.symlink_to(there.files)
    cluster.start()
    return cluster
