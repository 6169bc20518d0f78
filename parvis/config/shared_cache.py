"""Django's cache in the database, so that every process counts the same tries.

Django's own database cache counts its rows at every write, and throws any away once there are too
many: whoever filled it could have their tries forgotten. Here nothing goes before its time, and
every writing takes along two rows whose time has come.
"""

import pickle
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

from parvis.casework.people.shared import PUT, in_seconds

_Value = str | bytes | datetime
_Values = Sequence[_Value] | Mapping[str, _Value]

_FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
_SET = f"{PUT} value = excluded.value, expires_at = excluded.expires_at"
_ADD = f"{_SET} WHERE known.expires_at <= now() RETURNING true"
_GET = "SELECT value FROM people_shared WHERE key = %s AND expires_at > now()"
_TOUCH = (
    "UPDATE people_shared SET expires_at = %s WHERE key = %s AND expires_at > now() RETURNING true"
)
_DELETE = "DELETE FROM people_shared WHERE key = %s RETURNING true"


class SharedCache(BaseCache):
    """Values under keys, each for a time. Its table is unlogged: a crash forgets the tries."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the value under a key, or `default`."""
        row = _asked(_GET, [self._named(key, version)])
        return default if row is None else pickle.loads(row[0])  # noqa: S301 - our own table

    def set(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        """Keep a value under a key."""
        _done(_SET, self._row(key, value, timeout, version))

    def add(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Keep a value under a key where there is none, and tell whether it was so."""
        return _asked(_ADD, self._row(key, value, timeout, version)) is not None

    def touch(
        self,
        key: str,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Keep a value for another while, and tell whether there is one."""
        return _asked(_TOUCH, [self._until(timeout), self._named(key, version)]) is not None

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget what is under a key, and tell whether there was anything."""
        return _asked(_DELETE, [self._named(key, version)]) is not None

    def clear(self) -> None:
        """Forget everything."""
        _done("DELETE FROM people_shared")

    def _row(
        self, key: str, value: Any, timeout: float | None, version: int | None
    ) -> dict[str, _Value]:
        return {
            "key": self._named(key, version),
            "value": pickle.dumps(value),
            "expires_at": self._until(timeout),
        }

    def _named(self, key: str, version: int | None) -> str:
        return self.make_and_validate_key(key, version=version)

    def _until(self, timeout: float | None) -> datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return _FOREVER if seconds is None else in_seconds(seconds)


def _asked(query: str, values: _Values) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def _done(query: str, values: _Values = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
