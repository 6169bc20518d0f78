"""Draw a program's files: a steady department, of which so many files wait on the day it counts.

Files arrive as many a day as keeps that inventory, take as long as `lengths` says, and whatever
then waits on the day is thinned to the very numbers that are wanted.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from parvis.jobs.demo import assumed
from parvis.jobs.demo.assumed import Habits
from parvis.jobs.demo.census import COUNTED_AT
from parvis.jobs.demo.courses import COURSES, Before, Course, courses
from parvis.jobs.demo.hours import Numbers, OfficeHours, Seconds
from parvis.jobs.demo.lengths import Lengths, lengths_for
from parvis.jobs.demo.timing import Timed, standing, timed
from parvis.programs.loader import standard_on
from parvis.programs.schema import Program

_SURPLUS = 1.15
_A_FEW = 60
_ENOUGH = 64
"""Times the files expected: if so many do not have those wanted, none will."""

_OUT, _OTHER, _WITHIN, _LATE = range(4)
"""What becomes of a drawn file: left out, kept as many as arrive, kept as many as wanted."""


class Wanted(NamedTuple):
    """How many files of a program shall wait: within the standard, and late or without one.

    `share` is what a department of any size would have within; None where there is no standard.
    """

    within: int
    late: int
    share: float | None


class NotDrawn(RuntimeError):
    """No steady department with these habits has the files that are wanted."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Files of one course, a row each; the first column is the receipt."""

    program: Program
    course: Course
    moments: Seconds


def draw(
    program: Program,
    habits: Habits,
    wanted: Wanted,
    *,
    hours: OfficeHours,
    rng: Generator,
) -> list[Drawn]:
    """Return files of a program, of which `wanted` wait when they are counted.

    They are received, and go on, until the end of the office's axis.
    """
    waiting = wanted.within + wanted.late
    if not waiting:
        return []
    drawn = courses(program, habits, rng)
    lengths, stopped = _lengths(program, habits, wanted.share, drawn)
    a_day = waiting / (lengths.mean + stopped)
    longest = lengths.slowest + 2 * max(assumed.SILENCE_DAYS)
    begin = COUNTED_AT - timedelta(days=assumed.HISTORY_DAYS + longest)
    first, last = hours.number_of(begin), hours.days
    expected = a_day * (last - first) / hours.days_a_day
    count = int(expected * _SURPLUS) + _A_FEW
    while count < (expected + _A_FEW) * _ENOUGH:
        received = rng.uniform(first, last, count)
        days = lengths.at(rng.random(count))
        files = _timed(drawn, received, days, hours, rng)
        if kept := _chosen(program, files, wanted, expected / count, rng):
            return kept
        count *= 2
    raise NotDrawn(f"{program.code} cannot have {wanted}")


def _lengths(
    program: Program, habits: Habits, share: float | None, drawn: list[Course]
) -> tuple[Lengths, float]:
    """Return the lengths of a program, and the mean days for which a client stops its clock."""
    stops = sum(
        step.before is Before.ANSWER and getattr(course.steps[i].fact, "stops_clock", False)
        for course in drawn
        for i, step in enumerate(course.steps[1:])
    )
    mean_answer = assumed.ANSWER_MEDIAN_DAYS * float(np.exp(assumed.ANSWER_SPREAD**2 / 2))
    stopped = stops / COURSES * mean_answer
    if habits.slowest_days is not None:
        return Lengths(habits.usual_days, habits.slowest_days), stopped
    standard = standard_on(program, COUNTED_AT.date())
    if standard is None or share is None:
        raise NotDrawn(f"{program.code} has no standard: say how long its slowest files take")
    days = standard.days or (standard.months or 0) * assumed.MONTH_DAYS
    lengths = lengths_for(usual=habits.usual_days, standard=days, within=share, stopped=stopped)
    return lengths, stopped


def _timed(
    drawn: list[Course], received: Numbers, days: Numbers, hours: OfficeHours, rng: Generator
) -> list[tuple[Course, Timed]]:
    """Return the files, each on a course drawn for it, by their courses."""
    taken = rng.integers(0, len(drawn), len(received))
    return [
        (course, timed(course, received[taken == i], days[taken == i], hours, rng))
        for i, course in enumerate(drawn)
    ]


def _chosen(
    program: Program,
    there: list[tuple[Course, Timed]],
    wanted: Wanted,
    share: float,
    rng: Generator,
) -> list[Drawn]:
    """Return the files to keep: of the waiting as many as wanted, of others this share.

    None at all where fewer wait than are wanted.
    """
    standard = standard_on(program, COUNTED_AT.date())
    earliest = int((COUNTED_AT - timedelta(days=assumed.HISTORY_DAYS)).timestamp())
    kinds = []
    for course, files in there:
        stands = standing(course, files, standard, COUNTED_AT)
        kind = np.where(files.moments[:, -1] >= earliest, _OTHER, _OUT)
        kind[stands.waiting] = _LATE
        kind[stands.within] = _WITHIN
        kinds.append(kind)
    keep = _kept(np.concatenate(kinds), wanted, share, rng)
    if keep is None:
        return []
    ends = np.cumsum([len(kind) for kind in kinds])[:-1]
    return [
        Drawn(program, course, files.moments[flags])
        for (course, files), flags in zip(there, np.split(keep, ends), strict=True)
    ]


def _kept(
    kinds: NDArray[np.int64], wanted: Wanted, share: float, rng: Generator
) -> NDArray[np.bool_] | None:
    others = np.count_nonzero(kinds == _OTHER)
    keep = np.zeros(len(kinds), dtype=bool)
    for kind, count in (
        (_OTHER, round(others * share)),
        (_WITHIN, wanted.within),
        (_LATE, wanted.late),
    ):
        there = np.flatnonzero(kinds == kind)
        if len(there) < count:
            return None
        keep[rng.choice(there, count, replace=False)] = True
    return keep
