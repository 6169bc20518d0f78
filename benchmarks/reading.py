"""What the database alone could give: `pgbench -S` in the cluster that serves."""

import re
import subprocess

from benchmarks.house import House
from benchmarks.timing import ProgramFailed, cores
from parvis.lib.postgres import binaries

_NAME = "pgbench"
_ROWS_A_SCALE = 100_000
_RATE = re.compile(r"tps = ([\d.]+) \(without initial")


def make_table(house: House, rows: int) -> None:
    """Make pgbench's tables in a database of their own, the large one with about so many rows."""
    with house.session("postgres", keeper=True) as session:
        session.execute(f"CREATE DATABASE {_NAME}")
    _run(house, "--initialize", "--quiet", "--scale", str(max(1, rows // _ROWS_A_SCALE)))


def read(house: House, *, connections: int, seconds: float) -> float:
    """Return how many rows a second so many connections read by their key, one a statement."""
    told = _run(
        house,
        *("--select-only", "--client", str(connections), "--jobs", str(cores())),
        *("--time", str(max(1, round(seconds)))),
    )
    found = _RATE.search(told)
    if found is None:
        raise ProgramFailed(f"pgbench:\n{told}")
    return float(found[1])


def _run(house: House, *arguments: str) -> str:
    address = house.cluster.url.replace("/parvis?", f"/{_NAME}?")
    address = address.replace("//parvis@", "//postgres@")
    done = subprocess.run(
        [binaries.find() / "pgbench", *arguments, address],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ProgramFailed(f"pgbench:\n{done.stderr}")
    return done.stdout
