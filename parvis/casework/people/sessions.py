"""Sessions as Django keeps them, read together with the user whose they are (ADR 0006).

Django reads the session, then the user: two queries on every page. The user's id stands in a column
beside the session, so that one query brings both, and tells the database who asks (events/wall).
What the user may do is still Django's to say. A page that nearly everybody comes for has what it is
made of come along in the same query, with the user; who turns out to be nobody takes it with them.
"""

from functools import cache
from typing import Any

import orjson
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DjangoStore
from django.db import connection
from psycopg.pq import Format

from parvis.casework.events.wall import ASKER, nobody_asks, telling_who_asks
from parvis.casework.people.along import Along, Brought
from parvis.casework.people.models import Session, User

_FIELDS = User._meta.concrete_fields  # noqa: SLF001 - Django's documented way to a model's fields
_NAMES = [field.attname for field in _FIELDS]
_COLUMNS = (
    "s.session_data",
    f"set_config('{ASKER}', concat(u.id, ',', u.role), false)",
    # The function begins with the same question; where no cohort has been, as in most houses, it
    # need not be called at all: 3 % of a page.
    "NOT EXISTS (SELECT FROM cohorts_cohort) OR parvis_door_is_open(u.id)",
    *(f"u.{field.column}" for field in _FIELDS),
)
_FROM = "FROM people_session s LEFT JOIN people_user u ON u.id = s.user_id"
_WHERE = "WHERE s.session_key = %s AND s.expire_date > now()"
_WITH_ITS_USER = f"SELECT {', '.join(_COLUMNS)} {_FROM} {_WHERE}"


@cache
def _bringing(function: str) -> str:
    """Return the same query with the row of a function, if it has one."""
    return (
        f"SELECT {', '.join(_COLUMNS)}, f.* {_FROM} LEFT JOIN LATERAL {function} f ON true {_WHERE}"
    )


class SessionStore(DjangoStore):
    """Django's own store, whose sessions know their user."""

    user: User | None = None
    """The user as the database held them when the session was read; nothing checked yet."""
    door_is_open = True
    """Whether the client that they are is let in by now (casework/cohorts)."""
    along: Along | None = None
    """What is to come along with it; said before it is read."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the table of the sessions."""
        return Session

    def load(self) -> dict[str, Any]:
        """Return what the session holds, and keep its user; empty where it has ended."""
        along = self.along
        query = _WITH_ITS_USER if along is None else _bringing(along.function)
        with telling_who_asks(), connection.cursor() as cursor:
            cursor.cursor.format = Format.BINARY  # which neither side has to write out and read
            cursor.execute(query, [*(along.values if along else ()), self.session_key])
            row = cursor.fetchone()
        if row is None:
            nobody_asks()
            self._session_key = None
            return {}
        kept, _, self.door_is_open, *values = row[: len(_COLUMNS)]
        if values[0] is not None:
            self.user = User.from_db("default", _NAMES, values)
            if along is not None:
                self.user.brought = Brought(along, row[len(_COLUMNS) :])
        return self.decode(kept)

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Return what a session holds as JSON, not sealed (ADR 32)."""
        return orjson.dumps(session_dict, option=orjson.OPT_NON_STR_KEYS).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Return what a session holds; nothing where that cannot be read."""
        try:
            held = orjson.loads(session_data)
        except orjson.JSONDecodeError:
            return {}
        return held if isinstance(held, dict) else {}

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the session's row, with the id of the user who has signed in, if any."""
        row = super().create_model_instance(data)
        assert isinstance(row, Session)  # noqa: S101 - `get_model_class` says so, for the types
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row
