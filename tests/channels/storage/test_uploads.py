"""What comes in with a post: onto the disk, never more than shows that it is too much."""

import errno
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig

from parvis.casework.documents.contents import LARGEST, MEGABYTE
from parvis.casework.documents.store import StoreFailed
from parvis.channels.storage.uploads import LARGEST_POST, Limited


@pytest.fixture
def handler() -> Iterator[Limited]:
    one = Limited()
    one.new_file("files", "scan.pdf", "application/pdf", None)
    yield one
    one.upload_interrupted()


def test_a_post_of_the_largest_answer_is_read_and_one_byte_more_is_not(handler: Limited) -> None:
    handler.handle_raw_input(None, {}, LARGEST_POST, b"x")
    with pytest.raises(RequestDataTooBig):
        handler.handle_raw_input(None, {}, LARGEST_POST + 1, b"x")


def test_of_a_file_too_large_one_byte_more_than_the_largest_is_written(handler: Limited) -> None:
    for start in range(0, LARGEST + 5 * MEGABYTE, MEGABYTE):
        handler.receive_data_chunk(b"x" * MEGABYTE, start)
    assert handler.file_complete(LARGEST + 5 * MEGABYTE).size == LARGEST + 1
    assert handler.file.seek(0, 2) == LARGEST + 1


def test_a_full_disk_is_told(handler: Limited, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(handler.file.file, "write", full)
    with pytest.raises(StoreFailed, match="No space left"):
        handler.receive_data_chunk(b"x", 0)
