"""The demo's calls, as a telephone system would have told of them, event by event."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from numpy.random import Generator

from parvis.casework.contacts.facts import ContactEvent, ContactKind, Method
from parvis.jobs.demo import support_published as published
from parvis.jobs.demo.assumed import FRENCH_SHARE
from parvis.jobs.demo.census import ZONE
from parvis.jobs.demo.support_days import Part

_OPENS_AT = time(6, 30)
_OPEN_FOR_S = 45_000
"""Until 19:00."""
_BATCH = 20_000
"""Events at a time, or somewhat more."""
_WAYS = list(published.UNANSWERED)


def calls(
    parts: Iterable[Part], *, until: datetime, rng: Generator
) -> Iterator[list[ContactEvent]]:
    """Yield the events of all calls that had happened by then, day by day of each part."""
    batch: list[ContactEvent] = []
    for part in parts:
        for day, came, answered in zip(
            part.days.tolist(), part.calls.tolist(), part.answered.tolist(), strict=True
        ):
            if day > until.astimezone(ZONE).date():
                break
            found = _of_day(part.line, day, came, answered, rng)
            batch += (one for one in found if one.at <= until)
            if len(batch) >= _BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _of_day(
    line: str, day: date, came: int, answered: int, rng: Generator
) -> Iterator[ContactEvent]:
    if not came:
        return
    opening = datetime.combine(day, _OPENS_AT, ZONE).astimezone(UTC)
    at = (rng.beta(1.6, 2.0, came) * _OPEN_FOR_S).astype(int).tolist()
    menu = (5 + rng.exponential(published.MENU_MEAN_S, came)).astype(int).tolist()
    waits = rng.lognormal(np.log(published.WAIT_MEDIAN_S), published.WAIT_SPREAD, came)
    wait = np.minimum(waits, published.LONGEST_WAIT_S).astype(int).tolist()
    talk = _lengths(published.TALK_MEDIAN_S, published.TALK_SPREAD, came, rng)
    patience = rng.exponential(published.PATIENCE_MEAN_S, came).astype(int).tolist()
    french = (rng.random(came) < FRENCH_SHARE).tolist()
    ways = rng.choice(len(_WAYS), came, p=list(published.UNANSWERED.values())).tolist()
    back = (rng.random(came) < published.CALLED_BACK_SHARE).tolist()
    names = rng.bytes(16 * came).hex()
    for n in range(came):
        name = names[32 * n : 32 * n + 32]
        way = ContactKind.ANSWERED if n < answered else _WAYS[ways[n]]
        steps = [(ContactKind.OFFERED, 0)]
        if way == "left":
            steps.append((ContactKind.ENDED, menu[n]))
        else:
            steps.append((ContactKind.QUEUED, menu[n]))
            left = menu[n] + (wait[n] if n < answered else patience[n])
            steps.append((ContactKind(way), left))
            steps.append((ContactKind.ENDED, left + (talk[n] if n < answered else 1)))
        language = "fr" if french[n] else "en"
        began = opening + timedelta(seconds=at[n])
        yield from _events(name, name, Method.INBOUND, line, language, began, steps)
        if way == ContactKind.CALLBACK and back[n]:
            later = began + timedelta(seconds=left + 8 * wait[n])
            steps = [
                (ContactKind.OFFERED, 0),
                (ContactKind.ANSWERED, 20),
                (ContactKind.ENDED, 20 + talk[n]),
            ]
            yield from _events(f"{name}-b", name, Method.CALLBACK, line, language, later, steps)


def _events(  # noqa: PLR0913, PLR0917 - each is a part of the event
    name: str,
    initial: str,
    method: Method,
    line: str,
    language: str,
    began: datetime,
    steps: list[tuple[ContactKind, int]],
) -> Iterator[ContactEvent]:
    previous = None if name == initial else initial
    for kind, second in steps:
        yield ContactEvent(
            event_id=f"{name}/{kind}",
            contact_id=name,
            initial_contact_id=initial,
            previous_contact_id=previous,
            kind=kind.value,
            method=method.value,
            line=line,
            queue=None,
            language=language,
            priority=None,
            agent=None,
            at=began + timedelta(seconds=second),
        )


def _lengths(median: float, spread: float, count: int, rng: Generator) -> list[int]:
    drawn: list[int] = rng.lognormal(np.log(median), spread, count).astype(int).tolist()
    return drawn
