"""What a file is, by its contents: its name and the browser's word about it count for nothing.

Taken are PDF, JPEG and PNG: every scanner and telephone makes one of them, and every office opens
them. A telephone that keeps its photos as HEIC sends a JPEG where a form asks for one. Whether a
file is whole is seen from the format's own end (ISO 32000-1 7.5.5; ITU-T T.81 B.1.1.3; PNG 5.3).
Whether it does harm is for a scanner, which is a channel of its own.
"""

import re
import zlib
from collections.abc import Callable
from enum import StrEnum
from typing import BinaryIO

from parvis.casework.documents.store import pieces
from parvis.lib.text import Text

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
"""Bytes of one file."""
MOST = 10
"""Files in one answer."""


class MediaType(StrEnum):
    """The kinds of file that we take."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


class FileRefused(Exception):
    """A file that we do not take; `reason` says why and what to do, in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


EMPTY = Text(
    en="This file is empty. Choose it again, or save it anew first.",
    fr="Ce fichier est vide. Choisissez-le de nouveau ou réenregistrez-le d’abord.",
)
TOO_LARGE = Text(
    en="This file is larger than 10 MB. Send a smaller one, or send it in parts.",
    fr="Ce fichier dépasse 10 Mo. Envoyez-en un plus petit ou envoyez-le en parties.",
)
CUT_OFF = Text(
    en="The end of this file is missing. Save it anew, then choose it again.",
    fr="La fin de ce fichier manque. Réenregistrez-le, puis choisissez-le de nouveau.",
)
HEIC = Text(
    en="This is a HEIC photo, which we cannot open. Save it as JPEG, then send that.",
    fr="C’est une photo HEIC, que nous ne pouvons pas ouvrir. Enregistrez-la en JPEG.",
)
UNKNOWN = Text(
    en="This is not a PDF, JPEG or PNG file. Save it as one of these, then send that.",
    fr="Ce n’est pas un fichier PDF, JPEG ou PNG. Enregistrez-le sous l’un de ces formats.",
)


def size_of(content: BinaryIO) -> int:
    """Return the size of contents in bytes."""
    return content.seek(0, 2)


def media_type_of(content: BinaryIO) -> MediaType:
    """Return what contents are; raise `FileRefused` where we do not take them."""
    size = size_of(content)
    if size == 0:
        raise FileRefused(EMPTY)
    if size > LARGEST:
        raise FileRefused(TOO_LARGE)
    whole = b"".join(pieces(content))
    for media_type, (begins, is_whole) in _KINDS.items():
        if begins(whole):
            if not is_whole(whole):
                raise FileRefused(CUT_OFF)
            return media_type
    raise FileRefused(HEIC if _HEIC.match(whole) else UNKNOWN)


_HEIC = re.compile(rb"....ftyp(?:hei|hev|mif1|msf1)", re.DOTALL)
_PDF_HEAD, _PDF_TAIL = 1024, 2048
"""Bytes at either end among which readers look for a PDF's marks; mail adds some of its own."""
_JPEG_SCAN_ENDS = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
"""The next marker after a picture's data, past stuffed bytes and restarts."""


def _pdf_begins(whole: bytes) -> bool:
    return b"%PDF-" in whole[:_PDF_HEAD]


def _pdf_is_whole(whole: bytes) -> bool:
    return b"%%EOF" in whole[-_PDF_TAIL:].rstrip(b"\0\r\n\t ")


def _jpeg_begins(whole: bytes) -> bool:
    return whole.startswith(b"\xff\xd8\xff")


def _jpeg_is_whole(whole: bytes) -> bool:
    """Walk from marker to marker: a preview within a photo has an end of its own."""
    at, scanned = 2, False
    while at + 4 <= len(whole) and whole[at] == 0xFF:  # noqa: PLR2004 - what a marker begins with
        if whole[at + 1] == 0xFF:  # noqa: PLR2004 - fill before a marker
            at += 1
            continue
        at, marker = at + 2 + int.from_bytes(whole[at + 2 : at + 4]), whole[at + 1]
        if marker == 0xDA:  # noqa: PLR2004 - a scan begins: the picture's data follow
            scanned = True
            if (found := _JPEG_SCAN_ENDS.search(whole, at)) is None:
                return False
            at = found.end() - 2
        if whole[at : at + 2] == b"\xff\xd9":
            return scanned
    return False


def _png_begins(whole: bytes) -> bool:
    return whole.startswith(b"\x89PNG\r\n\x1a\n")


def _png_is_whole(whole: bytes) -> bool:
    at = 8
    while at + 12 <= len(whole):
        end = at + 8 + int.from_bytes(whole[at : at + 4])
        kind = whole[at + 4 : at + 8]
        if zlib.crc32(whole[at + 4 : end]) != int.from_bytes(whole[end : end + 4]):
            return False
        if kind == b"IEND":
            return True
        at = end + 4
    return False


_KINDS: dict[MediaType, tuple[Callable[[bytes], bool], Callable[[bytes], bool]]] = {
    MediaType.PDF: (_pdf_begins, _pdf_is_whole),
    MediaType.JPEG: (_jpeg_begins, _jpeg_is_whole),
    MediaType.PNG: (_png_begins, _png_is_whole),
}
