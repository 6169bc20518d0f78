"""Who is answered next: whom the oldest promise was made to, among those that an agent can answer.

A line with priority has a head start of so many minutes: its promises count as if they had been
given so much earlier. A head start is a length of time and does not grow, so whoever waits on
another line waits that much longer at most, and nobody for ever.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for an answer."""

    id: int
    line: str
    promised_at: datetime
    head_start: timedelta = timedelta()
    language: str | None = None
    """None where any will do."""
    skills: frozenset[str] = frozenset()
    """What whoever answers it must know."""


@dataclass(frozen=True, slots=True)
class Answerer:
    """Somebody who answers: on which lines, in which languages, and what they know."""

    lines: frozenset[str]
    languages: frozenset[str]
    skills: frozenset[str] = frozenset()


def rank(promised_at: datetime, head_start: timedelta) -> datetime:
    """Return what is ordered by, earliest first: when it was promised, less the head start."""
    return promised_at - head_start


def suits(agent: Answerer, one: Waiting) -> bool:
    """Tell whether somebody can answer what waits."""
    return (
        one.line in agent.lines
        and (one.language is None or one.language in agent.languages)
        and one.skills <= agent.skills
    )


def order(waiting: Iterable[Waiting], agent: Answerer) -> list[Waiting]:
    """Return what somebody can answer, what comes next first; of equal rank, the older number."""
    return sorted((one for one in waiting if suits(agent, one)), key=_key)


def next_of(waiting: Iterable[Waiting], agent: Answerer) -> Waiting | None:
    """Return what somebody answers next; None where nothing waits for them."""
    return min((one for one in waiting if suits(agent, one)), key=_key, default=None)


def _key(one: Waiting) -> tuple[datetime, int]:
    return rank(one.promised_at, one.head_start), one.id
