"""Files that were made up by a law that is known, so that what is read from them can be judged."""

from collections.abc import Callable

import numpy as np

from parvis.engines.forecasting.files import PENDING, Files, Floats, Ints, Touches, files_of

FIRST = 14_610
"""1 January 2010."""
Draw = Callable[[np.random.Generator, int], Floats]
"""So many waits, in days."""


def usual(rng: np.random.Generator, n: int) -> Floats:
    """Return waits of two steps of 20 days each in the mean: 60 days for 4 of 5 files."""
    return rng.gamma(2, 20, n)


def simulated(
    rng: np.random.Generator, n: int = 4_000, days: int = 5 * 365, *, draw: Draw = usual
) -> Files:
    """Return files that came evenly over so many days and waited as drawn."""
    received = FIRST + np.sort(rng.integers(0, days, n))
    return files_of(received, received + draw(rng, n).astype(np.int64))


def touched(rng: np.random.Generator, files: Files) -> Files:
    """Return the files with what happened on them: one touch of each of three kinds, in order."""
    left = np.minimum(files.decided, files.received + 1_000)
    shares = np.sort(rng.random((len(files), 3)), axis=1)
    day = files.received[:, None] + ((left - files.received)[:, None] * shares).astype(np.int64)
    return Files(files.received, files.decided, files.stratum, rows(day))


def rows(day: Ints) -> Touches:
    """Return touches, of a table with a row a file and a column a kind."""
    file, kind = np.indices(day.shape)
    return Touches(file.ravel(), day.ravel(), kind.ravel())


def scattered(rng: np.random.Generator, n: int, strata: int, days: int = 900) -> Files:
    """Return files with nothing regular about them: of several strata, some never decided."""
    received = FIRST + rng.integers(0, days, n)
    decided = received + rng.geometric(1 / 60, n) - 1
    decided[rng.random(n) < 0.1] = PENDING
    return touched(rng, files_of(received, decided, rng.integers(0, strata, n)))


def batched(rng: np.random.Generator, n: int = 12_000, years: int = 8) -> Files:
    """Return files that are all decided on one of four days a year that are not quite regular."""
    received = FIRST + np.sort(rng.integers(0, years * 365, n))
    days = FIRST + np.arange(0, (years + 2) * 365, 91)
    days = days + rng.integers(-10, 11, len(days))
    return files_of(received, days[np.searchsorted(days, received + 20)])


def known_at(files: Files, cutoff: int) -> Files:
    """Return files as they were known when a day began: nothing of that day or later.

    Their indices stay: a file that had not been received by then is one of no day at all
    (`received` is `PENDING` too).
    """
    there = files.received < cutoff
    touches = files.touches
    if touches is not None:
        before = touches.day < cutoff
        touches = Touches(touches.file[before], touches.day[before], touches.kind[before])
    return Files(
        received=np.where(there, files.received, PENDING),
        decided=np.where(there & (files.decided < cutoff), files.decided, PENDING),
        stratum=files.stratum,
        touches=touches,
    )
