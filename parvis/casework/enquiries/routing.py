"""Which line answers, and by when: as the lines say, read once for many enquiries."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from parvis.casework.enquiries.models import Conversation
from parvis.casework.enquiries.status import Status
from parvis.casework.lines.selectors import KnownLine, line, lines_open, promise_of
from parvis.casework.people.roles import Role
from parvis.programs.topics.loader import all_topics
from parvis.programs.topics.schema import Topic

GENERAL = "general"
"""The line that answers what no other does."""


def is_open_to(role: Role | None, line: str, topics: Mapping[str, Topic]) -> bool:
    """Tell whether a line answers whoever is signed in as this: its topics say for whom it is."""
    return all(one.only_for in {None, role} for one in topics.values() if one.line == line)


class Routes:
    """The lines as they are open at a moment."""

    def __init__(self, at: datetime) -> None:
        self._at, self._topics = at, all_topics()
        self._lines = {one.code: one for one in lines_open(at)}
        self._by_email = {
            one.terms.channels.email: one
            for one in self._lines.values()
            if one.terms.channels.email
        }

    def to(
        self,
        *,
        asked: str | None,
        topic: str | None,
        addresses: Iterable[str] = (),
        role: Role | None = None,
    ) -> KnownLine:
        """Return who answers: the line that was asked, else that of its topic, else the general.

        A line that was closed since, or has no form to ask it by, is asked no more; nor is one that
        is for others than who asks, signed in as `role`. Its own address anybody may write to.
        """
        for address in addresses:
            if (found := self._by_email.get(address)) is not None and found.code != GENERAL:
                return found
        known = None if topic is None else self._topics.get(topic)
        of_topic = known and known.line
        by_form = asked in self._lines and self._lines[asked].terms.channels.web_form
        for code in (asked if by_form else None, of_topic, GENERAL):
            if code in self._lines and is_open_to(role, code, self._topics):
                return self._lines[code]
        return line(GENERAL)

    def promise(self, conversation: Conversation, *, since: datetime) -> None:
        """Say by when a conversation is answered, and where it stands in its queue by that."""
        known = self._lines.get(conversation.line) or line(conversation.line)
        conversation.promised_at = promise_of(known, since)
        conversation.comes_at = conversation.promised_at - known.terms.head_start

    def wait_again(self, conversation: Conversation) -> None:
        """Have a conversation wait in its queue, with what its line promises from now on."""
        self.promise(conversation, since=self._at)
        go_back(conversation, at=self._at)


def go_back(conversation: Conversation, *, at: datetime) -> None:
    """Have a conversation wait where it stood in its queue: nobody loses their place by us."""
    conversation.status = Status.WAITING
    conversation.agent = conversation.given_at = conversation.returns_at = None
    conversation.changed_at = at
