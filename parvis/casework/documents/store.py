"""Where contents are kept: the port. An adapter stands in `channels/storage`, settings choose it.

Contents have no name but their digest, so that the same file twice is kept once and a path says
nothing about anybody. How long contents are kept, and how one is erased, is not decided here yet:
nothing removes one, not even a file that was kept for an answer that its client never finished.
"""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from django.conf import settings

from parvis.lib.text import Text

PIECE = 256 * 1024
"""Bytes read at a time."""


NOT_KEPT = Text(
    en="We could not keep what you sent. Nothing was recorded. Try again in a few minutes.",
    fr="Nous n’avons pas pu conserver votre envoi. Rien n’a été inscrit. Réessayez dans"
    " quelques minutes.",
)
"""What to tell whoever sent it."""


class StoreFailed(Exception):
    """Contents could not be kept (the disk is full, for one); nothing of them may be relied on."""


class Store(Protocol):
    """Keeps contents under their digest, SHA-256 in lower-case hexadecimal."""

    def keep(self, digest: str, content: BinaryIO) -> None:
        """Keep contents so that they outlive a crash from here on; raise `StoreFailed` if not."""

    def holds(self, digest: str) -> bool:
        """Return whether contents are kept under this digest."""

    def open(self, digest: str) -> BinaryIO:
        """Return contents to read; raise `FileNotFoundError` where there are none."""


def store() -> Store:
    """Return the store of this house."""
    return settings.DOCUMENT_STORE


def pieces(content: BinaryIO) -> Iterator[bytes]:
    """Yield contents from their beginning, piece by piece."""
    content.seek(0)
    while piece := content.read(PIECE):
        yield piece


def digest_of(content: BinaryIO) -> str:
    """Return the digest that contents are kept under."""
    digest = hashlib.sha256()
    for piece in pieces(content):
        digest.update(piece)
    return digest.hexdigest()
