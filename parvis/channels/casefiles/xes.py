"""Event logs in XES (IEEE 1849), read as a stream: memory stays flat, whatever the file's size."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import cast

from parvis.channels.casefiles.model import FileBroken, Reject, SourceCase, SourceEvent, left_out
from parvis.channels.casefiles.numbers import Numbers
from parvis.channels.casefiles.source import Source
from parvis.channels.casefiles.values import Unreadable, Values, text
from parvis.channels.casefiles.xml_stream import XmlStream

NAME, TIME, LIFECYCLE = "concept:name", "time:timestamp", "lifecycle:transition"
INSIDE_LOG, INSIDE_CASE, INSIDE_EVENT = 1, 2, 3
"""How many elements are open around a case, an event, and an event's attribute."""
DEEPEST = 200
MOST_EVENTS = 100_000

# The named tuple's own constructor is written in Python, and takes twice as long.
_source_event = cast(
    "Callable[[tuple[datetime, str, str | None, int]], SourceEvent]",
    partial(tuple.__new__, SourceEvent),
)


class XesFile:
    """A XES file, plain or gzip."""

    def __init__(self, path: Path, values: Values) -> None:
        self._source = Source(path)
        self._values = values
        self.events_read = 0

    def progress(self) -> float:
        """Return the share of the file's bytes read so far, 0 to 1."""
        return self._source.progress()

    def read(self) -> Iterator[SourceCase | Reject]:
        """Yield whole cases and rejects; raise `FileBroken` where the log breaks off."""
        log = _Log(self._values)
        for chunk in self._source.chunks():
            wrong = log.take(chunk)
            self.events_read = log.events_read
            yield from log.ready
            log.ready.clear()
            if wrong:
                raise wrong
        wrong = log.end(self._source.broken)
        self.events_read = log.events_read
        yield from log.ready
        if wrong:
            raise wrong


