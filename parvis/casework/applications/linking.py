"""Linking a file to an account, by what only its client knows: number, name, day of receipt.

Whoever guesses learns nothing: a wrong name, a wrong day, a file that does not exist and a client
who is somebody else's already are answered alike, after the same work. Five wrong tries in a day
lock the account, and the number, for a day.
"""

from datetime import date, datetime
from enum import Enum, auto

from django.db import transaction

from parvis.casework.applications.matching import held_under, key_of
from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.casework.people import tries
from parvis.casework.people.facts import ClientLinked
from parvis.casework.people.models import Client, User
from parvis.casework.people.policies import Act, check_may, relation_of


class LinkRefused(Exception):
    """The file was not linked; nobody is told which part was wrong."""


class LinkLocked(LinkRefused):
    """There were too many wrong tries; the next may be made in a day."""


class _Outcome(Enum):
    LINKED = auto()
    WRONG = auto()
    LOCKED = auto()


def link_file(*, number: str, name: str, received_on: date, by: User, at: datetime) -> None:
    """Have somebody be the client of a file, and so of all that client's files.

    Raises `ActRefused` for staff, `LinkLocked` after five wrong tries, and `LinkRefused` alike for
    whatever is wrong. A wrong try is counted for good, whatever happens afterwards.
    """
    check_may(Act.LINK, relation_of(by))
    outcome = _tried(number, name, received_on, by, at)
    if outcome is _Outcome.LOCKED:
        raise LinkLocked
    if outcome is _Outcome.WRONG:
        raise LinkRefused


@transaction.atomic
def _tried(number: str, name: str, received_on: date, by: User, at: datetime) -> _Outcome:
    held = tries.hold([f"account {by.pk}", key_of(number)], at)
    if tries.is_locked(held, at):
        return _Outcome.LOCKED
    found = held_under(number)
    own = Client.objects.filter(user=by).values_list("pk", flat=True).first()
    # All of it is compared, whatever is wrong first.
    holds = [
        found.is_of(name),
        found.received_on == received_on,
        found.user in (None, by.pk) and found.client is not None,
        own in (None, found.client),
    ]
    if not all(holds):
        tries.count(held, at)
        return _Outcome.WRONG
    # What is theirs already forgets nothing: else whoever has a file could guess on and on.
    if found.user is None and found.client is not None:
        tries.forget(held)
        _link(found.client, found.file, by, at)
    return _Outcome.LINKED


def _link(client: int, file: int, by: User, at: datetime) -> None:
    record = Client.objects.get(pk=client)
    record.user = by
    if by.language:
        record.language = by.language
    record.save(update_fields=["user", "language"])
    if not by.language:
        by.language = record.language
        by.save(update_fields=["language"])
    fact = ClientLinked(user=by.pk, application=file)
    log.append(client, [fact], kind=SubjectKind.CLIENT, by=by.ref, at=at)
