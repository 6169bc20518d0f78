"""Mail goes out by a real server: what it says of itself, and what each failure means."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from parvis.casework.enquiries.mails import Reply
from parvis.casework.notices.ways import Letter, NotNow, Refused, Unreachable, Unsure
from parvis.channels.mail.replying import Replies
from parvis.channels.mail.smtp import Server, Smtp
from tests.mailing import MAILBOX, SENDER, SmtpServer

NAME = "2a-mfrggzdfmztwq2lk"


def letter(address: str = "ada@example.org", subject: str = "Du nouveau pour vous – été") -> Letter:
    return Letter(NAME, address, "fr", subject, "Bonjour,\n\nété", "<p>Bonjour</p>")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmtpServer]:
    made = SmtpServer(tmp_path_factory.mktemp("smtp")).start()
    yield made
    made.stop()


def test_a_mail_says_that_a_machine_wrote_it_and_where_it_returns_to(server: SmtpServer) -> None:
    carrier = server.carrier
    for _ in range(2):
        carrier.send(letter())
    carrier.close()
    first, again = server.mails()[-2:]
    assert first["X-Return-Path"] == f"bounces+{NAME}@parvis.example.org"
    assert first["Message-ID"] == again["Message-ID"] == f"<{NAME}@parvis.example.org>"
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["X-Auto-Response-Suppress"] == "All"
    assert (first["To"], first["From"]) == ("ada@example.org", SENDER)
    assert (first["Subject"], first["Content-Language"]) == ("Du nouveau pour vous – été", "fr")
    text, html = (first.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert text.get_content().split() == ["Bonjour,", "été"]


@pytest.mark.parametrize(
    "address",
    [
        "ada@example.org\r\nBcc: eve@example.org",
        "ada@example.org\nSubject: other",
        "ada@example.org, eve@example.org",
        "ada@example.org\r\nRCPT TO:<eve@example.org>",
        "ada",
        "",
    ],
)
def test_an_address_that_is_more_than_one_is_refused(server: SmtpServer, address: str) -> None:
    before = len(server.mails())
    with pytest.raises(Refused):
        server.carrier.send(letter(address))
    assert len(server.mails()) == before


def test_a_subject_with_a_line_break_is_refused(server: SmtpServer) -> None:
    with pytest.raises(Refused):
        server.carrier.send(letter(subject="News\r\nBcc: eve@example.org"))


def test_a_refusal_for_good_says_why_and_the_line_goes_on(server: SmtpServer) -> None:
    carrier = server.carrier
    with pytest.raises(Refused) as refused:
        carrier.send(letter("nobody@example.org"))
    assert refused.value.code == "5.1.1"
    with pytest.raises(NotNow):
        carrier.send(letter("later@example.org"))
    carrier.send(letter())
    carrier.close()


def test_of_a_line_whose_address_the_server_refuses_alone_answers_wait(server: SmtpServer) -> None:
    door = Replies(server.server, sender=SENDER, mailbox=MAILBOX)
    reply = Reply(
        message_id="enquiry.1@parvis.example.org",
        answers="",
        sender="mistyped@parvis.example.org",
        address="ada@example.org",
        subject="Your file",
        language="en",
        text="Soon.",
    )
    with pytest.raises(NotNow):
        door.reply(reply)
    before = len(server.mails())
    door.reply(replace(reply, sender="line@parvis.example.org"))
    door.close()
    assert len(server.mails()) == before + 1


def test_a_server_that_is_not_there_is_unreachable_and_one_that_comes_back_is_found(
    tmp_path: Path,
) -> None:
    made = SmtpServer(tmp_path / "mails")
    carrier = made.carrier
    with pytest.raises(Unreachable):
        carrier.send(letter())
    made.start()
    carrier.send(letter())
    made.stop()
    with pytest.raises(Unreachable):
        carrier.send(letter())
    SmtpServer(tmp_path / "mails", made.port).start().stop()


def test_a_line_that_breaks_after_the_message_was_handed_over_leaves_it_unsure() -> None:
    door = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        line, _ = door.accept()
        with line, line.makefile("rwb") as both:
            for answer in (b"220 hello", b"250 hello", b"250 ok", b"250 ok", b"354 go on"):
                both.write(answer + b"\r\n")
                both.flush()
                if answer != b"354 go on":
                    both.readline()
            while both.readline().strip() != b".":
                pass

    thread = Thread(target=serve)
    thread.start()
    port = door.getsockname()[1]
    carrier = Smtp(
        Server(host="127.0.0.1", port=port, security="none"), sender=SENDER, mailbox=MAILBOX
    )
    with pytest.raises(Unsure):
        carrier.send(letter())
    thread.join()
    door.close()