class _Log:
    """What has been read of a log: the open elements, and the case and the event being read.

    The end of an element calls a C function, `list.remove`, which only keeps the number of open
    elements right. So an event or a case is finished by the start of what follows it, and half
    of all calls into Python are saved.
    """

    _number: str | None
    _head: str
    """How the case's element reads, kept for when it is further back than the stream remembers."""

    def __init__(self, values: Values) -> None:
        self.ready: list[SourceCase | Reject] = []
        self.events_read = 0
        self._values = values
        self._moments, self._words = values.moments, values.words
        self._numbers = Numbers()
        self._open: list[str] = []
        self._trace, self._event = "trace", "event"
        self._stream = XmlStream(start=self._start, end=self._open.remove)
        self._parser = self._stream.parser
        self._start_case(inside=False)
        self._line = self._begin = 0
        """Where the event being read begins; no line if there is none."""
        self._at: datetime | None = None
        self._activity: str | None = None
        self._lifecycle: str | None = None
        self._faults: dict[str, str] = {}

    def take(self, chunk: bytes) -> FileBroken | None:
        """Read a chunk; return what is wrong with the file if it cannot be read further."""
        wrong = self._stream.take(chunk)
        if self._in_case:
            self._head = self._stream.record(self._case_begin, self._trace) or self._head
        if len(self._events) + len(self._rejects) > MOST_EVENTS:
            # The case will be a reject; what it holds is counted and let go, so memory stays flat.
            self._let_go += len(self._events) + len(self._rejects)
            self._events.clear()
            self._rejects.clear()
        return self._broken(wrong) if wrong else None

    def end(self, cut: str | None) -> FileBroken | None:
        """Finish the last case; return what is wrong if the file ends before the log does."""
        wrong = cut or self._stream.take(b"", last=True)
        if wrong:
            return self._broken(wrong)
        self._end_case()
        return None

    def _broken(self, wrong: str) -> FileBroken:
        lost = ""
        if len(self._open) < INSIDE_CASE:
            self._end_case()
        elif self._in_case:
            case = f"Case {self._number}" if self._number else "The case"
            lost = f" {case} that begins on line {self._case_line:,} is not imported."
        return FileBroken(f"{wrong}{lost}", line=self._stream.line)

    def _start(self, name: str, attributes: list[str]) -> None:
        """Take the start of an element: called seven times an event, so it calls little itself."""
        depth = len(self._open)
        self._open.append(name)
        if depth == INSIDE_EVENT and self._line:
            try:
                first, key, second, value = attributes
            except ValueError:
                first = second = ""
            if first != "key" or second != "value":
                key, value = _key_and_value(attributes)
            if key == NAME:
                self._activity = self._words.get(value) or self._word(NAME, value)
            elif key == TIME:
                self._at = self._moments.get(value) or self._moment(value)
            elif key == LIFECYCLE and value.strip():
                self._lifecycle = self._words.get(value) or self._word(LIFECYCLE, value)
        elif depth == INSIDE_CASE:
            self._start_in_case(name, attributes)
        elif depth < INSIDE_CASE or depth > DEEPEST:
            self._start_elsewhere(depth, name)

    def _start_in_case(self, name: str, attributes: list[str]) -> None:
        if self._line:
            self._end_event()
        if not self._in_case:
            return
        if name == self._event:
            self._line = self._parser.CurrentLineNumber
            self._begin = self._parser.CurrentByteIndex
            return
        key, value = _key_and_value(attributes)
        if key == NAME:
            try:
                self._number = text(value)
            except Unreadable as error:
                self._number, self._number_fault = None, f"the case number: {error}"

    def _start_elsewhere(self, depth: int, name: str) -> None:
        if depth > DEEPEST:
            raise FileBroken(f"elements lie {DEEPEST} deep in one another; no event log has that.")
        if depth == INSIDE_LOG:
            self._end_case()
            self._start_case(inside=name == self._trace)
            if name == self._event:
                self.events_read += 1
                record = self._stream.record(self._stream.place, name)
                reason = "the event is in no case"
                self.ready.append(Reject(self._stream.line, None, None, reason, record))
            return
        prefix, colon, root = name.rpartition(":")
        if root != "log":
            raise FileBroken(f"an event log (XES) begins with <log>; this begins with <{name}>.")
        self._trace, self._event = prefix + colon + "trace", prefix + colon + "event"

    def _word(self, key: str, value: str) -> str | None:
        try:
            return self._values.word(value)
        except Unreadable as error:
            self._faults[key] = str(error)
            return None

    def _moment(self, value: str) -> datetime | None:
        try:
            return self._values.moment(value)
        except Unreadable as error:
            self._faults[TIME] = str(error)
            return None

    def _end_event(self) -> None:
        if self._at and self._activity and not self._faults:
            event = (self._at, self._activity, self._lifecycle, self._line)
            self._events.append(_source_event(event))
        else:
            self._reject_event()
        self._at = self._activity = self._lifecycle = None
        self._line = 0

    def _reject_event(self) -> None:
        faults, self._faults = self._faults, {}
        if not self._at:
            faults.setdefault(TIME, "no time")
        if not self._activity:
            faults.setdefault(NAME, "no activity")
        record = self._stream.record(self._begin, self._event)
        reason = "; ".join(faults.values())
        self._rejects.append(Reject(self._line, None, next(iter(faults)), reason, record))

    def _start_case(self, *, inside: bool) -> None:
        self._in_case = inside
        self._case_line = self._stream.line
        self._case_begin = self._stream.place
        self._head = ""
        self._number = None
        self._number_fault = "the case has no number"
        self._events: list[SourceEvent] = []
        self._rejects: list[Reject] = []
        # Of a case that has too many events, how many are no longer kept.
        self._let_go = 0

    def _end_case(self) -> None:
        if self._line:
            self._end_event()
        if not self._in_case:
            return
        self._in_case = False
        number, line, events, rejects = self._number, self._case_line, self._events, self._rejects
        total = len(events) + len(rejects) + self._let_go
        self.events_read += total
        earlier = self._numbers.seen_on(number, line) if number else None
        if number and earlier is None and events and not rejects and not self._let_go:
            self.ready.append(SourceCase(number, line, events))
            return
        faults = [] if number else [self._number_fault]
        if earlier is not None:
            faults.append(f"case {number} is already on line {earlier:,}")
        if not total:
            faults.append("the case has no events")
        if self._let_go:
            faults.append(f"the case has more than {MOST_EVENTS:,} events")
        if faults:
            field = None if number and earlier is None else NAME
            record = self._stream.record(self._case_begin, self._trace) or self._head
            reject = Reject(line, number, field, "; ".join(faults), record)
            self.ready.append(left_out(reject, total, whose="its"))
        self.ready += [left_out(reject._replace(case=number), total - 1) for reject in rejects]


def _key_and_value(attributes: list[str]) -> tuple[str, str]:
    """Return an attribute's key and value, whatever their order; empty where one is missing."""
    named = dict(zip(attributes[::2], attributes[1::2], strict=True))
    return named.get("key", ""), named.get("value", "")
