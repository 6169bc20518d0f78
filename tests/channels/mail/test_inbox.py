"""Bounces are read from a real mailbox over IMAP, and taken out of it once they were acted on."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from parvis.casework.notices.status import Verdict
from parvis.casework.notices.ways import Returned
from parvis.channels.mail.inbox import Unreadable
from tests.channels.mail.bounces import MAILS
from tests.mailing import deliver, mailbox

NAME = "2a-mfrggzdfmztwq2lk"


def test_mail_is_read_acted_on_and_gone(tmp_path: Path) -> None:
    taken: list[Returned] = []
    with mailbox(tmp_path) as (inbox, folder):
        assert inbox.empty(taken.extend) == 0
        deliver(folder, *(made(NAME).encode() for made, _, _ in MAILS.values()), b"", b"\xff\x00")
        assert inbox.empty(taken.extend) == len(MAILS) + 2
        assert sum(one.verdict is Verdict.RETURNED for one in taken) == 5
        assert inbox.empty(taken.extend) == 0


def test_what_could_not_be_acted_on_stays_to_be_read_again(tmp_path: Path) -> None:
    def fail(mails: Sequence[Returned]) -> None:
        raise ZeroDivisionError

    taken: list[Returned] = []
    with mailbox(tmp_path) as (inbox, folder):
        deliver(folder, MAILS["qmail's text"][0](NAME).encode())
        with pytest.raises(ZeroDivisionError):
            inbox.empty(fail)
        assert inbox.empty(taken.extend) == 1
    assert taken == [Returned(Verdict.RETURNED, NAME, "5.1.1")]
    with pytest.raises(Unreadable, match=r"127\.0\.0\.1"):
        inbox.empty(taken.extend)
