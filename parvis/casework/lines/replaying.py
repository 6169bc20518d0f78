"""Whether lines, and who works on them, are as the log says; and having them so again.

What an agent speaks and knows stands in no fact: a place of somebody without a profile is told,
and cannot be made again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from django.db import transaction

from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.casework.lines.facts import (
    AgentReturned,
    LineChanged,
    LineClosed,
    LineOpened,
    LineStaffed,
)
from parvis.casework.lines.models import Agent, Line, Place

_BATCH = 2_000


@dataclass(slots=True)
class _Told:
    """What the log says of a line."""

    code: str
    terms: dict[str, Any]
    opened_at: datetime
    closed_at: datetime | None = None
    places: list[tuple[int, bool, datetime, datetime | None]] = field(default_factory=list)
    """Each agent's: whether they were lent, since when and until when, in that order."""

    @property
    def email(self) -> str | None:
        """Where mail to it arrives."""
        email: str | None = self.terms["channels"].get("email")
        return email


def differences() -> Iterator[tuple[int, list[str]]]:
    """Yield how many lines were compared with the log, and in which words each differs."""
    rows = Line.objects.in_bulk()
    for told in _told():
        wrong = []
        for subject, line in told.items():
            row = rows.pop(subject, None)
            if row is None:
                wrong.append(f"line {line.code}: in the log, and not among the lines")
            elif _kept(row) != (line.code, line.terms, line.email, line.opened_at, line.closed_at):
                wrong.append(f"line {line.code}: not as the log says")
            elif _places(row) != sorted(line.places, key=_by_time):
                wrong.append(f"line {line.code}: who works on it is not as the log says")
        yield len(told), wrong
    yield 0, [f"line {row.code}: among the lines, and not in the log" for row in rows.values()]


def replay() -> Iterator[int]:
    """Make the lines, and who works on them, again from the log; yield how many.

    One transaction, around the whole of what is yielded: left before its end, nothing has changed.
    """
    with transaction.atomic():
        Place.objects.all().delete()
        agents = set(Agent.objects.values_list("pk", flat=True))
        # What is in no log goes first: it may hold an address. The others keep their rows.
        known = {subject for told in _told() for subject in told}
        Line.objects.exclude(pk__in=known).delete()
        for told in _told():
            Line.objects.bulk_create(
                [
                    Line(
                        id=subject,
                        code=line.code,
                        terms=line.terms,
                        email=line.email,
                        opened_at=line.opened_at,
                        closed_at=line.closed_at,
                    )
                    for subject, line in told.items()
                ],
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=["code", "terms", "email", "opened_at", "closed_at"],
            )
            Place.objects.bulk_create(
                Place(line_id=subject, agent_id=agent, lent=lent, since=since, until=until)
                for subject, line in told.items()
                for agent, lent, since, until in line.places
                if agent in agents
            )
            yield len(told)


def _told() -> Iterator[dict[int, _Told]]:
    for ids in log.subjects(SubjectKind.LINE, _BATCH):
        found: dict[int, _Told] = {}
        for subject, history in log.histories(ids):
            line = None
            for one in history:
                line = _after(line, one.at, one.fact)
            if line is not None:
                found[subject] = line
        yield found


def _after(line: _Told | None, at: datetime, fact: object) -> _Told | None:
    """Return what is known of a line once a fact is; facts of no line that was opened are none."""
    if isinstance(fact, LineOpened):
        return _Told(fact.code, orjson.loads(fact.terms), at)
    if line is None:
        return None
    if isinstance(fact, LineChanged):
        line.terms = orjson.loads(fact.terms)
    elif isinstance(fact, LineStaffed):
        line.places.append((fact.agent, fact.lent, at, None))
    elif isinstance(fact, AgentReturned):
        line.places = [
            (agent, lent, since, at if agent == fact.agent and until is None else until)
            for agent, lent, since, until in line.places
        ]
    elif isinstance(fact, LineClosed):
        line.closed_at = at
    return line


def _kept(row: Line) -> tuple[object, ...]:
    return row.code, row.terms, row.email, row.opened_at, row.closed_at


def _places(row: Line) -> list[tuple[int, bool, datetime, datetime | None]]:
    kept = [(one.agent_id, one.lent, one.since, one.until) for one in row.places.order_by("pk")]
    return sorted(kept, key=_by_time)


def _by_time(place: tuple[int, bool, datetime, datetime | None]) -> tuple[datetime, int, bool]:
    agent, lent, since, _ = place
    return since, agent, lent
