"""Files and people for tests, brought about by the services, as anybody's would be."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from parvis.casework.applications import services
from parvis.casework.applications.models import Application
from parvis.casework.applications.selectors import File, files_numbered
from parvis.casework.people.models import User
from parvis.casework.people.roles import Role
from parvis.casework.people.services import add_user, register_client
from parvis.programs.vocabulary import Outcome, Status

RECEIVED = datetime(2024, 1, 12, 15, tzinfo=UTC)
PASSWORD = "a-plain-test-password"  # noqa: S105 - nobody signs in with it outside the tests

Act = tuple[str, dict[str, Any]]

ASK: Act = (
    "ask_client",
    {"document": "police-certificate", "section": "background", "due_on": date(2024, 3, 1)},
)
OPEN: Act = ("open_section", {"section": "background"})
COMPLETE: Act = ("complete_section", {"section": "background"})
REFUSE: Act = ("decide", {"outcome": Outcome.REFUSED})

WAYS: dict[Status, list[Act]] = {
    Status.RECEIVED: [],
    Status.IN_PROGRESS: [("acknowledge", {}), OPEN],
    Status.WAITING_ON_CLIENT: [OPEN, ASK],
    Status.WITH_PARTNER: [("transfer", {"office": "vac-manila"})],
    Status.DORMANT: [OPEN],
    Status.APPROVED: [("decide", {"outcome": Outcome.APPROVED})],
    Status.REFUSED: [OPEN, REFUSE],
    Status.WITHDRAWN: [("withdraw", {})],
    Status.ABANDONED: [ASK, ("abandon", {})],
}
"""How a file comes to each status by our services; `closed` comes from other systems alone."""


def filed(
    *acts: Act, program: str = "study-permit", client: int | None = None, office: str | None = None
) -> Application:
    """Return a file received on 12 January 2024, then one act a day."""
    application = services.receive(
        program=program, client=client, office=office, by="test", at=RECEIVED
    )
    for day, (act, what) in enumerate(acts, 1):
        at = RECEIVED + timedelta(days=day)
        application = getattr(services, act)(application=application, by="test", at=at, **what)
    return application


def seen(application: Application) -> File:
    """Return a file as readers see it."""
    [file] = files_numbered(application.number)
    return file


def client(email: str, *, name: str = "Ada Example") -> tuple[User, int]:
    """Return a client who signs in, and their subject id."""
    user = add_user(email=email, password=PASSWORD, at=RECEIVED)
    registered = register_client(name=name, language="en", user=user, by="test", at=RECEIVED)
    return user, registered.id


def officer(email: str = "officer@example.org") -> User:
    """Return somebody who works here."""
    return add_user(email=email, password=PASSWORD, role=Role.OFFICER, at=RECEIVED)
