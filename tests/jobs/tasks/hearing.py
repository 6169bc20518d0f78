"""What came to a receiver of webhooks, of files that live by a clock of the test."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from parvis.casework.applications import services
from parvis.casework.applications.models import Application
from parvis.lib import clock
from parvis.programs.vocabulary import Outcome
from tests.channels.webhooks.receiving import Receiver
from tests.working import waiting, work


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.at = clock.now()

    def now(self) -> datetime:
        return self.at

    def on(self, by: timedelta) -> None:
        self.at += by


def received(moment: Clock, *, program: str = "study-permit", by: int | None = None) -> Application:
    moment.on(timedelta(seconds=1))
    return services.receive(program=program, client=by, office=None, by="test", at=moment.at)


def lived(moment: Clock, **what: Any) -> Application:
    """Return a file that was received, worked on and decided."""
    file = received(moment, **what)
    for act, more in (
        ("acknowledge", {}),
        ("open_section", {"section": "background"}),
        ("decide", {"outcome": Outcome.APPROVED}),
    ):
        moment.on(timedelta(seconds=1))
        getattr(services, act)(application=file, by="test", at=moment.at, **more)
    return file


def told(receiver: Receiver) -> list[tuple[str, int]]:
    return [(one.told["data"]["application"], one.told["data"]["fact"]) for one in receiver.came]


def due() -> None:
    """Do what is done every minute."""
    from parvis.jobs.tasks import webhooks  # noqa: PLC0415 - its jobs need settings

    webhooks.due.func(timestamp=0)
    work(ahead=True)


def work_until_sent() -> None:
    """Make deliveries of what happened, and send none."""
    from parvis.jobs.tasks import webhooks  # noqa: PLC0415 - its jobs need settings

    for _, _, args in waiting("webhooks.spread"):
        webhooks.spread.func(**args)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
