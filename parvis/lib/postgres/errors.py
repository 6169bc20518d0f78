"""What can go wrong with the private cluster, each said so that a person can act on it."""


class PostgresError(Exception):
    """The private cluster cannot do what was asked; the message says why and what to do."""


class PostgresMissing(PostgresError):
    """PostgreSQL's own programs are not on this machine, or not the ones that this data needs."""


class NotOurs(PostgresError):
    """A directory that should hold our cluster holds something else, and is left alone."""
