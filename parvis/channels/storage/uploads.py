"""How files of a post come in: into temporary files, and never more than an answer may hold.

Both doors that take posts (pages and API) have it by the settings.
"""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from parvis.casework.documents.contents import LARGEST, MEGABYTE, MOST
from parvis.casework.documents.store import StoreFailed

LARGEST_POST = MOST * LARGEST + MEGABYTE
"""Bytes: the files of one answer, and what a form says around them."""


class Limited(TemporaryFileUploadHandler):
    """Refuses a post that is too large before it is read, and the rest of a file too large."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],
        content_length: int,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Refuse a post that is larger than any answer may be."""
        if content_length > LARGEST_POST:
            raise RequestDataTooBig("a post is larger than any answer may be")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write no more than shows that a file is too large; whoever checks it will say so."""
        room = LARGEST + 1 - start
        if room <= 0:
            return None
        try:
            return super().receive_data_chunk(raw_data[:room], start)
        except OSError as error:
            raise StoreFailed(error.strerror) from error

    def file_complete(self, file_size: int) -> Any:
        """Return the file, as long as it was written."""
        return super().file_complete(min(file_size, LARGEST + 1))
