"""Have a database's files in memory, or have none of them there."""

import os
from pathlib import Path

from benchmarks.house import House

_DROP = Path("/proc/sys/vm/drop_caches")
_ALL = "3"
_READ = """
    SELECT pg_prewarm(c.oid, 'buffer') FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE nspname = 'public' AND relkind IN ('r', 'i') ORDER BY pg_relation_size(c.oid) DESC
"""


def load_into_memory(house: House) -> None:
    """Read every table and index once; what PostgreSQL has no room for, the system then holds."""
    with house.session(keeper=True) as session:
        session.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm")
        session.execute(_READ)


def drop_caches() -> bool:
    """Have the system forget the files that it holds in memory; return whether it let us."""
    os.sync()
    try:
        _DROP.write_text(_ALL)
    except OSError:
        return False
    return True
