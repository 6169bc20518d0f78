"""The second wall: the database itself keeps what a page can read of files to whoever asks.

The doors' connections take a role of their own, for which the tables of files have policies by row
(documents, migration 0002). Who asks is told with the query that finds the session, so it costs no
round trip; of a request that never asked who it is, the database shows no file at all. What the
doors may do is still the table's to say (people/policies): this wall is for the query that forgot.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

ROLE = "parvis_door"
ASKER = "parvis.asker"
"""The setting of a connection that holds who asks: the id of a user and their role, or nothing."""

_ours: Any = connection
"""The connection as our own backend has it, with what it keeps of the wall (config/database)."""


def is_up() -> bool:
    """Tell whether this process's connections stand behind the wall."""
    options: dict[str, Any] = connection.settings_dict["OPTIONS"]
    return f"role={ROLE}" in str(options.get("options", ""))


@contextmanager
def lifted() -> Iterator[None]:
    """Let an act see past the wall until the end of the block; inside a transaction.

    For acts alone that look for what nobody may see yet, and for COPY, which knows no policies.
    Within such a block another costs nothing.
    """
    if _ours.is_wall_lifted or not is_up():
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
    _ours.is_wall_lifted = True
    try:
        yield
    finally:
        _ours.is_wall_lifted = False
    # After an error the transaction is undone, and this with it.
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {ROLE}")


@contextmanager
def telling_who_asks() -> Iterator[None]:
    """Have the query in the block tell the database who asks; nobody does where it fails."""
    _ours.asker_is_stale = False
    _ours.somebody_asks = True
    try:
        yield
    except BaseException:
        nobody_asks()
        raise


def nobody_asks() -> None:
    """Have the database forget who asked, before it is asked anything else."""
    _ours.asker_is_stale = True
