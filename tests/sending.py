"""Files as clients send them, made here: whole ones, and such as we do not take."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from parvis.casework.documents.contents import LARGEST
from parvis.channels.storage.disk import Disk
from tests.filing import Act

VISIT: Act = (
    "ask_client",
    {"document": "medical-exam", "section": "medical", "due_on": None},
)
"""Asks for something that is answered with a day."""


def pdf(text: str = "hello") -> bytes:
    """Return a small PDF."""
    return f"%PDF-1.7\n1 0 obj\n<< /T ({text}) >>\nendobj\ntrailer << >>\n%%EOF\n".encode()


def png(width: int = 1) -> bytes:
    """Return a PNG of one white line."""
    head = struct.pack(">IIBBBBB", width, 1, 8, 0, 0, 0, 0)
    chunks = [
        (b"IHDR", head),
        (b"IDAT", zlib.compress(b"\0" + b"\xff" * width)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def jpeg(preview: bytes = b"") -> bytes:
    """Return the frame of a JPEG of two scans, with a preview within where one is given."""

    def segment(marker: int, data: bytes) -> bytes:
        return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data

    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8" + segment(0xE1, b"Exif\0\0" + preview) + scan + scan + b"\xff\xd9"


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64
GOOD = {"pdf": pdf(), "png": png(), "jpeg": jpeg(preview=jpeg())}
BAD: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "is empty", "est vide"),
    "too large": (pdf() + b" " * LARGEST, "larger than 10 MB", "dépasse 10 Mo"),
    "a PDF cut off": (pdf()[:-8], "end of this file is missing", "La fin de ce fichier manque"),
    "a JPEG cut off": (jpeg(jpeg())[:-3], "end of this file is missing", "fin de ce fichier"),
    "a PNG cut off": (png()[:-4], "end of this file is missing", "La fin de ce fichier manque"),
    "a photo of a telephone": (HEIC, "HEIC photo", "photo HEIC"),
    "a page": (b"<html><script>alert(1)</script>", "not a PDF, JPEG or PNG", "pas un fichier PDF"),
    "a program": (b"MZ\x90\0" * 100, "not a PDF, JPEG or PNG", "pas un fichier PDF"),
}
"""Contents, and words of the sentence that refuses them, in English and in French."""


def upload(content: bytes, name: str = "scan.pdf") -> SimpleUploadedFile:
    """Return a file as a form posts it."""
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def opened(content: bytes) -> BytesIO:
    """Return contents to read."""
    return BytesIO(content)


@pytest.fixture
def disk(tmp_path: Path, settings: Settings) -> Path:
    """Keep what is sent in a folder of this test, and return the folder."""
    folder = tmp_path / "documents"
    settings.DOCUMENT_STORE = Disk(folder)
    return folder
