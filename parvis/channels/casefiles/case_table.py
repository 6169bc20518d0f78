"""Tables with one row a case: when it was received, when it was decided, and how."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time

from parvis.channels.casefiles.model import Reject, SourceCase, SourceEvent
from parvis.channels.casefiles.numbers import Numbers
from parvis.channels.casefiles.table import Table
from parvis.channels.casefiles.values import Unreadable, Values, text
from parvis.programs.schema import Columns
from parvis.programs.vocabulary import DECIDED, RECEIVED


class CaseTable:
    """A table with one row a case."""

    def __init__(self, table: Table, columns: Columns, values: Values) -> None:
        self._table = table
        self._names = (columns.case, columns.received, columns.decided, columns.outcome)
        self._values = values
        self.events_read = 0

    def progress(self) -> float:
        """Return the share of the file's bytes read so far, 0 to 1."""
        return self._table.progress()

    def read(self) -> Iterator[SourceCase | Reject]:
        """Yield a case or a reject a row; raise `FileBroken` where the table breaks off."""
        numbers = Numbers()
        self.events_read = 0
        for line, fields, fault in self._table.rows(self._names):
            if fault:
                self.events_read += 1
                yield Reject(line, fields[0].strip() or None, None, fault, self._table.record())
                continue
            case = self._case(line, fields, numbers)
            self.events_read += len(case.events) if isinstance(case, SourceCase) else 1
            yield case
        if self._table.broken:
            raise self._table.broken

    def _case(self, line: int, fields: Sequence[str], numbers: Numbers) -> SourceCase | Reject:
        case, received, decided, result = fields
        values, column, number, outcome = self._values, 0, None, None
        try:
            number = text(case)
            _refuse_again(number, numbers.seen_on(number, line))
            column = 1
            start = values.moments.get(received) or values.moment(received)
            events = [SourceEvent(start, RECEIVED, None, line)]
            column = 2
            if decided and not decided.isspace():
                end = values.moments.get(decided) or values.moment(decided)
                if end < start:
                    end = _same_day(values.local(received), values.local(decided))
                events.append(SourceEvent(end, DECIDED, None, line))
            column = 3
            if result and not result.isspace():
                outcome = values.words.get(result) or values.word(result)
        except Unreadable as error:
            record = self._table.record()
            return Reject(line, number, self._names[column], str(error), record)
        return SourceCase(number, line, events, outcome)


def _refuse_again(number: str, earlier: int | None) -> None:
    if earlier is not None:
        raise Unreadable(f"case {number} is already on line {earlier:,}")


def _same_day(received: datetime, decided: datetime) -> datetime:
    """Return when a case was decided of which only the day is known, and that it came that day."""
    if decided.time() == time() and decided.date() == received.astimezone(decided.tzinfo).date():
        return received.astimezone(UTC)
    raise Unreadable(f"decided ({decided:%Y-%m-%d}) before it was received ({received:%Y-%m-%d})")
