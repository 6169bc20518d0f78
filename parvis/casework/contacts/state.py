"""What became of a call: folded from its events, in whatever order they came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from parvis.casework.contacts.facts import ContactKind, Method


class CallOutcome(StrEnum):
    """How a call stands or ended: each is exactly one of these."""

    ANSWERED = "answered"
    CALLBACK = "callback"
    """Its caller left the queue to be called back."""
    ABANDONED = "abandoned"
    """Its caller left the queue, without an agent."""
    LEFT = "left"
    """It ended before any queue: in the menu, or because none could take it."""
    OPEN = "open"
    """It goes on, or nobody told how it ended."""


class Happened(NamedTuple):
    """One event, as far as it counts; a code that nobody told is empty.

    They sort by when they happened, and those of one moment in the same way whichever came first.
    """

    at: datetime
    kind: str
    method: str
    line: str
    language: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call, with whatever transfers and callbacks it has."""

    offered_at: datetime
    outcome: CallOutcome
    line: str
    """The one it came to; empty where nobody told."""
    language: str
    """The one told last; empty where nobody told."""
    wait_s: int | None = None
    """From the queue, or from its coming where no queue was told, to the agent."""
    talk_s: int | None = None
    called_back: bool = False
    """Whether the caller who left to be called back was reached."""


_KNOWN = frozenset(ContactKind)


def fold(events: Iterable[Happened]) -> Call | None:
    """Return the call that these events tell; None where none of them says that one came."""
    known = sorted([one for one in events if one.kind in _KNOWN])
    own = [one for one in known if one.method != Method.CALLBACK]
    if not own:
        return None
    first: dict[str, Happened] = {}
    for one in own:
        first.setdefault(one.kind, one)
    answered = first.get(ContactKind.ANSWERED)
    back = [one for one in known if one.method == Method.CALLBACK]
    left = first.get(ContactKind.CALLBACK) or (back[0] if back else None)
    if left and answered and left.at <= answered.at:
        # They had left the queue: that they were reached later is counted as such.
        back, answered = [*back, answered], None
    waited_from = first.get(ContactKind.QUEUED, own[0]).at
    ended = [one.at for one in own if one.kind == ContactKind.ENDED]
    return Call(
        offered_at=own[0].at,
        outcome=_outcome(first, answered=answered is not None, left=left is not None),
        line=next((one.line for one in own if one.line), ""),
        language=next((one.language for one in reversed(own) if one.language), ""),
        wait_s=_seconds(waited_from, answered.at) if answered else None,
        talk_s=_seconds(answered.at, max(ended)) if answered and ended else None,
        called_back=left is not None
        and answered is None
        and any(one.kind == ContactKind.ANSWERED for one in back),
    )


def _outcome(first: dict[str, Happened], *, answered: bool, left: bool) -> CallOutcome:
    if answered:
        return CallOutcome.ANSWERED
    if left:
        return CallOutcome.CALLBACK
    ended = ContactKind.ENDED in first
    if ContactKind.ABANDONED in first or (ended and ContactKind.QUEUED in first):
        return CallOutcome.ABANDONED
    return CallOutcome.LEFT if ended else CallOutcome.OPEN


def _seconds(since: datetime, until: datetime) -> int:
    """Return how long it was; clocks that disagree make it none, never less."""
    return max(0, round((until - since).total_seconds()))
