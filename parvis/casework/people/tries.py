"""Guessing made slow: five wrong tries in a day lock an account, or a number, for a day.

Whoever counts locks the row first, so that guesses made at once are counted one after the other.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from parvis.casework.people.models import Tries

MOST = 5
LOCK = timedelta(hours=24)


def hold(keys: Iterable[str], at: datetime) -> list[Tries]:
    """Return how often each was guessed wrong, held until the transaction ends."""
    names = sorted({_digest(key) for key in keys})
    Tries.objects.bulk_create(
        [Tries(key=name, last_at=at) for name in names], ignore_conflicts=True
    )
    return list(Tries.objects.select_for_update().filter(key__in=names).order_by("key"))


def is_locked(tries: Iterable[Tries], at: datetime) -> bool:
    """Tell whether any of them is locked. Trying again does not make a lock longer."""
    return any(one.locked_until is not None and one.locked_until > at for one in tries)


def count(tries: Iterable[Tries], at: datetime) -> None:
    """Count one more wrong guess of each; the fifth within a day locks it."""
    for one in tries:
        over = one.locked_until is not None or at - one.last_at >= LOCK
        one.count = 1 if over else one.count + 1
        one.locked_until = at + LOCK if one.count >= MOST else None
        one.last_at = at
        one.save()


def forget(tries: Iterable[Tries]) -> None:
    """Forget what was guessed wrong, once it was guessed right."""
    Tries.objects.filter(key__in=[one.key for one in tries]).delete()


def _digest(key: str) -> str:
    # Of what anybody may type, however long; and no list of the numbers that were tried.
    return sha256(key.encode("utf-8", "replace")).hexdigest()
