"""Keeping the documents that came with messages: contents in the store first, then their rows."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from io import BytesIO

from parvis.casework.documents.contents import FileRefused, media_type_of
from parvis.casework.documents.store import store
from parvis.casework.enquiries.mails import Attached
from parvis.casework.enquiries.models import Attachment, Message
from parvis.casework.enquiries.status import Scan

_LONGEST_NAME = 200


def attach(came: Iterable[tuple[Sequence[Attached], Message]]) -> None:
    """Keep what came with some messages. It is scanned before anybody opens it.

    Raises `StoreFailed` where contents cannot be kept: then nothing of it was taken in, and the
    mailbox still has it.
    """
    rows = []
    for attached, message in came:
        for one in attached:
            digest = sha256(one.content).hexdigest()
            store().keep(digest, BytesIO(one.content))
            rows.append(
                Attachment(
                    message=message,
                    name=one.name[:_LONGEST_NAME],
                    sha256=digest,
                    media_type=_media_type(one.content),
                    size=len(one.content),
                    scan=Scan.WAITING,
                )
            )
    Attachment.objects.bulk_create(rows)


def _media_type(content: bytes) -> str:
    """Return what a document is by its contents; nothing where it is of no kind that we take."""
    try:
        return media_type_of(BytesIO(content))
    except FileRefused:
        return ""
