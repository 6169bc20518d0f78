"""Look up lines, when they are open, what they promise, and who works on them."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson
from django.db import connection, transaction

from parvis.casework.events import log
from parvis.casework.events.wall import lifted
from parvis.casework.lines.facts import LineChanged, LineOpened
from parvis.engines.queueing.hours import Hours, add_open_time, is_open
from parvis.engines.queueing.order import Answerer
from parvis.programs.support_lines.schema import Terms

# By plain SQL: every enquiry that comes or is given asks for them.
_LINES = "SELECT id, code, terms::text, opened_at, closed_at FROM lines_line WHERE "
_AGENTS = """
SELECT a.user_id, u.email, a.languages, a.skills, a.capacity,
    coalesce(
        array_agg(l.code ORDER BY l.code) FILTER (WHERE NOT p.lent AND l.id IS NOT NULL), '{}'
    ),
    min(l.code) FILTER (WHERE p.lent)
FROM lines_agent a
    JOIN people_user u ON u.id = a.user_id AND u.is_active
    LEFT JOIN lines_place p ON p.agent_id = a.user_id AND p.until IS NULL
    LEFT JOIN lines_line l ON l.id = p.line_id AND l.closed_at IS NULL
WHERE %(user)s::bigint IS NULL OR a.user_id = %(user)s
GROUP BY a.user_id, u.email ORDER BY u.email
"""
_EVER_ON = "SELECT count(DISTINCT agent_id) FROM lines_place WHERE line_id = %s"


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
    for found in _lines("code = %s", code):
        return found
    raise UnknownLine(code)


def lines() -> list[KnownLine]:
    """Return every line: the open ones first, each kind by code."""
    return sorted(_lines("true"), key=lambda one: (bool(one.closed_at), one.code))


def lines_open(at: datetime) -> list[KnownLine]:
    """Return the lines that take contacts at a moment, whatever the hour, by code."""
    return _lines("(closed_at IS NULL OR closed_at > %s) AND opened_at <= %s ORDER BY code", at, at)


def line_for_address(email: str) -> KnownLine | None:
    """Return the open line to which mail for this address goes, in any spelling of its letters."""
    found = _lines("closed_at IS NULL AND email = %s", email.strip().lower())
    return found[0] if found else None


def promise_of(line: KnownLine, at: datetime) -> datetime:
    """Return when an answer is due to whoever comes at a moment: after its target's open time."""
    return add_open_time(line.hours, at, line.terms.within)


def agents() -> list[KnownAgent]:
    """Return everybody who answers clients and can sign in, by address."""
    return _agents(None)


def agents_of(line: KnownLine) -> list[KnownAgent]:
    """Return who answers on a line now, by address: its own who are not lent away, and the lent."""
    return [one for one in agents() if line.code in one.lines]


def agent_of(user: int) -> KnownAgent | None:
    """Return somebody as an agent; None for who answers no clients."""
    return next(iter(_agents(user)), None)


@transaction.atomic
def versions(line: KnownLine) -> list[Version]:
    """Return what a line was since it opened, the first version first."""
    # Facts are walled in for the sake of files; a line's are the department's own words.
    with lifted():
        told = log.history(line.id)
    return [
        Version(one.at, *_read(one.fact.terms))
        for one in told
        if isinstance(one.fact, LineOpened | LineChanged)
    ]


def have_worked(line: KnownLine) -> int:
    """Return how many agents were on a line, their own or lent, since it opened."""
    with connection.cursor() as cursor:
        cursor.execute(_EVER_ON, [line.id])
        return int(cursor.fetchone()[0])


def _agents(user: int | None) -> list[KnownAgent]:
    with connection.cursor() as cursor:
        cursor.execute(_AGENTS, {"user": user})
        return [
            KnownAgent(
                user=id_,
                email=email,
                languages=tuple(languages),
                skills=tuple(skills),
                capacity=capacity,
                lines=tuple(own) if lent is None else (lent,),
                own=tuple(own),
                lent=lent,
            )
            for id_, email, languages, skills, capacity, own, lent in cursor.fetchall()
        ]


def _lines(condition: str, *values: str | datetime) -> list[KnownLine]:
    with connection.cursor() as cursor:
        cursor.execute(_LINES + condition, values)
        return [
            KnownLine(id_, code, *_read(terms), opened_at, closed_at)
            for id_, code, terms, opened_at, closed_at in cursor.fetchall()
        ]


@lru_cache(maxsize=256)
def _read(kept: str) -> tuple[Terms, Hours]:
    """Return terms as they were kept; read once, however often a line is asked for."""
    said: dict[str, Any] = orjson.loads(kept)
    terms = Terms.model_validate(said)
    return terms, terms.opening_hours()
