"""The house's own database: a private PostgreSQL cluster, made and started where it is needed.

`Cluster(home).start()` is all a caller needs; `Cluster(home).url` never starts anything.
A department that sets DATABASE_URL uses its own server instead, and nothing here runs.
"""

from parvis.lib.postgres.cluster import Cluster, Status
from parvis.lib.postgres.errors import NotOurs, PostgresError, PostgresMissing
from parvis.lib.postgres.place import default_home

__all__ = ["Cluster", "NotOurs", "PostgresError", "PostgresMissing", "Status", "default_home"]
