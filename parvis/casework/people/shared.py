"""What all processes count together: how often something was tried, each for a time.

Django's cache is kept in the same table (config/shared_cache).
"""

from datetime import UTC, datetime, timedelta

from django.db import connection

PUT = (
    "WITH swept AS (DELETE FROM people_shared WHERE key IN (SELECT key FROM people_shared"
    " WHERE expires_at <= now() AND key <> %(key)s ORDER BY expires_at LIMIT 2"
    " FOR UPDATE SKIP LOCKED))"
    " INSERT INTO people_shared AS known (key, value, expires_at)"
    " VALUES (%(key)s, %(value)s, %(expires_at)s) ON CONFLICT (key) DO UPDATE SET "
)
"""Every writing takes along two rows whose time has come."""
_COUNT = (
    f"{PUT} value = CASE WHEN known.expires_at <= now() THEN excluded.value"
    " ELSE convert_to((convert_from(known.value, 'UTF8')::bigint + 1)::text, 'UTF8') END,"
    " expires_at = CASE WHEN known.expires_at <= now() THEN excluded.expires_at"
    " ELSE known.expires_at END RETURNING convert_from(value, 'UTF8')::bigint"
)


def count(what: str, *, for_s: float) -> int:
    """Count something once more; return how often since it was first counted, `for_s` ago at most.

    One question to the database, where Django's cache would be asked to lock, to read and to write.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNT, {"key": f"count:{what}", "value": b"1", "expires_at": in_seconds(for_s)}
        )
        return int(cursor.fetchone()[0])


def in_seconds(seconds: float) -> datetime:
    """Return when so many seconds will have passed."""
    # By the machine's clock, as the database's: a demo's own time plays no part in it.
    return datetime.now(UTC) + timedelta(seconds=seconds)  # noqa: TID251
