"""Clients who are told of things, and what was sent to them, for tests."""

from dataclasses import dataclass, field
from datetime import timedelta

from parvis.casework.applications import services
from parvis.casework.applications.models import Application
from parvis.casework.notices.status import Way
from parvis.casework.notices.ways import Carrier, Letter
from parvis.casework.people.models import User
from tests.filing import RECEIVED, client

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOON = RECEIVED + DAY + 2 * HOUR
"""Noon in Toronto, on the day after receipt."""


@dataclass
class Outbox:
    """Stands for the vendor outside: keeps what it is handed, or fails as it is told to."""

    letters: list[Letter] = field(default_factory=list)
    failing: list[Exception] = field(default_factory=list)

    def send(self, letter: Letter) -> None:
        """Take a message, or fail with the next failure."""
        if self.failing:
            raise self.failing.pop(0)
        self.letters.append(letter)

    def close(self) -> None:
        """Nothing is kept open."""


class House:
    """A house whose clock is at hand and whose messages come to outboxes."""

    def __init__(self) -> None:
        self.now = NOON
        self.mail, self.texts = Outbox(), Outbox()

    @property
    def carriers(self) -> dict[Way, Carrier]:
        """Who takes messages out."""
        return {Way.EMAIL: self.mail, Way.TEXT: self.texts}

    def file_of(self, email: str = "ada@example.org") -> tuple[User, Application]:
        """Return somebody who signs in, and their file, received long ago."""
        user, subject = client(email)
        file = services.receive(
            program="study-permit",
            client=subject,
            office=None,
            by="test",
            at=RECEIVED - 30 * DAY,
        )
        return user, file
