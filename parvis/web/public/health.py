"""Whether each part of the service works, tried for real each time somebody asks."""

import logging
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError, connection

from parvis.lib.dates import Day, day_of
from parvis.lib.text import Text

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that people come to do here, and whether it can be done now."""

    name: Text
    works: bool


@dataclass(frozen=True, slots=True)
class StatusPage:
    """The service as it is."""

    parts: tuple[Part, ...]
    on: Day
    time: str
    works: bool
    """All of it."""


def look(now: datetime) -> StatusPage:
    """Return how the service is at this moment."""
    reads = _reads()
    here = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    parts = (
        Part(Text(en="Follow your application", fr="Suivre votre demande"), reads),
        Part(Text(en="Sign in", fr="Se connecter"), reads),
        Part(
            Text(en="Send us what we asked for", fr="Envoyer ce que nous avons demandé"),
            reads and _keeps(settings.PARVIS_HOME),
        ),
    )
    return StatusPage(
        parts=parts,
        on=day_of(now, ZoneInfo(settings.TIME_ZONE)),
        time=f"{here:%H:%M}",
        works=all(part.works for part in parts),
    )


def _reads() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM events_subject LIMIT 1")
    except DatabaseError:
        _log.exception("the database does not answer")
        return False
    return True


def _keeps(home: Path) -> bool:
    """Return whether a file can be written where documents are kept."""
    try:
        with tempfile.TemporaryFile(dir=home) as file:
            file.write(b"0")
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        _log.exception("nothing can be written in %s", home)
        return False
    return True
