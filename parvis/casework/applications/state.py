"""What the facts of a file add up to. The one definition: acts, imports and replays all use it."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import orjson
from pydantic import TypeAdapter

from parvis.casework.applications import facts
from parvis.casework.applications.status import ENDINGS, MOVES, OUTCOME
from parvis.casework.events.facts import Fact
from parvis.programs.vocabulary import SectionStatus, Status


@dataclass(slots=True)
class Section:
    """Where a section stands, and since when."""

    status: SectionStatus
    since: datetime


@dataclass(slots=True)
class Request:
    """Something we asked the client for; over once answered, or when the file closed."""

    document: str
    section: str | None
    asked_at: datetime
    due_on: date | None
    stops_clock: bool
    answered_at: datetime | None = None
    lapsed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the client still has to answer."""
        return self.answered_at is None and self.lapsed_at is None


@dataclass(slots=True)
class Given:
    """The dates that the client was told last; and what they were told before, by when most."""

    at: datetime
    half_on: date
    most_on: date
    dots: tuple[int, ...]
    reached: int
    decided: int
    unsure: bool = False
    before: date | None = None
    before_at: datetime | None = None


@dataclass(slots=True)
class State:
    """A file as it stands after its last fact. Sections that nobody has touched are not in it."""

    program: str
    received_at: datetime
    last_fact_at: datetime
    status: Status = Status.RECEIVED
    client: int | None = None
    office: str | None = None
    at_partner: bool = False
    closed_at: datetime | None = None
    stopped_at: datetime | None = None
    """Since when the service standard's clock stands still, if it does."""
    stopped: timedelta = timedelta()
    """How long it stood still before, in all."""
    sections: dict[str, Section] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    given: Given | None = None


def rest_of(state: State) -> bytes:
    """Return, as JSON, what the columns of a file's row do not hold."""
    return orjson.dumps(
        {
            "at_partner": state.at_partner,
            "given": state.given,
            "requests": state.requests,
            "sections": state.sections,
            "stopped": state.stopped.total_seconds(),
            "stopped_at": state.stopped_at,
        }
    )


def state_from(rest: dict[str, Any], **columns: Any) -> State:
    """Return the state that a row keeps in its columns and the rest."""
    return _STATE.validate_python(rest | columns)


def fold(happened: Iterable[tuple[datetime, Fact]]) -> State | None:
    """Return the state after these facts, taken by when they happened (ties as given).

    Defined for any facts in any order: what another system recorded need not obey our moves. A fact
    that says nothing new about the state stays in the history only; of two decisions the later
    stands. None where the file was never received.
    """
    last = deque(course(happened), maxlen=1)
    return last[0] if last else None


def course(happened: Iterable[tuple[datetime, Fact]]) -> Iterator[State]:
    """Yield the state after each fact from the receipt on, as `fold` makes it.

    One state, which grows: what is to be kept of it is read before the next is asked for.
    """
    ordered = sorted(happened, key=_when)
    receipts = ((at, fact) for at, fact in ordered if isinstance(fact, facts.Received))
    at, received = next(receipts, (None, None))
    if at is None or received is None:
        return
    # A case of another system begins with its first event, also where that is learned later.
    begun_at = ordered[0][0] if received.number else at
    state = State(
        received.program, begun_at, begun_at, client=received.client, office=received.office
    )
    came = False
    for at, fact in ordered:
        if not isinstance(fact, facts.DateGiven):  # that we told a date is no work on the file
            state.last_fact_at = at
        if (effect := _EFFECTS.get(type(fact))) is not None:
            effect(state, at, fact)
        if came := came or fact is received:
            yield state


def standing(state: State, dormant_after_days: int, now: datetime) -> Status:
    """Return where a file stands at a moment: its status, or dormant after so many days of silence.

    Dormancy is never stored: that nothing happened is not a fact, and a night's job may be missed.
    """
    silent = now - state.last_fact_at > timedelta(days=dormant_after_days)
    return Status.DORMANT if silent and Status.DORMANT in MOVES[state.status] else state.status


def _when(happened: tuple[datetime, Fact]) -> datetime:
    return happened[0]


def _work(state: State) -> bool:
    """Note that work goes on; tell whether the file is open. A guessed ending gives way to work."""
    if state.status is Status.CLOSED:
        _reopen(state, state.last_fact_at, None)
    elif state.status in ENDINGS:
        return False
    elif state.status is Status.RECEIVED:
        state.status = Status.IN_PROGRESS
    return True


def _acknowledge(state: State, at: datetime, fact: facts.Acknowledged) -> None:
    if state.status is Status.RECEIVED:
        state.status = Status.IN_PROGRESS


def _step(state: State, at: datetime, fact: facts.StepRecorded) -> None:
    if fact.section and _work(state) and fact.section not in state.sections:
        state.sections[fact.section] = Section(SectionStatus.IN_PROGRESS, at)


