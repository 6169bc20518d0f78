"""Bounces are read from a real mailbox over IMAP, and taken out of it once they were acted on."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from imap_tools import MailBoxUnencrypted

from parvis.casework.notices.status import Verdict
from parvis.casework.notices.ways import Returned
from parvis.channels.mail.inbox import Unreadable
from parvis.channels.mail.returned import LARGEST, read_returned
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


def test_what_a_person_wrote_is_kept_for_people_and_what_a_machine_wrote_is_not(
    tmp_path: Path,
) -> None:
    taken: list[Returned] = []
    with mailbox(tmp_path) as (inbox, folder):
        for what in ("somebody's own answer", "a vacation answer", "qmail's text"):
            deliver(folder, MAILS[what][0](NAME).encode())
        assert inbox.empty(taken.extend) == 3
        assert inbox.empty(taken.extend) == 0
        # A second one, in a folder that is there by now.
        deliver(folder, b"From: ada@example.org\nSubject: Absence of news\n\nWhere is my file?\n")
        assert inbox.empty(taken.extend) == 1
        with MailBoxUnencrypted(inbox.host, inbox.port).login(
            inbox.user, inbox.password, inbox.written
        ) as box:
            kept = {mail.subject: mail.text for mail in box.fetch(mark_seen=False)}
    assert kept.keys() == {"Re: There is news for you", "Absence of news"}
    assert "Where is my file?" in kept["Absence of news"]
    assert [one.verdict for one in taken].count(Verdict.WRITTEN) == 2


def test_of_a_mail_however_large_no_more_than_its_beginning_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    def read(content: bytes) -> Returned:
        sizes.append(len(content))
        return read_returned(content)

    monkeypatch.setattr("parvis.channels.mail.inbox.read_returned", read)
    taken: list[Returned] = []
    large = MAILS["a report (RFC 3464) to the sealed address"][0](NAME).encode()
    with mailbox(tmp_path) as (inbox, folder):
        deliver(folder, large + b"x" * 2_000_000 + b"\n--b--\n")
        assert inbox.empty(taken.extend) == 1
    assert taken == [Returned(Verdict.RETURNED, NAME, "5.1.1")]
    assert sizes == [LARGEST]
