"""A file is what it holds, whatever it is called; and it is whole, or refused with a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.casework.documents.contents import (
    CUT_OFF,
    LARGEST,
    FileRefused,
    MediaType,
    media_type_of,
)
from tests.sending import BAD, GOOD, opened, pdf

TYPES = {"pdf": MediaType.PDF, "png": MediaType.PNG, "jpeg": MediaType.JPEG}


@pytest.mark.parametrize("kind", GOOD)
def test_a_whole_file_is_taken_for_what_it_is(kind: str) -> None:
    assert media_type_of(opened(GOOD[kind])) is TYPES[kind]


@pytest.mark.parametrize("what", BAD)
def test_what_we_do_not_take_is_refused_in_both_languages(what: str) -> None:
    content, en, fr = BAD[what]
    with pytest.raises(FileRefused) as caught:
        media_type_of(opened(content))
    assert en in caught.value.reason.en
    assert fr in caught.value.reason.fr


@pytest.mark.parametrize("kind", GOOD)
def test_a_file_cut_off_anywhere_is_not_taken(kind: str) -> None:
    whole = GOOD[kind].rstrip()
    for length in range(1, len(whole) - 1):
        with pytest.raises(FileRefused):
            media_type_of(opened(whole[:length]))


def test_a_preview_does_not_end_its_photo() -> None:
    with pytest.raises(FileRefused) as caught:
        media_type_of(opened(GOOD["jpeg"][:-2]))
    assert caught.value.reason == CUT_OFF


@pytest.mark.parametrize("kind", GOOD)
def test_what_a_telephone_or_mail_adds_at_the_end_does_no_harm(kind: str) -> None:
    assert media_type_of(opened(GOOD[kind] + b"\r\n\0\0")) is TYPES[kind]


def test_the_largest_file_is_taken() -> None:
    tail = b"\n%%EOF"
    whole = pdf()[:-7] + b" " * (LARGEST - len(pdf()) + 7 - len(tail)) + tail
    assert len(whole) == LARGEST
    assert media_type_of(opened(whole)) is MediaType.PDF


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"])
)
def test_anything_at_all_is_taken_or_refused(rest: bytes, begin: bytes) -> None:
    refused: FileRefused | None = None
    try:
        assert media_type_of(opened(begin + rest)) in MediaType
    except FileRefused as error:
        refused = error
    assert refused is None or refused.reason.fr
