"""Whether the messages say what the log says of them; and having them say so again.

To whom a message went stands in no fact, so a message that is gone cannot be made again: that is
told. What the log knows of one that is there is set right.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.casework.notices.facts import MessageOpened, MessageReturned, MessageSent
from parvis.casework.notices.models import Message

_BATCH = 2_000


@dataclass(slots=True)
class _Known:
    """What the log knows of a message."""

    sent_at: datetime | None = None
    returned_at: datetime | None = None
    opened_at: datetime | None = None
    repeats: int = 0


def differences() -> Iterator[tuple[int, list[str]]]:
    """Yield how many messages were compared with the log, and in which words each differs."""
    for known in _known():
        rows = Message.objects.in_bulk(list(known))
        found = []
        for pk, told in known.items():
            row = rows.get(pk)
            if row is None:
                found.append(f"message {pk} is in the log and not among the messages")
            else:
                found += [
                    f"message {pk}: {name} is {getattr(row, name)}; the log says {said}"
                    for name, said in _wrong(row, told)
                ]
        yield len(known), found


def replay() -> Iterator[int]:
    """Have messages say what the log says of them; yield how many were looked at."""
    for known in _known():
        for pk, row in Message.objects.in_bulk(list(known)).items():
            if wrong := _wrong(row, known[pk]):
                Message.objects.filter(pk=pk).update(recorded=True, **dict(wrong))
        yield len(known)


def _wrong(row: Message, told: _Known) -> list[tuple[str, object]]:
    """Return what a message should say and does not."""
    said = {"sent_at": told.sent_at, "returned_at": told.returned_at, "repeats": told.repeats}
    found: list[tuple[str, object]]
    found = [(name, value) for name, value in said.items() if value and value != getattr(row, name)]
    if told.opened_at is not None and row.opened_at is None:
        found.append(("opened_at", told.opened_at))
    return found


def _known() -> Iterator[dict[int, _Known]]:
    for ids in log.subjects(SubjectKind.CLIENT, _BATCH):
        known: dict[int, _Known] = {}
        for _, history in log.histories(ids):
            for one in history:
                fact = one.fact
                if isinstance(fact, MessageSent):
                    told = known.setdefault(fact.message, _Known())
                    told.sent_at, told.repeats = one.at, fact.repeats or 0
                elif isinstance(fact, MessageReturned):
                    known.setdefault(fact.message, _Known()).returned_at = one.at
                elif isinstance(fact, MessageOpened):
                    known.setdefault(fact.message, _Known()).opened_at = one.at
        if known:
            yield known
