"""Mails and enquiries for tests, as people would send them."""

from datetime import datetime
from itertools import count
from typing import Any

from parvis.casework.enquiries.giving import give_next
from parvis.casework.enquiries.mails import Incoming
from parvis.casework.enquiries.models import Conversation
from parvis.casework.enquiries.receiving import take_in
from parvis.casework.enquiries.status import Sender
from parvis.casework.lines import services as lines
from parvis.casework.people.models import User
from tests.casework.lines.opening import agent
from tests.filing import RECEIVED

AT = datetime.fromisoformat("2024-03-06T15:00:00+00:00")
"""A Wednesday at ten in Toronto."""
_NUMBERS = count(1)


def open_lines() -> None:
    """Have the lines that every house has."""
    lines.open_shipped_lines(at=RECEIVED)


def at_work(
    name: str = "nora", *languages: str, on: str = "general", skills: tuple[str, ...] = ()
) -> User:
    """Return an agent who answers on a line."""
    user = agent(name, *languages, skills=skills)
    lines.place_agent(line=on, user=user, by=None, at=RECEIVED)
    return user


def mail(text: str = "Where is my file?", **said: Any) -> Incoming:
    """Return a mail that somebody wrote, another each time."""
    told: dict[str, Any] = {
        "message_id": f"{next(_NUMBERS)}@example.net",
        "sender": Sender.PERSON,
        "address": "ada@example.net",
        "vouched": False,
        "to": ("enquiries@parvis.example.org",),
        "subject": "My application",
        "refers_to": (),
        "attached": (),
        "whole": b"",
    }
    return Incoming(text=text, **(told | said))


def came(*mails: Incoming, at: datetime = AT) -> Conversation:
    """Take mails in; return the conversation that is the newest then."""
    take_in(mails, at=at)
    return Conversation.objects.order_by("-id")[0]


def given(user: User, at: datetime = AT) -> Conversation:
    """Give an agent the next enquiry."""
    found = give_next(to=user, at=at)
    assert found is not None
    return Conversation.objects.get(pk=found)
