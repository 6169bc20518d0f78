"""What a call or an enquiry adds to the counts; what it no longer says is taken off again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from parvis.casework.contacts import state as calls
from parvis.casework.contacts.state import CallOutcome, Happened
from parvis.readers.support import asked
from parvis.readers.support.asked import Dated, Written
from parvis.readers.support.waits import bucket_of

PHONE = "phone"
AVOIDED = "form"
"""The channel of what was avoided: the form showed the answer before it was sent."""

CellKey = tuple[date, str, str, str, str]
"""Day, channel, line, language and topic."""
WaitKey = tuple[date, str, str, int]
"""Day, channel, line and bucket."""
_OF_OUTCOME = {
    CallOutcome.ANSWERED: "answered",
    CallOutcome.CALLBACK: "callbacks",
    CallOutcome.ABANDONED: "abandoned",
    CallOutcome.LEFT: "left",
}


class Tally:
    """Counts to be added to those that are kept."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self.cells: Counter[tuple[CellKey, str]] = Counter()
        self.waits: Counter[WaitKey] = Counter()

    def call(self, before: Sequence[Happened], since: Sequence[Happened]) -> None:
        """Count a call as it stands now in place of how it stood before."""
        if before:
            self._call(before, -1)
        self._call([*before, *since], 1)

    def enquiry(self, facts: Sequence[Dated], counted: int) -> None:
        """Count an enquiry as it stands now in place of how it stood after its first facts."""
        if counted:
            self._enquiry(facts[:counted], -1)
        self._enquiry(facts, 1)

    def _call(self, events: Iterable[Happened], n: int) -> None:
        call = calls.fold(events)
        if call is None:
            return
        day = call.offered_at.astimezone(self._zone).date()
        key = (day, PHONE, call.line, call.language, "")
        self.cells[key, "received"] += n
        if call.outcome in _OF_OUTCOME:
            self.cells[key, _OF_OUTCOME[call.outcome]] += n
        if call.called_back:
            self.cells[key, "called_back"] += n
        if call.wait_s is not None:
            self._waited(key, call.wait_s, n)
            self.cells[key, "talk_s"] += n * (call.talk_s or 0)

    def _enquiry(self, facts: Iterable[Dated], n: int) -> None:
        one = asked.fold(facts)
        if one.avoided_at is not None and one.received_at is None:
            day = one.avoided_at.astimezone(self._zone).date()
            self.cells[(day, AVOIDED, one.line, one.language, one.topic), "avoided"] += n
        if one.received_at is None:
            return
        if one.channel == PHONE:
            self._noted(one, n)
            return
        if one.merged and one.answered_at is None:
            return
        day = one.received_at.astimezone(self._zone).date()
        self.cells[(day, one.channel, one.line, one.language, one.topic), "received"] += n
        if one.answered_at is not None:
            day = one.answered_at.astimezone(self._zone).date()
            key = (day, one.channel, one.answered_line, one.language, one.topic)
            self.cells[key, "answered"] += n
            self._waited(key, one.wait_s, n)
        if one.rating_asked_at is not None:
            day = one.rating_asked_at.astimezone(self._zone).date()
            key = (day, one.channel, one.rating_line, one.language, one.topic)
            self.cells[key, "rating_asked"] += n
            self.cells[key, "rated"] += n * one.rated
            self.cells[key, "satisfied"] += n * one.satisfied

    def _noted(self, one: Written, n: int) -> None:
        """Count a call from an agent's note, where no telephone tells of it: they spoke."""
        if not one.noted or one.received_at is None:
            return
        day = one.received_at.astimezone(self._zone).date()
        key = (day, PHONE, one.line, one.language, one.topic)
        for measure in ("received", "answered", "noted"):
            self.cells[key, measure] += n

    def _waited(self, key: CellKey, seconds: int, n: int) -> None:
        day, channel, line, _, _ = key
        self.cells[key, "wait_s"] += n * seconds
        self.waits[day, channel, line, bucket_of(seconds)] += n
