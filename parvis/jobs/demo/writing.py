"""Write drawn files into the log, in the order in which they were received, by batches."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

import numpy as np
from numpy.random import Generator

from parvis.casework.applications.facts import ClientAnswered, ClientAsked, Received
from parvis.casework.applications.histories import open_files
from parvis.casework.events.facts import Fact
from parvis.casework.events.log import Happened
from parvis.casework.people.services import NewClient, register_clients
from parvis.jobs.demo import assumed
from parvis.jobs.demo.drawing import Drawn
from parvis.jobs.demo.names import invented
from parvis.programs.schema import Program
from parvis.programs.vocabulary import AnsweredBy

_BATCH = 3_000
"""Files at a time."""


def write(
    drawn: Sequence[Drawn],
    *,
    until: datetime,
    by: str,
    rng: Generator,
    progress: Callable[[float, int], None],
) -> tuple[int, int]:
    """Open these files as they stood at a moment; return how many files and how many facts.

    Most are of a client of their own. `progress` is told the share that is written, and the facts.
    """
    if not drawn:
        return 0, 0
    now = int(until.timestamp())
    received = np.concatenate([one.moments[:, 0] for one in drawn])
    course = np.repeat(np.arange(len(drawn)), [len(one.moments) for one in drawn])
    row = np.concatenate([np.arange(len(one.moments)) for one in drawn])
    order = np.argsort(received, kind="stable")
    order = order[received[order] <= now]
    clients: list[int] = []
    files = facts = 0
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        owners, new = _owners(clients, received[batch], by, rng)
        histories = [
            _history(drawn[which], at, now, owner)
            for which, at, owner in zip(
                course[batch].tolist(), row[batch].tolist(), owners, strict=True
            )
        ]
        open_files(histories=histories, by=by)
        files += len(histories)
        facts += new + sum(map(len, histories))
        progress(files / len(order), facts)
    return files, facts


def _owners(
    clients: list[int], received: np.ndarray, by: str, rng: Generator
) -> tuple[list[int], int]:
    """Return each file's client, some of them known; register the others, and say how many."""
    returning = (rng.random(len(received)) < assumed.RETURNING_SHARE) & bool(clients)
    who = rng.integers(0, max(len(clients), 1), len(received)).tolist()
    first = received[~returning].tolist()
    people = invented(range(len(clients) + 1, len(clients) + 1 + len(first)), rng)
    ids = register_clients(
        clients=[
            NewClient(name, language, datetime.fromtimestamp(at, UTC))
            for (name, language), at in zip(people, first, strict=True)
        ],
        by=by,
    )
    fresh = iter(ids)
    owners = [
        clients[known] if again else next(fresh)
        for again, known in zip(returning.tolist(), who, strict=True)
    ]
    clients += ids
    return owners, len(ids)


def _history(drawn: Drawn, row: int, now: int, client: int) -> list[Happened]:
    """Return what had happened to a file by now."""
    program, course, moments = drawn.program, drawn.course, drawn.moments[row].tolist()
    received = Received(program=program.code, client=client, office=course.office)
    happened: list[Happened] = [(datetime.fromtimestamp(moments[0], UTC), received)]
    for step, second in zip(course.steps, moments[1:], strict=True):
        if second > now:
            break
        at = datetime.fromtimestamp(second, UTC)
        happened.append((at, _said_on(at, step.fact, program)))
    return happened


def _said_on(at: datetime, fact: Fact, program: Program) -> Fact:
    """Return a fact with the day that belongs to it: until when to answer, or when a visit was."""
    if not isinstance(fact, ClientAsked | ClientAnswered):
        return fact
    document, on = program.documents[fact.document], at.astimezone(program.time_zone).date()
    if isinstance(fact, ClientAsked):
        return _asked(fact, on + timedelta(days=document.days_to_answer))
    return _visited(fact, on) if document.answered_by is AnsweredBy.VISIT else fact


# Facts are frozen, so those of one day share one.


@cache
def _asked(fact: ClientAsked, due_on: date) -> ClientAsked:
    return replace(fact, due_on=due_on)


@cache
def _visited(fact: ClientAnswered, done_on: date) -> ClientAnswered:
    return replace(fact, done_on=done_on)
