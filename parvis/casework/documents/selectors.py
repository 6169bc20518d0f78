"""Look up what clients sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from parvis.casework.documents.contents import MediaType
from parvis.casework.documents.models import StoredDocument
from parvis.casework.documents.store import store


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that a client sent: what it is, and when it came."""

    id: int
    document: str
    sha256: str
    media_type: MediaType
    size: int
    """Bytes."""
    received_at: datetime


def sent(application: int, document: str | None = None) -> list[Sent]:
    """Return what came for an application, or for one of its requests: newest answer first."""
    rows = StoredDocument.objects.filter(application_id=application)
    if document is not None:
        rows = rows.filter(document=document)
    return [_sent(row) for row in rows.order_by("-received_at", "id")]


def sent_one(application: int, id_: int) -> Sent | None:
    """Return one file that came for an application, if it did."""
    row = StoredDocument.objects.filter(application_id=application, pk=id_).first()
    return None if row is None else _sent(row)


def content_of(one: Sent) -> BinaryIO:
    """Return the contents of a file, to read."""
    return store().open(one.sha256)


def is_kept(one: Sent) -> bool:
    """Tell whether the contents of a file are there."""
    return store().holds(one.sha256)


def _sent(row: StoredDocument) -> Sent:
    return Sent(
        row.pk,
        row.document,
        row.sha256,
        MediaType(row.media_type),
        row.size,
        row.received_at,
    )
