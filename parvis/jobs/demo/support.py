"""The demo's support centre: two years of calls and enquiries and the days since, as facts."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import numpy as np
from numpy.random import Generator

from parvis.casework.contacts.services import record
from parvis.casework.enquiries.facts import (
    EnquiryAnswered,
    EnquiryAvoided,
    EnquiryRated,
    EnquiryReceived,
    RatingAsked,
)
from parvis.casework.enquiries.status import Score
from parvis.casework.events import log
from parvis.casework.events.facts import Fact, SubjectKind
from parvis.casework.events.log import Happened
from parvis.jobs.demo import support_published as published
from parvis.jobs.demo.assumed import FRENCH_SHARE
from parvis.jobs.demo.census import ZONE
from parvis.jobs.demo.support_calls import calls
from parvis.jobs.demo.support_days import Part, parts
from parvis.jobs.demo.support_published import GENERAL, PARLIAMENTARY

SOURCE = "demo-telephone"
_BATCH = 5_000
_FIRST_ANSWERS_AT = time(6, 30)
_OPEN_FOR_S = 45_000
# No message is kept of what was answered before the house began.
_ANSWER = EnquiryAnswered(message=0)
_ASKED = RatingAsked(message=0)
_TOPICS = list(published.TOPICS)


def support(
    *, scale: float, until: datetime, by: str, rng: Generator, progress: Callable[[int], None]
) -> tuple[int, int]:
    """Add what came to the support centre until then; return how many events and facts."""
    every = list(parts(scale, rng))
    events = 0
    for batch in calls(every, until=until, rng=rng):
        events += record(batch, source=SOURCE, at=until)
        progress(0)
    return events, written(every, until=until, by=by, rng=rng, progress=progress)


def _unseen(facts: int) -> None:
    """Show nobody how far it is."""


def written(
    every: Sequence[Part],
    *,
    until: datetime,
    by: str,
    rng: Generator,
    progress: Callable[[int], None] = _unseen,
) -> int:
    """Add what came in writing; return how many facts that was."""
    facts = 0
    for histories in _batches(every, until, rng):
        heads = log.reserve(len(histories))
        log.write(list(zip(heads, histories, strict=True)), kind=SubjectKind.ENQUIRY, by=by)
        facts += sum(map(len, histories))
        progress(facts)
    return facts


def _batches(
    every: Sequence[Part], until: datetime, rng: Generator
) -> Iterator[list[list[Happened]]]:
    batch: list[list[Happened]] = []
    for part in every:
        for day, count in zip(part.days.tolist(), part.written.tolist(), strict=True):
            batch += _of_day(part.line, day, count, until, rng)
            if len(batch) >= _BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _of_day(
    line: str, day: date, count: int, until: datetime, rng: Generator
) -> Iterator[list[Happened]]:
    """Yield what was answered on a day, as far as it had happened; and what was not sent."""
    began = datetime.combine(day, _FIRST_ANSWERS_AT, ZONE).astimezone(UTC)
    at = (rng.random(count) * _OPEN_FOR_S).tolist()
    waited = rng.lognormal(np.log(published.REPLY_MEDIAN_H), published.REPLY_SPREAD, count).tolist()
    french = (rng.random(count) < FRENCH_SHARE).tolist()
    form = (rng.random(count) < published.FORM_SHARE).tolist()
    topics = rng.choice(len(_TOPICS), count, p=list(published.TOPICS.values())).tolist()
    avoided = (rng.random(count) < published.AVOIDED_SHARE).tolist()
    rated = _ratings(line, day, count, rng)
    for n in range(count):
        answered_at = began + timedelta(seconds=at[n])
        received_at = answered_at - timedelta(hours=waited[n])
        if received_at > until:
            continue
        language = "fr" if french[n] else "en"
        channel = "form" if form[n] and line != PARLIAMENTARY else "email"
        topic = _topic_on(line, _TOPICS[topics[n]])
        happened: list[Happened] = [(received_at, _received(channel, line, language, topic))]
        if answered_at <= until:
            happened.append((answered_at, _ANSWER))
            ended = [(answered_at + timedelta(hours=after), fact) for after, fact in rated[n]]
            happened += [one for one in ended if one[0] <= until]
        yield happened
        if avoided[n] and channel == "form" and line == GENERAL and day >= published.AVOIDED_FROM:
            yield [(received_at, _avoided(line, language))]


def _ratings(line: str, day: date, count: int, rng: Generator) -> list[list[tuple[float, Fact]]]:
    """Return what was asked and said at the end of each enquiry, so many hours after its answer."""
    if line == PARLIAMENTARY or day < published.RATING_ASKED_FROM:
        return [[] for _ in range(count)]
    asked = rng.random(count) < published.RATING_ASKED_SHARE
    said = asked & (rng.random(count) < published.RATED_SHARE)
    asked_h = 24 * published.RATING_AFTER_DAYS + rng.random(count)
    said_h = asked_h + rng.exponential(published.RATED_WITHIN_H, count)
    how = rng.random(count).tolist()
    found: list[list[tuple[float, Fact]]] = []
    for n in range(count):
        told: list[tuple[float, Fact]] = [(float(asked_h[n]), _ASKED)] if asked[n] else []
        if said[n]:
            told.append((float(said_h[n]), _rated(how[n])))
        found.append(told)
    return found


def _rated(chance: float) -> EnquiryRated:
    if chance < published.SATISFIED_SHARE:
        return _said(Score.YES, Score.YES)
    if chance > 1 - published.NEITHER_SHARE:
        return _said(Score.NO, Score.NO)
    return _said(Score.PARTLY, Score.PARTLY)


def _topic_on(line: str, topic: str) -> str:
    if line == PARLIAMENTARY:
        return "parliamentary"
    return topic if line == GENERAL else "crisis"


# Facts are frozen, so those that say the same are one.


@cache
def _received(channel: str, line: str, language: str, topic: str) -> EnquiryReceived:
    return EnquiryReceived(channel=channel, line=line, language=language, topic=topic)


@cache
def _said(solved: Score, ease: Score) -> EnquiryRated:
    return EnquiryRated(solved=solved, ease=ease)


@cache
def _avoided(line: str, language: str) -> EnquiryAvoided:
    return EnquiryAvoided(line=line, language=language, topic="status")
