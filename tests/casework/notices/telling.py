"""Clients who are told of things, and what was sent to them, for tests."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

from parvis.casework.applications import services
from parvis.casework.applications.models import Application
from parvis.casework.notices.proving import send_code
from parvis.casework.notices.services import Choice, choose_ways, prove_number
from parvis.casework.notices.status import Way, Wish
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

    def prove_number(
        self, user: User, number: str = "+16135550123", wish: Wish = Wish.EMAIL
    ) -> None:
        """Have somebody give a number, read the code that goes there, and give it back."""
        choice = Choice(wish, number, None, "")
        assert choose_ways(user=user, choice=choice, by=user.ref, at=self.now)
        send_code(user=user.pk, at=self.now)
        assert prove_number(user=user, code=self.code(), by=user.ref, at=self.now)

    def code(self) -> str:
        """Return the code that came last, and take it out of the box."""
        [code] = re.findall(r"\b\d{6}\b", self.texts.letters.pop().text)
        return str(code)
