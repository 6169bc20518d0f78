"""Coming in with a key: one query finds it and its owner, and tells the database who asks."""

from datetime import datetime, timedelta

from django.db import connection

from parvis.casework.events.wall import ASKER, nobody_asks, telling_who_asks
from parvis.casework.keys.models import Key
from parvis.casework.keys.secrets import KEY, LONGEST, TOKEN, digest
from parvis.casework.people.models import User
from parvis.casework.people.policies import SCOPES
from parvis.casework.people.scope import Scope

_FIELDS = User._meta.concrete_fields  # noqa: SLF001 - Django's documented way to a model's fields
_COLUMNS = ", ".join(f"u.{field.column}" for field in _FIELDS)
_NAMES = [field.attname for field in _FIELDS]
_ROLES = ", ".join(f"'{role}'" for role in SCOPES)
_TOUCHED_AGAIN = timedelta(minutes=1)
"""How exactly the last use is told: a write at every request would be one too many."""


def _query(join: str, acts: str, where: str) -> str:
    """Return what finds a key that opens something; the asker's third part is what it covers."""
    covers = (
        f"CASE WHEN NOT 'see' = ANY({acts}) THEN '-' WHEN k.programs IS NULL THEN '*'"
        " ELSE array_to_string(k.programs, '|') END"
    )
    return (
        f"SELECT k.id, {acts}, k.programs, k.last_used_at, parvis_door_is_open(u.id),"  # noqa: S608 - our own names
        f" set_config('{ASKER}', concat(u.id, ',', u.role, ',', {covers}), false), {_COLUMNS}"
        f" FROM keys_key k JOIN people_user u ON u.id = k.user_id {join}"
        f" WHERE {where} AND k.revoked_at IS NULL AND k.expires_at > %(now)s"
        f" AND u.is_active AND u.role IN ({_ROLES})"
    )


_BY_KEY = _query("", "k.acts", "k.digest = %(digest)s")
_BY_TOKEN = _query(
    "JOIN keys_token t ON t.key_id = k.id",
    "t.acts",
    "t.digest = %(digest)s AND t.expires_at > %(now)s",
)


class DoorClosed(Exception):
    """The key is good; the client whose it is comes by the other door (casework/cohorts)."""


def user_by_key(presented: str, *, at: datetime) -> User | None:
    """Return who comes with a key or a token, with what it is for; None where it opens nothing.

    What is wrong with it is told to nobody: unknown, expired, revoked, and of somebody whose
    account is closed or who works here by now, are all alike.
    """
    if len(presented) > LONGEST or not presented.startswith((KEY, TOKEN)):
        return None
    query = _BY_TOKEN if presented.startswith(TOKEN) else _BY_KEY
    with telling_who_asks(), connection.cursor() as cursor:
        cursor.execute(query, {"digest": digest(presented), "now": at})
        row = cursor.fetchone()
    if row is None:
        nobody_asks()
        return None
    key, acts, programs, last_used_at, is_open, _, *values = row
    if not is_open:
        nobody_asks()
        raise DoorClosed
    if last_used_at is None or at - last_used_at >= _TOUCHED_AGAIN:
        Key.objects.filter(pk=key).update(last_used_at=at)
    user = User.from_db("default", _NAMES, values)
    user.scope = Scope(key, frozenset(acts), None if programs is None else frozenset(programs))
    return user
