"""Who looked at the files of the demo's clients: its officer, and whoever holds a mandate."""

from datetime import datetime, timedelta

from parvis.casework.applications.opening import open_file
from parvis.casework.applications.selectors import File, files_of
from parvis.casework.people.selectors import user_by_email
from parvis.jobs.demo.mandates import GIFTS
from parvis.jobs.demo.people import ADA, OFFICER, ZOE, Person

_BEFORE_ACTING = timedelta(minutes=5)
_AFTER_ACCEPTING = timedelta(hours=4)


def look(*, now: datetime) -> None:
    """Have the officer open each file before the last thing done, and holders when they could."""
    officer = user_by_email(OFFICER)
    assert officer is not None  # noqa: S101 - the people of the demo are there before
    for person in (ADA, ZOE):
        for file in _files(person):
            open_file(number=file.number, by=officer, at=file.state.last_fact_at - _BEFORE_ACTING)
    for gift in GIFTS:
        holder = user_by_email(gift.address)
        if holder is None or not gift.accepted:
            continue
        at = now - timedelta(days=gift.ago) + _AFTER_ACCEPTING
        for file in _files(gift.client):
            open_file(number=file.number, by=holder, at=at)


def _files(person: Person) -> list[File]:
    client = user_by_email(person.email or "")
    return [] if client is None else files_of(client)
