"""When the steps of many files of one course happen, and how those files stood on a day."""

from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from parvis.casework.applications.facts import ClientAsked
from parvis.jobs.demo import assumed
from parvis.jobs.demo.courses import Before, Course
from parvis.jobs.demo.hours import Numbers, OfficeHours, Seconds
from parvis.programs.schema import Standard

_DAY_S = 86_400
_LEAST_WORK = 0.3
"""Of a file's length: answers that take longer make it longer."""

Flags = NDArray[np.bool_]


class Timed(NamedTuple):
    """Files of one course, a row each: when they were received and each step happened (UTC)."""

    moments: Seconds
    received_on: Seconds
    """The receipts by the clock on the wall."""


def timed(
    course: Course, received: Numbers, lengths: Numbers, hours: OfficeHours, rng: Generator
) -> Timed:
    """Return when everything happens to files received at these places of the office's axis.

    `lengths` are the days from receipt to decision, answers of clients within them unless they stop
    the clock.
    """
    steps = course.steps
    shape = (len(received), len(steps))
    spent = np.zeros(shape)
    counted = np.zeros(len(received))
    for column, step in enumerate(steps):
        if step.before is Before.WORK:
            continue
        spent[:, column] = _days_before(step.before, len(received), rng)
        asked = steps[column - 1].fact
        if isinstance(asked, ClientAsked) and not asked.stops_clock:
            counted += spent[:, column]
    weights = np.array([step.work * (step.before is Before.WORK) for step in steps])
    work = rng.standard_exponential(shape) * weights
    work *= (np.maximum(lengths - counted, lengths * _LEAST_WORK) / work.sum(axis=1))[:, None]
    places = received[:, None] + np.cumsum(work + spent, axis=1) * hours.days_a_day
    whole = np.concatenate([received[:, None], places], axis=1)
    return Timed(hours.moments(whole), hours.local(received))


def _days_before(before: Before, count: int, rng: Generator) -> Numbers:
    if before is Before.ANSWER:
        return rng.lognormal(np.log(assumed.ANSWER_MEDIAN_DAYS), assumed.ANSWER_SPREAD, count)
    return rng.uniform(
        *(assumed.SILENCE_DAYS if before is Before.SILENCE else assumed.CLOSED_DAYS), count
    )


class Standing(NamedTuple):
    """How files stood at a moment, a place each: open then, and not yet late."""

    waiting: Flags
    within: Flags


def standing(course: Course, files: Timed, standard: Standard | None, at: datetime) -> Standing:
    """Return how these files stood against their standard; without one, none was within.

    The same count as a file's own page makes, for all at once: the day of receipt, so much later,
    and the time added for which the clock stood still.
    """
    now = int(at.timestamp())
    moments = files.moments
    waiting = (moments[:, 0] <= now) & (moments[:, -1] > now)
    stopped = np.zeros(len(moments), dtype=np.int64)
    for column, step in enumerate(course.steps, 1):
        asked = course.steps[column - 2].fact if column > 1 else None
        closed = step.before is Before.CLOSED
        if closed or (isinstance(asked, ClientAsked) and asked.stops_clock):
            since, until = moments[:, column - 1], moments[:, column]
            stopped += np.minimum(until, now) - np.minimum(since, now)
            # The stop that still lasts is counted by the clock on the wall (readers/standards/due).
            lasts = np.flatnonzero((since <= now) & (until > now))
            stopped[lasts] += _hour_changed(since[lasts], at)
            if closed:
                waiting &= (since > now) | (until <= now)
    if standard is None:
        return Standing(waiting, np.zeros_like(waiting))
    due = (_after(files.received_on, standard) + stopped) // _DAY_S
    return Standing(waiting, waiting & (due >= (at.date().toordinal() - _EPOCH)))


def _hour_changed(since: Seconds, at: datetime) -> Seconds:
    """Return the seconds by which the clock on the wall was put forward from then to a moment."""
    zone, now = at.tzinfo, at.utcoffset() or timedelta()
    before = [datetime.fromtimestamp(one, zone).utcoffset() or now for one in since.tolist()]
    return np.array([(now - one).total_seconds() for one in before], np.int64)


_EPOCH = datetime(1970, 1, 1).toordinal()  # noqa: DTZ001 - only its day


def _after(received_on: Seconds, standard: Standard) -> Seconds:
    """Return when a standard ends that began then; a month after 31 January is in February."""
    if standard.days is not None:
        return received_on + standard.days * _DAY_S
    begun = received_on.astype("datetime64[s]")
    month = begun.astype("datetime64[M]")
    day = (begun - month.astype("datetime64[s]")).astype(np.int64)
    due = month + np.timedelta64(standard.months or 0, "M")
    last = (due + np.timedelta64(1, "M")).astype("datetime64[s]") - due.astype("datetime64[s]")
    over = np.maximum(day // _DAY_S - (last.astype(np.int64) // _DAY_S - 1), 0)
    ends: Seconds = due.astype("datetime64[s]").astype(np.int64) + day - over * _DAY_S
    return ends
