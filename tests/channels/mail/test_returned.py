"""What comes back is understood, whoever wrote it, and garbage does no harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.casework.notices.status import Verdict
from parvis.channels.mail.returned import read_returned
from tests.channels.mail.bounces import MAILS

NAME = "2a-mfrggzdfmztwq2lk"


@pytest.mark.parametrize("what", MAILS)
def test_each_mail_is_what_it_is(what: str) -> None:
    made, verdict, code = MAILS[what]
    found = read_returned(made(NAME).encode())
    assert (found.verdict, found.code, found.name) == (verdict, code, NAME)


def test_a_mail_that_names_nothing_of_ours_has_no_name() -> None:
    mail = b"From: MAILER-DAEMON@example.net\nSubject: failure notice\n\nNo."
    assert read_returned(mail).name is None


@given(st.binary(max_size=2_000))
def test_garbage_is_read_as_something(content: bytes) -> None:
    assert read_returned(content).verdict in Verdict


@given(st.data())
def test_a_bounce_that_was_cut_or_changed_is_read_as_something(data: st.DataObject) -> None:
    made, _, _ = MAILS[data.draw(st.sampled_from(sorted(MAILS)))]
    content = bytearray(made(NAME).encode())
    for _ in range(data.draw(st.integers(0, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    assert read_returned(bytes(content[:cut])).verdict in Verdict
