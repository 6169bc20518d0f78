"""The generated part of the demo department: all but the files of the people who sign in."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

import numpy as np

from parvis.jobs.demo import census
from parvis.jobs.demo.assumed import HABITS
from parvis.jobs.demo.drawing import draw
from parvis.jobs.demo.hours import OfficeHours
from parvis.jobs.demo.proportions import wanted
from parvis.jobs.demo.writing import write
from parvis.programs import loader

LAST_DAY = date(2024, 1, 12)
"""The department is as of this day, whatever its clock may say later."""
_FIRST_DAY = date(2005, 1, 3)
"""Before the first receipt of the slowest file."""
CLOSES_AT = time(17)


def generate(
    *, scale: float, until: datetime, by: str, seed: int, progress: Callable[[float, int], None]
) -> tuple[int, int]:
    """Add files in the published proportions; return how many files and how many facts.

    What is there already counts too: it takes the place of generated files.
    """
    until = min(until, datetime.combine(LAST_DAY, CLOSES_AT, census.ZONE))
    hours = OfficeHours(_FIRST_DAY, LAST_DAY, census.ZONE)
    chances = np.random.default_rng(seed).spawn(len(HABITS) + 1)
    drawn = []
    for (code, some), rng in zip(wanted(scale, census.count()).items(), chances[1:], strict=True):
        drawn += draw(loader.program(code), HABITS[code], some, hours=hours, rng=rng)
    with _without_collecting():
        return write(drawn, until=until, by=by, rng=chances[0], progress=progress)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Have no garbage collected by cycles: this makes none, and looking for it takes long."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
