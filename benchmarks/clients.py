"""Clients who sign in, with study permits: `python -m benchmarks.clients files FIRST COUNT`.

`python -m benchmarks.clients people COUNT` comes first: it makes the clients and prints, as JSON,
how each signs in. The nth file belongs to the client whose turn it is. Histories are written by the
verb that copies whole ones, and tell of eight to twelve facts within two months, all of them past.
"""

import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from parvis.jobs.cli.house import open_house

PASSWORD = "a-plain-benchmark-password"  # noqa: S105 - of a house that lives for minutes
FACTS = (9, 11, 10, 12)
"""How many facts the files have, by their number's remainder."""
_BATCH = 2_000
_LONGEST_DAYS, _OPENED_DAYS_AGO = 56, 400
_NAME = "benchmark:{}"


def make_people(count: int) -> list[dict[str, Any]]:
    """Have clients; return the address, the session's key and the subject of each."""
    from parvis.casework.people.selectors import client_of, user_by_email  # noqa: PLC0415
    from parvis.casework.people.services import add_user, register_client  # noqa: PLC0415
    from parvis.lib import clock  # noqa: PLC0415

    made = []
    at = clock.now() - timedelta(days=_OPENED_DAYS_AGO)
    for n in range(count):
        email = f"client{n}@example.org"
        if (user := user_by_email(email)) is None:
            user = add_user(email=email, password=PASSWORD, at=at)
        client = client_of(user) or register_client(
            name=f"Client {n}", language="en", user=user, by=_NAME.format("people"), at=at
        )
        made.append({"email": email, "client": client.id, "session": _session_of(user)})
    return made


def _session_of(user: Any) -> str:
    """Open a session as signing in does, without the form."""
    from django.conf import settings  # noqa: PLC0415
    from django.contrib import auth  # noqa: PLC0415

    from parvis.casework.people.sessions import SessionStore  # noqa: PLC0415

    session = SessionStore()
    session[auth.SESSION_KEY] = str(user.pk)
    [session[auth.BACKEND_SESSION_KEY]] = settings.AUTHENTICATION_BACKENDS
    session[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def fill(first: int, count: int) -> None:
    """Open `count` files from the nth on."""
    from parvis.casework.applications.histories import open_files  # noqa: PLC0415
    from parvis.casework.people.models import Client  # noqa: PLC0415
    from parvis.lib import clock  # noqa: PLC0415

    clients = list(Client.objects.order_by("id").values_list("id", flat=True))
    now = clock.now().replace(microsecond=0)
    for numbers in _batches(first, count):
        told = [_history(n, clients[n % len(clients)], now) for n in numbers]
        open_files(histories=told, by=_NAME.format("files"))


def _history(n: int, client: int, now: datetime) -> list[tuple[datetime, Any]]:
    from parvis.casework.applications import facts as f  # noqa: PLC0415
    from parvis.programs.vocabulary import Outcome  # noqa: PLC0415

    received_at = now - timedelta(days=_LONGEST_DAYS + 4 + n * 7919 % 60, minutes=n % 1_440)

    def asked(document: str, section: str, day: int) -> f.ClientAsked:
        due_on = (received_at + timedelta(days=day + 30)).date()
        return f.ClientAsked(document=document, stops_clock=True, section=section, due_on=due_on)

    received = f.Received(program="study-permit", client=client, office="visa-office-manila")
    done = f.SectionCompleted(section="eligibility")
    begun = [
        (0, received),
        (2, f.Acknowledged()),
        (5, f.SectionOpened(section="eligibility")),
        (9, asked("biometrics-appointment", "biometrics", 9)),
        (20, f.ClientAnswered(document="biometrics-appointment")),
        (21, f.SectionCompleted(section="biometrics")),
        (24, f.Transferred(office="cpc-edmonton")),
        (30, f.SectionOpened(section="background")),
    ]
    ends: tuple[list[tuple[int, Any]], ...] = (
        [(38, done)],
        [
            (38, done),
            (44, asked("medical-exam", "medical", 44)),
            (52, f.ClientAnswered(document="medical-exam")),
        ],
        [
            (40, f.SectionExempted(section="medical")),
            (44, asked("police-certificate", "background", 44)),
        ],
        [
            (38, done),
            (39, f.SectionExempted(section="medical")),
            (50, f.SectionCompleted(section="background")),
            (_LONGEST_DAYS, f.Decided(outcome=Outcome.APPROVED)),
        ],
    )
    days = [*begun, *ends[n % len(ends)]]
    return [(received_at + timedelta(days=day, minutes=n % 97), fact) for day, fact in days]


def _batches(first: int, count: int) -> Iterator[range]:
    end = first + count
    return (range(n, min(n + _BATCH, end)) for n in range(first, end, _BATCH))


if __name__ == "__main__":
    open_house()
    if sys.argv[1] == "people":
        print(json.dumps(make_people(int(sys.argv[2]))))
    else:
        fill(int(sys.argv[2]), int(sys.argv[3]))