def _section(to: SectionStatus) -> Callable[[State, datetime, Any], None]:
    def move(state: State, at: datetime, fact: facts.SectionOpened) -> None:
        if _work(state):
            _turn_section(state, fact.section, to, at)

    return move


def _turn_section(state: State, code: str, to: SectionStatus, at: datetime) -> None:
    section = state.sections.get(code)
    if section is None:
        state.sections[code] = Section(to, at)
    elif section.status is not to:
        section.status, section.since = to, at


def _resume_section(state: State, code: str, at: datetime) -> None:
    """Take up a section that waited on the client; one settled in the meantime stays so."""
    if state.sections[code].status is SectionStatus.WAITING_ON_CLIENT:
        _turn_section(state, code, SectionStatus.IN_PROGRESS, at)


def _ask(state: State, at: datetime, fact: facts.ClientAsked) -> None:
    if not _work(state):
        return
    state.requests.append(Request(fact.document, fact.section, at, fact.due_on, fact.stops_clock))
    if fact.section:
        _turn_section(state, fact.section, SectionStatus.WAITING_ON_CLIENT, at)
    state.status = Status.WAITING_ON_CLIENT
    if fact.stops_clock and state.stopped_at is None:
        state.stopped_at = at


def _answer(state: State, at: datetime, fact: facts.ClientAnswered) -> None:
    asked = next((r for r in state.requests if r.is_open and r.document == fact.document), None)
    if asked is None:
        return
    asked.answered_at = at
    open_requests = [request for request in state.requests if request.is_open]
    if asked.section and all(request.section != asked.section for request in open_requests):
        _resume_section(state, asked.section, at)
    if not any(request.stops_clock for request in open_requests):
        _start_clock(state, at)
    if not open_requests:
        state.status = Status.WITH_PARTNER if state.at_partner else Status.IN_PROGRESS


def _transfer(state: State, at: datetime, fact: facts.Transferred) -> None:
    state.office, state.at_partner = fact.office, fact.partner
    if state.status is Status.CLOSED:
        _reopen(state, at, None)
    if state.status not in ENDINGS and state.status is not Status.WAITING_ON_CLIENT:
        if fact.partner:
            state.status = Status.WITH_PARTNER
        elif state.status is Status.WITH_PARTNER:
            state.status = Status.IN_PROGRESS


def _decide(state: State, at: datetime, fact: facts.Decided) -> None:
    # A word that tells the outcome outweighs one that does not, whichever came first.
    to = OUTCOME[fact.outcome]
    if state.status not in ENDINGS or to is not Status.CLOSED:
        _close(state, at, to)


def _end(to: Status) -> Callable[[State, datetime, Any], None]:
    def move(state: State, at: datetime, fact: Fact) -> None:
        if state.status not in ENDINGS or state.status is Status.CLOSED:
            _close(state, at, to)

    return move


def _close(state: State, at: datetime, to: Status) -> None:
    state.status, state.closed_at = to, at
    for request in state.requests:
        if request.is_open:
            request.lapsed_at = at
            if request.section:
                _resume_section(state, request.section, at)
    _start_clock(state, at)


def _reopen(state: State, at: datetime, fact: facts.Reopened | None) -> None:
    if state.closed_at is None:
        return
    # While it was closed nobody was waiting.
    state.stopped += at - state.closed_at
    state.closed_at = None
    state.status = Status.WITH_PARTNER if state.at_partner else Status.IN_PROGRESS


def _give(state: State, at: datetime, fact: facts.DateGiven) -> None:
    state.given = given_by(fact, at, state.given)


def given_by(fact: facts.DateGiven, at: datetime, earlier: Given | None) -> Given:
    """Return what a file keeps of the dates its client was told, after others or as the first."""
    return Given(
        at=at,
        half_on=fact.half_on,
        most_on=fact.most_on,
        dots=fact.dots,
        reached=fact.reached,
        decided=fact.decided,
        unsure=fact.unsure,
        before=None if earlier is None else earlier.most_on,
        before_at=None if earlier is None else earlier.at,
    )


def _start_clock(state: State, at: datetime) -> None:
    if state.stopped_at is not None:
        state.stopped += at - state.stopped_at
        state.stopped_at = None


_STATE = TypeAdapter(State)
_EFFECTS: dict[type[Fact], Callable[[State, datetime, Any], None]] = {
    facts.Acknowledged: _acknowledge,
    facts.StepRecorded: _step,
    facts.SectionOpened: _section(SectionStatus.IN_PROGRESS),
    facts.SectionCompleted: _section(SectionStatus.COMPLETED),
    facts.SectionExempted: _section(SectionStatus.EXEMPTED),
    facts.ClientAsked: _ask,
    facts.ClientAnswered: _answer,
    facts.Transferred: _transfer,
    facts.Decided: _decide,
    facts.Withdrawn: _end(Status.WITHDRAWN),
    facts.Abandoned: _end(Status.ABANDONED),
    facts.Reopened: _reopen,
    facts.DateGiven: _give,
}
