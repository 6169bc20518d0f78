"""Anchor the log: when asked, after an import, and every day while the house serves."""

import logging

import click
from django.conf import settings

from parvis.casework.events import verifying
from parvis.casework.events.anchors import Anchors, AnchorsBroken
from parvis.jobs.cli import Refused
from parvis.jobs.daily import daily
from parvis.lib import clock

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
    daily(_anchor_or_warn, name="anchor-log")


def _anchor_or_warn() -> None:
    try:
        anchor_now()
    except Refused as broken:
        _log.error("The log may have been tampered with: %s", broken.message)
