"""What follows is a job, deferred by name in the transaction of what it follows: the port.

A fact and the job that follows it are committed together or not at all, so that nothing is lost
between them and no act need know who listens. Who carries jobs out stands in `jobs/`; settings name
it, and which jobs follow which kinds of fact.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from django.conf import settings

from parvis.casework.events.facts import Fact

_AT_ONCE = 500
"""Facts that one job is told of."""
_MANY = 100
"""With more facts in one writing, what follows may wait behind what concerns one person now."""

Told = str | int | bool | None | Sequence["Told"] | Mapping[str, "Told"]
"""What a job can be told: references and codes alone, as a fact."""


class Queue(StrEnum):
    """Where a job waits; each has a worker of its own, so that none starves another."""

    URGENT = "urgent"
    """What somebody waits for."""
    BULK = "bulk"
    """What many wait for, and can."""
    WEBHOOKS = "webhooks"
    """What other systems are told, at the pace of their servers."""
    HOUSE = "house"
    """What the house does for itself: the rescue of jobs whose worker died, for one."""


@dataclass(frozen=True, kw_only=True)
class Follower:
    """A job that follows facts of some kinds: it is told `facts`, pairs of subject and number."""

    job: str
    kinds: frozenset[str]
    news_for: timedelta
    """Facts that happened longer ago are history when we learn of them, and not followed."""


class Later(Protocol):
    """Has jobs done after the transaction at hand, at least once each."""

    def defer(  # noqa: PLR0913 - what is done, and when
        self,
        job: str,
        told: Sequence[Mapping[str, Told]],
        *,
        queue: Queue | None = None,
        after: timedelta | None = None,
        lock: str | None = None,
        unless_waiting: bool = False,
    ) -> None:
        """Have a job done once for each of `told`, in its own queue unless another is named.

        Not before `after`, where that is given. Of jobs with the same lock one is done at a time,
        in the order in which they were deferred. `unless_waiting`, not while one of this name
        waits that was deferred so: it does what this one would.
        """


def later() -> Later:
    """Return who has jobs done in this house."""
    return settings.LATER


def follow(
    chains: Iterable[tuple[int, int, Sequence[tuple[datetime, Fact]]]], now: datetime
) -> None:
    """Defer what follows these facts: of each subject its id, its count before, and its facts."""
    followers: Sequence[Follower] = settings.FOLLOWERS
    if not followers:
        return
    begins = now - max(one.news_for for one in followers)
    news = [
        (subject, seq, at, fact.KIND)
        for subject, before, happened in chains
        for seq, (at, fact) in enumerate(happened, before + 1)
        if at >= begins
    ]
    queue = Queue.BULK if len(news) > _MANY else None
    for one in followers:
        found = [
            [subject, seq]
            for subject, seq, at, kind in news
            if kind in one.kinds and at >= now - one.news_for
        ]
        if found:
            parts = (found[start : start + _AT_ONCE] for start in range(0, len(found), _AT_ONCE))
            told = [{"facts": part} for part in parts]
            later().defer(one.job, told, queue=queue)
