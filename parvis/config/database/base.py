"""The backend itself; Django looks for it in a module of this name."""

import select
from datetime import UTC
from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus
from psycopg.types.datetime import TimestamptzLoader

from parvis.casework.events.wall import ASKER, is_up


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, which looks whether the server is still there in place of asking it.

    Django asks `SELECT 1` at the first query of every request: a round trip that costs as much as
    the queries themselves. A server that has gone has closed its end, which our end can see: the
    connection has something to read though nothing was asked.

    Moments are read by psycopg's own reader where they come in UTC: Django's, written in Python,
    takes ten times as long, and a page reads some thirty of them.
    """

    somebody_asks = False
    """Whether the database was told that somebody asks (events/wall)."""
    asker_is_stale = True
    """Whether it may still think that somebody asks who does not."""
    is_wall_lifted = False
    """Whether the act at hand sees past the wall (events/wall)."""

    def close_if_unusable_or_obsolete(self) -> None:
        """Begin or end a request: whoever asked before does so no longer."""
        super().close_if_unusable_or_obsolete()
        self.asker_is_stale = self.asker_is_stale or self.somebody_asks

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a new connection, which reads moments quickly where it gives them in UTC."""
        connection = super().get_new_connection(conn_params)
        self._looking = select.poll()
        self._looking.register(connection.fileno(), select.POLLIN)
        if self.timezone is UTC:
            connection.adapters.register_loader("timestamptz", TimestamptzLoader)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor, once the database knows who asks.

        Django would look whether its own reader of moments is in place.
        """
        if self.asker_is_stale and is_up():
            self._forget_who_asked()
        if self.timezone is not UTC:
            return super().create_cursor(name)
        connection: Any = self.connection
        if name is None:
            return connection.cursor()
        return connection.cursor(name, scrollable=False, withhold=connection.autocommit)

    def _forget_who_asked(self) -> None:
        connection: Any = self.connection
        begins = connection.info.transaction_status is TransactionStatus.IDLE
        connection.execute("SELECT set_config(%s, '', false)", [ASKER])
        if begins and not connection.autocommit:
            # A transaction of its own: else whoever undoes theirs would have it remembered again.
            connection.commit()
        self.asker_is_stale = False
        # Within somebody's transaction it may be undone: the next request says so once more.
        self.somebody_asks = self.somebody_asks and not begins

    def is_usable(self) -> bool:
        """Tell whether the connection can be used; after an error, ask the server itself."""
        connection: Any = self.connection
        if self.errors_occurred or connection is None or connection.closed:
            return bool(super().is_usable())
        if connection.info.transaction_status is not TransactionStatus.IDLE:
            return bool(super().is_usable())
        return not self._looking.poll(0)
