"""Linking a file to an account, by what only its client knows: number, name, day of receipt.

Whoever guesses learns nothing: a wrong name, a wrong day, a file that does not exist and a client
who is somebody else's already are answered alike, after the same work. Five wrong tries in a day
lock the account, and the number, for a day.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from hashlib import sha256

from django.db import connection, transaction
from django.utils.crypto import constant_time_compare

from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.casework.events.wall import lifted
from parvis.casework.people import tries
from parvis.casework.people.facts import ClientLinked
from parvis.casework.people.models import Client, User
from parvis.casework.people.policies import Act, check_may, relation_of
from parvis.lib.references import application_number, subject_of
from parvis.programs import loader

_FILE = (
    "SELECT a.id, a.received_at, a.program, c.id, c.name, c.user_id"
    " FROM applications_application a JOIN people_client c ON c.id = a.client_id"
    " WHERE a.id = %s FOR UPDATE OF c"
)
_NO_FILE = -1
_BEYOND = 2**63


class LinkRefused(Exception):
    """The file was not linked; nobody is told which part was wrong."""


class LinkLocked(LinkRefused):
    """There were too many wrong tries; the next may be made in a day."""


class _Outcome(Enum):
    LINKED = auto()
    WRONG = auto()
    LOCKED = auto()


@dataclass(frozen=True, slots=True)
class _Found:
    """A file as the database has it; of a file that does not exist, nothing that fits."""

    file: int = _NO_FILE
    received_on: date | None = None
    client: int | None = None
    name: str = ""
    user: int | None = None


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
    subject = subject_of(number)
    told = number.strip().upper() if subject is None else application_number(subject)
    held = tries.hold([f"account {by.pk}", f"number {told}"], at)
    if tries.is_locked(held, at):
        return _Outcome.LOCKED
    found = _find(_NO_FILE if subject is None or subject >= _BEYOND else subject)
    own = Client.objects.filter(user=by).values_list("pk", flat=True).first()
    # All of it is compared, whatever is wrong first.
    holds = [
        constant_time_compare(_digest(found.name), _digest(name)) and bool(_words(name)),
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


def _find(subject: int) -> _Found:
    # Whoever asks may not see the file yet.
    with lifted(), connection.cursor() as cursor:
        cursor.execute(_FILE, [subject])
        row = cursor.fetchone()
    if row is None:
        return _Found()
    file, received_at, program, client, name, user = row
    zone = loader.program(program).time_zone
    return _Found(file, received_at.astimezone(zone).date(), client, name, user)


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


def _digest(name: str) -> str:
    return sha256(_words(name).encode("utf-8", "replace")).hexdigest()


def _words(name: str) -> str:
    """Return a name, however its accents, capitals, spaces and hyphens are written."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(re.findall(r"\w+", letters))
