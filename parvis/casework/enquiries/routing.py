"""Which line answers, and by when: as the lines say, read once for many enquiries."""

from collections.abc import Iterable
from datetime import datetime

from parvis.casework.enquiries.models import Conversation
from parvis.casework.enquiries.status import Status
from parvis.casework.lines.selectors import KnownLine, line, lines_open, promise_of
from parvis.programs.topics.loader import all_topics

GENERAL = "general"
"""The line that answers what no other does."""


class Routes:
    """The lines as they are open at a moment."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._lines = {one.code: one for one in lines_open(at)}
        self._by_email = {
            one.terms.channels.email: one
            for one in self._lines.values()
            if one.terms.channels.email
        }

    def to(self, *, asked: str | None, addresses: Iterable[str], topic: str | None) -> KnownLine:
        """Return who answers: the line that was asked, else that of its topic, else the general.

        A line that was closed since, or has no form to ask it by, is asked no more.
        """
        for address in addresses:
            if (found := self._by_email.get(address)) is not None and found.code != GENERAL:
                return found
        known = None if topic is None else all_topics().get(topic)
        of_topic = known and known.line
        by_form = asked in self._lines and self._lines[asked].terms.channels.web_form
        for code in (asked if by_form else None, of_topic, GENERAL):
            if code is not None and code in self._lines:
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
