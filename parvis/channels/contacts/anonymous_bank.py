"""The records of the "Anonymous Bank" call centre, a row a call (Technion, A. Mandelbaum, 2000).

http://iew3.technion.ac.il/serveng/callcenterdata/: entry to the menu, queue, service and outcome,
in clock times of one day; what is after midnight is told in the small hours. Who called and which
agent answered is not read: the file names them.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from parvis.casework.contacts.facts import ContactEvent, ContactKind, Method, is_id
from parvis.channels.casefiles.delimited import DelimitedRows
from parvis.channels.casefiles.model import Reject
from parvis.channels.contacts.model import Found

FIRST_COLUMN = "vru+line"
_ZONE = ZoneInfo("Asia/Jerusalem")
_COLUMNS = (
    *("vru+line", "call_id", "priority", "type", "date", "vru_entry", "vru_exit"),
    *("q_start", "q_exit", "q_time", "outcome", "ser_start", "ser_exit"),
)
_NEXT_DAY_FROM = timedelta(hours=12)
"""A clock that goes back by more than this has passed midnight; by less, it is wrong."""
_CALLED_BACK = "TT"
"""Whoever left a number is called back in a call of this type."""
_ENGLISH = "PE"
_PHANTOM = "PHANTOM"


class _Unreadable(ValueError):
    """What cannot be, and why."""


class AnonymousBank:
    """A month of that call centre."""

    def __init__(self, rows: DelimitedRows) -> None:
        self._rows = rows
        self.skipped = 0

    def progress(self) -> float:
        """Return the share of the file's bytes read so far, 0 to 1."""
        return self._rows.progress()

    def read(self) -> Iterator[Found]:
        """Yield the events of each call, or one reject for all of them."""
        for line, values, fault in self._rows.rows(_COLUMNS):
            told = dict(zip(_COLUMNS, values, strict=True))
            if not fault and told["outcome"] == _PHANTOM:
                # Nobody was there: the documentation says to leave these out.
                self.skipped += 1
                continue
            try:
                if fault:
                    raise _Unreadable(fault)
                events = list(_events(told))
            except ValueError as wrong:
                yield Reject(line, told["call_id"], None, str(wrong), self._record())
            else:
                yield from events
        if self._rows.broken:
            raise self._rows.broken

    def _record(self) -> str:
        """Return the row without who called and who answered."""
        fields = self._rows.record().split("\t")
        hidden = {2, len(fields) - 1}
        return "\t".join("-" if n in hidden else one for n, one in enumerate(fields))


def _events(told: dict[str, str]) -> Iterator[ContactEvent]:
    day = datetime.strptime(told["date"], "%y%m%d").replace(tzinfo=_ZONE)
    offered = day + _clock(told["vru_entry"])
    left_menu = _after(offered, told, "vru_exit")
    queued = int(told["q_time"]) > 0
    waits_from = _after(left_menu, told, "q_start") if queued else offered
    left = _after(waits_from, told, "q_exit") if queued else left_menu
    steps = [(ContactKind.OFFERED, offered)]
    if queued:
        steps.append((ContactKind.QUEUED, waits_from))
    if told["outcome"] == "AGENT":
        if told["ser_start"] == told["ser_exit"] == "0:00:00":
            raise _Unreadable("an agent answered, but neither ser_start nor ser_exit says when")
        # Of some calls service begins seconds before they have left the queue; never before it.
        began = _after(waits_from, told, "ser_start")
        steps.append((ContactKind.ANSWERED, began))
        steps.append((ContactKind.ENDED, _after(began, told, "ser_exit")))
    else:
        if queued:
            steps.append((ContactKind.ABANDONED, left))
        steps.append((ContactKind.ENDED, left))
    contact = f"{told['date']}.{told['vru+line']}.{told['call_id']}"
    if not is_id(contact) or not is_id(told["type"]):
        raise _Unreadable("vru+line, call_id and type have letters and digits alone")
    for kind, at in steps:
        yield ContactEvent(
            event_id=f"{contact}/{kind}",
            contact_id=contact,
            initial_contact_id=contact,
            previous_contact_id=None,
            kind=kind.value,
            method=(Method.CALLBACK if told["type"] == _CALLED_BACK else Method.INBOUND).value,
            line=f"bank-{told['type'].lower()}",
            queue=None,
            language="en" if told["type"] == _ENGLISH else None,
            priority=int(told["priority"]),
            agent=None,
            at=at,
        )


def _clock(value: str) -> timedelta:
    hours, minutes, seconds = map(int, value.split(":"))
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _after(before: datetime, told: dict[str, str], name: str) -> datetime:
    """Return when the clock showed this, at `before` or after it."""
    midnight = before.replace(hour=0, minute=0, second=0)
    at = midnight + _clock(told[name])
    if at < before and before - at > _NEXT_DAY_FROM:
        at += timedelta(days=1)
    if at < before:
        raise _Unreadable(f"{name} is {told[name]}, before what came before it ({before:%H:%M:%S})")
    return at
