"""What is done every day while the house serves, in threads that end with the process."""

import logging
from collections.abc import Callable
from threading import Event, Thread

from django.db import connection

_DAY_S = 86_400.0
_SOON_S = 300.0
_log = logging.getLogger(__name__)


def daily(job: Callable[[], object], *, name: str) -> None:
    """Do a job now and every day after; five minutes later where it failed.

    A failure is a loud error in the server's log, and no reason to stop serving.
    """
    Thread(target=_go_on, args=(job, name), name=name, daemon=True).start()


def _go_on(job: Callable[[], object], name: str) -> None:
    while True:
        wait_s = _DAY_S
        try:
            job()
        except Exception:
            _log.exception("%s failed; trying again in five minutes", name)
            wait_s = _SOON_S
        finally:
            connection.close()
        Event().wait(wait_s)
