"""From facts to what is to be told of them: noted once for each person, however often tried."""

import logging
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from parvis.casework.applications import facts
from parvis.casework.events import log
from parvis.casework.events.later import Queue, later
from parvis.casework.events.log import Recorded
from parvis.casework.mandates.facts import MandateEnded, MandateGiven
from parvis.casework.notices import recipients
from parvis.casework.notices.models import Notice
from parvis.casework.notices.news import NEWS_FOR, NOTE
from parvis.casework.notices.recipients import Recipient
from parvis.programs import loader
from parvis.programs.notices import frame
from parvis.programs.schema import NoticeWords
from parvis.programs.vocabulary import NoticeKind

_log = logging.getLogger(__name__)
_LATER = timedelta(minutes=15)
SEND = "notices.send"
"""The job that sends what is ready."""


def words_of(kind: NoticeKind, program: str) -> NoticeWords:
    """Return the words in which something is told: the program's, or those of the house."""
    of_a_client = frame().of_a_client
    return of_a_client[kind] if kind in of_a_client else loader.program(program).notices[kind]


def note(told: Sequence[tuple[int, int]], *, at: datetime) -> int:
    """Note what is to be told of these facts, by subject and number; return how much that is."""
    wanted: dict[int, set[int]] = {}
    for subject, seq in told:
        wanted.setdefault(subject, set()).add(seq)
    found = [
        (subject, one, kind, due)
        for subject, history in log.histories(list(wanted))
        for one, kind, due in kinds_of(history)
        if one.seq in wanted[subject]
    ]
    of_clients = {subject for subject, one, _, _ in found if isinstance(one.fact, _OF_CLIENTS)}
    of_files = {subject for subject, *_ in found} - of_clients
    by_subject: dict[int, list[Recipient]] = {}
    without_words: set[int] = set()
    for one in (
        *recipients.of_files(sorted(of_files), now=at),
        *recipients.of_mandates(sorted(of_clients)),
    ):
        if has_words(one.program):
            by_subject.setdefault(one.subject, []).append(one)
        else:
            without_words.add(one.subject)
    _note_later([(subject, one) for subject, one, *_ in found if subject in without_words], at)
    notices = [
        notice_for(who, kind=kind, key=f"{subject}/{one.seq}", due_on=due, at=at)
        for subject, one, kind, due in found
        for who in (*by_subject.get(subject, ()), *_holder(subject, one))
    ]
    return keep(notices, at=at)


def has_words(program: str) -> bool:
    """Tell whether there are words for what happens in a program; empty is the house's own.

    A program that was taken away, or whose file does not load any more, holds up no other.
    """
    return not program or program in loader.all_programs()


def _note_later(found: Sequence[tuple[int, Recorded]], at: datetime) -> None:
    """Have facts noted once their program has words again, for as long as they are news."""
    facts = sorted({(subject, one.seq) for subject, one in found if one.at >= at - NEWS_FOR})
    if facts:
        _log.warning("%s facts are of programs without words; they are noted later.", len(facts))
        told = [{"facts": [list(one) for one in facts]}]
        later().defer(NOTE, told, queue=Queue.BULK, after=_LATER)


def notice_for(
    who: Recipient, *, kind: NoticeKind, key: str, due_on: date | None, at: datetime
) -> Notice:
    """Return a notice for somebody, not yet kept: urgent ones leave at once, others in a while."""
    urgent = words_of(kind, who.program).urgent
    return Notice(
        user_id=who.user,
        client_id=who.client,
        application=who.subject if who.program else None,
        program=who.program,
        kind=kind,
        key=key,
        due_on=due_on,
        instead=who.instead,
        noted_at=at,
        ready_at=at if urgent else at + frame().window,
        urgent=urgent,
    )


def keep(notices: Sequence[Notice], *, at: datetime) -> int:
    """Keep notices of what the program tells, each once, and have them sent when they are ready."""
    wanted = [one for one in notices if words_of(NoticeKind(one.kind), one.program).told]
    if not wanted:
        return 0
    Notice.objects.bulk_create(wanted, ignore_conflicts=True, batch_size=1000)
    if any(one.urgent for one in wanted):
        later().defer(SEND, [{"urgent": True}], queue=Queue.URGENT)
    if any(not one.urgent for one in wanted):
        later().defer(SEND, [{"urgent": False}], queue=Queue.BULK, after=frame().window)
    return len(wanted)


def kinds_of(history: Sequence[Recorded]) -> Iterator[tuple[Recorded, NoticeKind, date | None]]:
    """Yield the facts of a subject that are told, each with as what, and by when to answer."""
    given: Recorded | None = None
    for one in history:
        if (found := _kind(one, given, history)) is not None:
            due = one.fact.due_on if isinstance(one.fact, facts.ClientAsked) else None
            yield one, found, due
        if isinstance(one.fact, facts.DateGiven):
            given = one


def _kind(one: Recorded, given: Recorded | None, history: Sequence[Recorded]) -> NoticeKind | None:
    """Return as what a fact is told; `given` is the date that the client was told before."""
    if isinstance(one.fact, facts.DateGiven):
        return _moved(one, given, history)
    if isinstance(one.fact, facts.ClientAsked) and one.fact.due_on is None:
        return NoticeKind.REQUEST_UNDATED
    return _KINDS.get(type(one.fact))


def _moved(one: Recorded, given: Recorded | None, history: Sequence[Recorded]) -> NoticeKind | None:
    """Return why a date has moved, as the page of the file says it; None for a first one."""
    if given is None:
        return None
    now, before = one.fact, given.fact
    assert isinstance(now, facts.DateGiven)  # noqa: S101 - asked before, for the types
    assert isinstance(before, facts.DateGiven)  # noqa: S101
    if now.most_on == before.most_on:
        return None
    if any(
        given.at < other.at <= one.at and not isinstance(other.fact, facts.DateGiven)
        for other in history
    ):
        return NoticeKind.DATE_WORKED_ON
    return NoticeKind.DATE_LATER if now.most_on > before.most_on else NoticeKind.DATE_SOONER


def _holder(client: int, one: Recorded) -> Iterator[Recipient]:
    """Yield who held a mandate that ended: they are told so, too."""
    if isinstance(one.fact, MandateEnded):
        held = recipients.holders([one.fact.mandate])
        if (user := held.get(one.fact.mandate)) is not None:
            yield Recipient(client, client, user, "", instead=True)


_KINDS = {
    facts.Received: NoticeKind.RECEIVED,
    facts.ClientAsked: NoticeKind.REQUEST,
    facts.SectionCompleted: NoticeKind.SECTION,
    facts.Decided: NoticeKind.DECISION,
    facts.Abandoned: NoticeKind.CLOSED,
    MandateGiven: NoticeKind.MANDATE_GIVEN,
    MandateEnded: NoticeKind.MANDATE_ENDED,
}
_OF_CLIENTS = (MandateGiven, MandateEnded)
