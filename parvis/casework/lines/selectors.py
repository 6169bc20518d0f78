"""Look up lines, when they are open, what they promise, and who works on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from parvis.casework.events import log
from parvis.casework.events.wall import lifted
from parvis.casework.lines.facts import LineChanged, LineOpened
from parvis.casework.lines.models import Agent, Line, Place
from parvis.casework.people.models import User
from parvis.engines.queueing.hours import Hours, add_open_time, is_open
from parvis.engines.queueing.order import Answerer
from parvis.programs.support_lines.schema import Terms


class UnknownLine(LookupError):
    """No line has this code."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"there is no line {code!r}; parvis lines list names them")


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line as it stands."""

    id: int
    """Its subject in the log."""
    code: str
    terms: Terms
    hours: Hours
    opened_at: datetime
    closed_at: datetime | None

    def takes_contacts_at(self, at: datetime) -> bool:
        """Tell whether it was opened and not closed for good by then, whatever the hour."""
        return self.opened_at <= at and (self.closed_at is None or at < self.closed_at)

    def is_open_at(self, at: datetime) -> bool:
        """Tell whether somebody answers at that hour."""
        return self.takes_contacts_at(at) and is_open(self.hours, at)


@dataclass(frozen=True, slots=True)
class Version:
    """What a line was from a moment on."""

    since: datetime
    terms: Terms
    hours: Hours


@dataclass(frozen=True, slots=True)
class KnownAgent:
    """Somebody who answers clients, and where they do now."""

    user: int
    email: str
    languages: tuple[str, ...]
    skills: tuple[str, ...]
    capacity: int
    lines: tuple[str, ...]
    """The codes of the open lines on which they answer now; of no other while they are lent."""
    own: tuple[str, ...]
    """Those that are their own; they go back to them."""
    lent: str | None = None
    """The line that borrows them."""

    @property
    def answerer(self) -> Answerer:
        """Return them as whoever orders what waits knows them."""
        return Answerer(frozenset(self.lines), frozenset(self.languages), frozenset(self.skills))


def line(code: str) -> KnownLine:
    """Return a line, open or closed; raise `UnknownLine` where there never was one."""
    row = Line.objects.filter(code=code).first()
    if row is None:
        raise UnknownLine(code)
    return _known(row)


def lines() -> list[KnownLine]:
    """Return every line: the open ones first, each kind by code."""
    return sorted(map(_known, Line.objects.all()), key=lambda one: (bool(one.closed_at), one.code))


def lines_open(at: datetime) -> list[KnownLine]:
    """Return the lines that take contacts at a moment, whatever the hour, by code."""
    rows = Line.objects.filter(Q(closed_at=None) | Q(closed_at__gt=at), opened_at__lte=at)
    return [_known(row) for row in rows.order_by("code")]


def line_for_address(email: str) -> KnownLine | None:
    """Return the open line to which mail for this address goes, in any spelling of its letters."""
    row = Line.objects.filter(closed_at=None, email=email.strip().lower()).first()
    return None if row is None else _known(row)


def promise_of(line: KnownLine, at: datetime) -> datetime:
    """Return when an answer is due to whoever comes at a moment: after its target's open time."""
    return add_open_time(line.hours, at, line.terms.within)


def agents() -> list[KnownAgent]:
    """Return everybody who answers clients and can sign in, by address."""
    return _agents(Agent.objects.all())


def agents_of(line: KnownLine) -> list[KnownAgent]:
    """Return who answers on a line now, by address: its own who are not lent away, and the lent."""
    return _agents(Agent.objects.filter(Exists(_here().filter(agent=OuterRef("pk"), line=line.id))))


def agent_of(user: int) -> KnownAgent | None:
    """Return somebody as an agent; None for who answers no clients."""
    return next(iter(_agents(Agent.objects.filter(pk=user))), None)


@transaction.atomic
def versions(line: KnownLine) -> list[Version]:
    """Return what a line was since it opened, the first version first."""
    # Facts are walled in for the sake of files; a line's are the department's own words.
    with lifted():
        told = log.history(line.id)
    return [
        Version(one.at, *_read(one.fact.terms.encode()))
        for one in told
        if isinstance(one.fact, LineOpened | LineChanged)
    ]


def have_answered(line: KnownLine) -> int:
    """Return how many agents answered on a line since it opened."""
    return Place.objects.filter(line=line.id).values("agent").distinct().count()


def _here() -> QuerySet[Place]:
    """Return the places at which agents answer now."""
    elsewhere = Place.objects.filter(agent=OuterRef("agent"), until=None, lent=True)
    return Place.objects.filter(Q(lent=True) | ~Exists(elsewhere), until=None)


def _agents(found: QuerySet[Agent]) -> list[KnownAgent]:
    rows = list(found.filter(user__is_active=True).select_related("user").order_by("user__email"))
    places = Place.objects.filter(agent__in=rows, until=None, line__closed_at=None)
    by_agent: dict[int, list[Place]] = {}
    for place in places.select_related("line").order_by("line__code"):
        by_agent.setdefault(place.agent_id, []).append(place)
    return [_agent(row, row.user, by_agent.get(row.pk, ())) for row in rows]


def _agent(row: Agent, user: User, places: Iterable[Place]) -> KnownAgent:
    own = tuple(one.line.code for one in places if not one.lent)
    lent = next((one.line.code for one in places if one.lent), None)
    return KnownAgent(
        user=row.pk,
        email=user.email,
        languages=tuple(row.languages),
        skills=tuple(row.skills),
        capacity=row.capacity,
        lines=own if lent is None else (lent,),
        own=own,
        lent=lent,
    )


def _known(row: Line) -> KnownLine:
    terms, hours = _read(orjson.dumps(row.terms))
    return KnownLine(row.pk, row.code, terms, hours, row.opened_at, row.closed_at)


@lru_cache(maxsize=256)
def _read(kept: bytes) -> tuple[Terms, Hours]:
    """Return terms as they were kept; read once, however often a line is asked for."""
    said: dict[str, Any] = orjson.loads(kept)
    terms = Terms.model_validate(said)
    return terms, terms.opening_hours()
