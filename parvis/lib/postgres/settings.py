"""How the private server is set: for a machine that does other work too, and for client files."""

import os
from pathlib import Path

MEGABYTE = 1024 * 1024
_CGROUP = Path("/sys/fs/cgroup/memory.max")


def server_settings(socket: Path) -> str:
    """Return the server's settings file, for a socket in this directory."""
    memory = _memory()
    values = {
        "listen_addresses": "",
        "unix_socket_directories": f'"{socket}"',
        "unix_socket_permissions": "0700",
        "port": "5432",
        "shared_buffers": f"{_between(128, memory // 8, 2048)}MB",
        "effective_cache_size": f"{_between(256, memory // 2, 65536)}MB",
        "maintenance_work_mem": f"{_between(64, memory // 16, 512)}MB",
        "max_wal_size": "4GB",
        "wal_compression": "on",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        # Compiling a plan costs more than it saves on queries that answer a page.
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        # A failed statement, and the row it failed on, name clients: neither belongs in a log file.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
    }
    lines = [f"{name} = '{_quoted(value)}'" for name, value in values.items()]
    return "\n".join(["# Written anew at every start; ALTER SYSTEM overrides it.", *lines, ""])


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")


def _between(least: int, value: int, most: int) -> int:
    return max(least, min(value, most))


def _memory() -> int:
    """Return the megabytes this machine, or the container around us, may use."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    limit = _CGROUP.read_text().strip() if _CGROUP.is_file() else "max"
    return min(machine, int(limit) if limit.isdigit() else machine) // MEGABYTE
