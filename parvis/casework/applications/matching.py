"""Whether somebody knows of a file what its client knows: its number, the name, the day of receipt.

All of it is compared, whatever is wrong first, so that the time it takes tells nothing.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import connection
from django.utils.crypto import constant_time_compare

from parvis.casework.events.wall import lifted
from parvis.lib.references import application_number, subject_of
from parvis.programs import loader

_FILE = (
    "SELECT a.id, a.received_at, a.program, c.id, c.name, c.user_id"
    " FROM applications_application a JOIN people_client c ON c.id = a.client_id"
    " WHERE a.id = %s FOR UPDATE OF c"
)
_NO_FILE = -1
_BEYOND = 2**63


@dataclass(frozen=True, slots=True)
class Held:
    """A file as the database has it; of a file that does not exist, nothing that fits."""

    file: int = _NO_FILE
    received_on: date | None = None
    client: int | None = None
    name: str = ""
    user: int | None = None

    def is_of(self, name: str) -> bool:
        """Tell whether this is its client's name."""
        return constant_time_compare(_digest(self.name), _digest(name)) and bool(_words(name))


def held_under(number: str) -> Held:
    """Return what we hold under a number, its client locked until the transaction ends."""
    subject = subject_of(number)
    # Whoever asks may not see the file yet.
    with lifted(), connection.cursor() as cursor:
        cursor.execute(_FILE, [_NO_FILE if subject is None or subject >= _BEYOND else subject])
        row = cursor.fetchone()
    if row is None:
        return Held()
    file, received_at, program, client, name, user = row
    zone = loader.program(program).time_zone
    return Held(file, received_at.astimezone(zone).date(), client, name, user)


def key_of(number: str) -> str:
    """Return under what wrong guesses about a number are counted, whoever makes them."""
    subject = subject_of(number)
    told = number.strip().upper() if subject is None else application_number(subject)
    return f"number {told}"


def _digest(name: str) -> str:
    return sha256(_words(name).encode("utf-8", "replace")).hexdigest()


def _words(name: str) -> str:
    """Return a name, however its accents, capitals, spaces and hyphens are written."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(re.findall(r"\w+", letters))
