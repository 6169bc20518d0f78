"""Read another system's history of a case as facts of ours, by its program's mapping."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from parvis.casework.applications import facts
from parvis.casework.events.facts import Fact, Source
from parvis.casework.events.log import Happened
from parvis.lib.text import Text
from parvis.programs.schema import Activity, Program
from parvis.programs.vocabulary import DECIDED, RECEIVED, Does, Outcome

_DONE = frozenset({"complete", "autoskip", "manualskip"})
"""Lifecycle transitions (XES 2016, lifecycle extension) after which an activity has been done."""


ForeignEvent = tuple[datetime, str, str | None]
"""One event as another system recorded it: when (UTC), which activity, which lifecycle step."""


class ForeignCase(NamedTuple):
    """A whole case of another system; `outcome` is told apart where a table has one row a case."""

    number: str
    events: Sequence[ForeignEvent]
    outcome: str | None


class Key(NamedTuple):
    """What makes an event of a case itself: identical ones are told apart by their occurrence."""

    at: datetime
    source: Source


class Reading:
    """Reads the cases of one program. Facts are frozen, so equal events share one."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._activities = program.history.activities
        self._outcomes = {
            outcome.casefold(): does for outcome, does in program.history.outcomes.items()
        }
        self._known: dict[tuple[str, str | None, int, str | None], Fact] = {}

    def facts_of(self, case: ForeignCase) -> list[Happened]:
        """Return the facts of a case that is new to us, by when they happened.

        A case begins with its receipt: its first event, or one derived (without a source) from it.
        """
        happened = self.events_of(case)
        at, first = happened[0]
        received = facts.Received(
            program=self._program.code,
            number=case.number,
            source=first.source if self._does(first.source) is Does.RECEIVE else None,
        )
        if received.source:
            happened[0] = at, received
        else:
            happened.insert(0, (at, received))
        return happened

    def events_of(self, case: ForeignCase) -> list[Happened]:
        """Return one fact for each event of a case, by when they happened, none a receipt."""
        seen: dict[ForeignEvent, int] = {}
        happened = []
        for event in sorted(case.events, key=itemgetter(0)):
            at, activity, lifecycle = event
            seen[event] = n = seen.get(event, 0) + 1
            outcome = case.outcome if activity == DECIDED else None
            key = (activity, lifecycle, n, outcome)
            fact = self._known.get(key)
            if fact is None:
                source = Source(activity=activity, lifecycle=lifecycle, outcome=outcome, n=n)
                fact = self._read(source, at)
                if not isinstance(fact, facts.ClientAsked):  # its due date depends on the day
                    self._known[key] = fact
            happened.append((at, fact))
        return happened

    def _does(self, source: Source | None) -> Does:
        """Return what an event did. An activity that has only begun has done nothing yet."""
        if source is None:
            return Does.STEP
        if source.activity == DECIDED and source.outcome is not None:
            return self._outcomes.get(source.outcome.casefold(), Does.CLOSE)
        does = self._activity(source.activity).does
        if (source.lifecycle or "complete").lower() in _DONE:
            return does
        return does if does in {Does.RECEIVE, Does.OPEN} else Does.STEP

    def _activity(self, name: str) -> Activity:
        known = self._activities.get(name)
        return known or Activity(name=_NAMELESS, does=_TABLE.get(name, Does.STEP))

    def _read(self, source: Source, at: datetime) -> Fact:  # noqa: PLR0911 - one for each act
        activity, does = self._activity(source.activity), self._does(source)
        if (ending := _ENDINGS.get(does)) is not None:
            return facts.Decided(outcome=ending, source=source)
        if (plain := _PLAIN.get(does)) is not None:
            return plain(source=source)
        if activity.section and (section := _SECTIONS.get(does)) is not None:
            return section(section=activity.section, source=source)
        if does is Does.ASK and activity.document:
            document = self._program.documents[activity.document]
            day = at.astimezone(self._program.time_zone).date()
            return facts.ClientAsked(
                document=activity.document,
                section=activity.section,
                stops_clock=document.stops_clock,
                due_on=day + timedelta(days=document.days_to_answer),
                source=source,
            )
        if does is Does.ANSWER and activity.document:
            return facts.ClientAnswered(document=activity.document, source=source)
        if does is Does.TRANSFER and activity.office:
            partner = self._program.offices[activity.office].partner
            return facts.Transferred(office=activity.office, partner=partner, source=source)
        return facts.StepRecorded(section=activity.section, source=source)


_TABLE = {RECEIVED: Does.RECEIVE, DECIDED: Does.CLOSE}
"""What the two columns of a table with one row a case did, unless the program says otherwise."""
_NAMELESS = Text(en="-", fr="-")
"""An activity that the program does not map is told by its own label."""

_ENDINGS = {
    Does.APPROVE: Outcome.APPROVED,
    Does.REFUSE: Outcome.REFUSED,
    Does.CLOSE: Outcome.CLOSED,
}
_PLAIN: dict[Does, type[Fact]] = {
    Does.ACKNOWLEDGE: facts.Acknowledged,
    Does.WITHDRAW: facts.Withdrawn,
    Does.ABANDON: facts.Abandoned,
    Does.REOPEN: facts.Reopened,
}
_SECTIONS = {
    Does.OPEN: facts.SectionOpened,
    Does.COMPLETE: facts.SectionCompleted,
    Does.EXEMPT: facts.SectionExempted,
}
