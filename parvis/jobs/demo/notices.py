"""What the demo's clients were told by e-mail, as it would have gone out, and what became of it."""

from datetime import datetime, timedelta

from parvis.casework.applications.selectors import files_of
from parvis.casework.notices.past import Told, past_of, tell_past
from parvis.casework.people.selectors import client_of, user_by_email
from parvis.jobs.demo.people import ADA, ZOE

_OPENED_AFTER = (timedelta(minutes=40), None, timedelta(hours=9), timedelta(days=2), None)
"""How long after each message its client signed in by it; None where they never did."""
_CAME_BACK = 1
"""One of Zoé’s came back: her mailbox was full that day."""
_FULL = "5.2.2"
_NEWS = timedelta(days=7)
"""What happened since is told by the workers of the demo, under the eyes of whoever looks."""


def tell_all(*, now: datetime) -> int:
    """Keep what the clients who sign in were told until a week ago; return how many facts."""
    facts = 0
    for person in (ADA, ZOE):
        user = user_by_email(person.email or "")
        if user is None or (client := client_of(user)) is None:
            continue
        files = [(file.id, file.state.program) for file in files_of(user)]
        days = [day for day in past_of(client, user, files) if day[-1].noted_at < now - _NEWS]
        told = [
            Told(day, None, _FULL)
            if person is ZOE and place == _CAME_BACK
            else Told(day, _OPENED_AFTER[place % len(_OPENED_AFTER)])
            for place, day in enumerate(days)
        ]
        facts += tell_past(client=client, told=told, by="notices")
    return facts
