"""Anchor the log: when asked, after an import, and every day while the house serves."""

import logging
from threading import Event, Thread

import click
from django.conf import settings
from django.db import connection

from parvis.casework.events import verifying
from parvis.casework.events.anchors import Anchors, AnchorsBroken
from parvis.jobs.cli import Refused
from parvis.lib import clock

_DAY_S = 86_400.0
_SOON_S = 300.0
_log = logging.getLogger(__name__)


def anchors() -> Anchors:
    """Return the house's anchors."""
    return Anchors(settings.PARVIS_HOME / "anchors", settings.PARVIS_ANCHOR_KEY.encode())


def anchor_now() -> None:
    """Anchor the log, and tell where on stderr; raise `Refused` where older anchors do not hold."""
    try:
        path = verifying.anchor(anchors(), at=clock.now())
    except AnchorsBroken as broken:
        raise Refused(f"no anchor was added, because {broken}; see parvis log verify") from None
    click.echo(f"Anchored in {path}." if path else "Nothing new to anchor.", err=True)


def anchor_daily() -> None:
    """Anchor the log now and every day after, in a thread that ends with the process.

    Anchors that do not hold are a loud error in the server's log, and no reason to stop serving.
    """
    Thread(target=_anchor_daily, name="anchor-daily", daemon=True).start()


def _anchor_daily() -> None:
    while True:
        wait_s = _DAY_S
        try:
            anchor_now()
        except Refused as broken:
            _log.error("The log may have been tampered with: %s", broken.message)
        except Exception:
            _log.exception("The log could not be anchored; trying again in five minutes")
            wait_s = _SOON_S
        finally:
            connection.close()
        Event().wait(wait_s)
