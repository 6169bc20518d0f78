"""Events of calls for tests, as a telephone system tells them."""

from datetime import datetime, timedelta
from typing import Any

from parvis.casework.contacts.facts import ContactEvent, event_told
from tests.filing import RECEIVED

Step = tuple[str, int]
"""What happened, and how many seconds after the call came."""

ANSWERED: list[Step] = [("offered", 0), ("queued", 20), ("answered", 80), ("ended", 380)]
ABANDONED: list[Step] = [("offered", 0), ("queued", 20), ("abandoned", 200), ("ended", 200)]
TURNED_AWAY: list[Step] = [("offered", 0), ("ended", 9)]


def told(contact: str, kind: str, seconds: int = 0, **more: Any) -> dict[str, Any]:
    """Return an event as it is sent."""
    since = more.pop("since", RECEIVED)
    return {
        "event_id": f"{contact}/{kind}",
        "contact_id": contact,
        "kind": kind,
        "at": (since + timedelta(seconds=seconds)).isoformat(),
        **more,
    }


def call(contact: str, steps: list[Step], **more: Any) -> list[ContactEvent]:
    """Return the events of a contact."""
    now = datetime.fromisoformat("2030-01-01T00:00:00+00:00")
    return [event_told(told(contact, kind, s, **more), now=now) for kind, s in steps]
