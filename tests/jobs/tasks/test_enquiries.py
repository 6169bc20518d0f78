"""A conversation by mail on real servers: asked, given, answered, sent once, whoever is killed."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from parvis.casework.enquiries import services
from parvis.casework.enquiries.facts import ReplySent
from parvis.casework.enquiries.mails import Incoming
from parvis.casework.enquiries.models import Conversation, Message
from parvis.casework.enquiries.sending import send_all
from parvis.casework.enquiries.status import Status, Writing
from parvis.casework.events import log
from parvis.channels.mail.replying import Replies
from parvis.jobs.tasks import enquiries
from parvis.jobs.tasks.enquiries import take_mails
from parvis.lib import clock
from parvis.lib.references import enquiry_number
from tests.casework.conftest import committed  # noqa: F401 - a fixture
from tests.casework.enquiries.asking import at_work, given, open_lines
from tests.mailing import MAILBOX, SENDER, SmtpServer, deliver, mailbox

pytestmark = pytest.mark.django_db


def asked(text: str, **head: str) -> bytes:
    mail = EmailMessage()
    told = {"From": "ada@example.net", "To": "enquiries@parvis.example.org", "Subject": "My file"}
    for name, value in (told | {"Message-ID": f"<{time.time_ns()}@example.net>"} | head).items():
        mail[name] = value
    mail.set_content(text)
    return mail.as_bytes()


def test_a_conversation_goes_there_and_back(tmp_path: Path, settings: object) -> None:
    open_lines()
    nora = at_work()
    server = SmtpServer(tmp_path / "out").start()
    settings.ENQUIRY_POST = Replies(server.server, sender=SENDER, mailbox=MAILBOX)  # type: ignore[attr-defined]
    try:
        with mailbox(tmp_path) as (inbox, folder):
            first = asked("Where is my file?")
            deliver(folder, first, first, asked("x", Subject="Other", From="zoe@example.net"))
            assert inbox.hand_in(take_mails) == 3
            assert inbox.hand_in(take_mails) == 0
            assert Conversation.objects.count() == 2
            row = given(nora, clock.now())
            services.answer(conversation=row.pk, words="Soon.", by=nora, at=clock.now())
            assert send_all(now=clock.now) == 1
            assert send_all(now=clock.now) == 0
            [ours] = server.mails()
            assert ours["To"] == row.address
            assert enquiry_number(row.pk) in ours["Subject"]
            assert ours["In-Reply-To"] == f"<{row.message_set.order_by('id')[0].message_id}>"
            assert "Auto-Submitted" not in ours
            back = {"In-Reply-To": ours["Message-ID"], "Subject": f"Re: {ours['Subject']}"}
            deliver(folder, asked("Thank you.", From=row.address, **back))
            inbox.hand_in(take_mails)
            row.refresh_from_db()
            assert (row.status, row.message_set.count()) == (Status.WAITING, 3)
    finally:
        server.stop()


def test_one_mail_that_nobody_understands_keeps_no_other_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is put by, as is what a machine wrote to nobody; the others are taken in."""
    open_lines()
    reads = enquiries.read_asked

    def read(content: bytes, **known: Any) -> Incoming:
        if b"strange" in content:
            raise ValueError("as nobody foresaw")
        return reads(content, **known)

    monkeypatch.setattr(enquiries, "read_asked", read)
    with mailbox(tmp_path) as (inbox, folder):
        news = asked("Buy", **{"List-Id": "<news.example.net>"})
        deliver(folder, asked("Where is my file?"), asked("strange"), news, asked("And mine?"))
        assert inbox.hand_in(take_mails) == 4
        assert inbox.hand_in(take_mails) == 0
        assert Conversation.objects.count() == 2
        put_by = list[bytes]()
        replace(inbox, folder=inbox.written).hand_in(
            lambda mails: [put_by.append(one) is None for one in mails]
        )
        assert sorted(b"strange" in one for one in put_by) == [False, True]


def test_while_no_server_is_there_answers_wait(tmp_path: Path, settings: object) -> None:
    open_lines()
    nora = at_work()
    server = SmtpServer(tmp_path / "out")
    settings.ENQUIRY_POST = Replies(server.server, sender=SENDER, mailbox=MAILBOX)  # type: ignore[attr-defined]
    take_mails([asked("Where is my file?")])
    row = given(nora, clock.now())
    services.answer(conversation=row.pk, words="Soon.", by=nora, at=clock.now())
    assert send_all(now=clock.now) == 0
    message = Message.objects.get(writing=Writing.OUT)
    assert (message.sent_at, message.repeats) == (None, 0)
    assert message.try_at is not None
    assert message.try_at > clock.now()
    Message.objects.filter(pk=message.pk).update(try_at=clock.now())
    server.start()
    try:
        assert send_all(now=clock.now) == 1
    finally:
        server.stop()
    assert len(server.mails()) == 1


def test_an_address_that_is_none_has_an_agent_look_for_another_way(
    tmp_path: Path, settings: object
) -> None:
    open_lines()
    nora = at_work()
    server = SmtpServer(tmp_path / "out").start()
    settings.ENQUIRY_POST = Replies(server.server, sender=SENDER, mailbox=MAILBOX)  # type: ignore[attr-defined]
    take_mails([asked("Hello", From="nobody@example.net")])
    row = given(nora, clock.now())
    services.answer(conversation=row.pk, words="Soon.", by=nora, at=clock.now())
    try:
        assert send_all(now=clock.now) == 0
    finally:
        server.stop()
    row.refresh_from_db()
    assert row.status == Status.WAITING
    assert Message.objects.get(writing=Writing.OUT).returned_at is not None


_SENDS = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "parvis.config.settings"
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = os.environ["TEST_NAME"]
from parvis.casework.enquiries.sending import send_all
from parvis.channels.mail.replying import Replies
from parvis.channels.mail.smtp import Server
from parvis.lib import clock
settings.ENQUIRY_POST = Replies(
    Server(host="127.0.0.1", port=int(os.environ["TEST_PORT"]), security="none"),
    sender="Parvis <no-reply@parvis.example.org>", mailbox="bounces@parvis.example.org",
)
print("ready", flush=True)
send_all(now=clock.now)
"""


def test_a_worker_killed_while_the_server_takes_an_answer_repeats_it_under_its_own_name(
    committed: None,  # noqa: F811 - that fixture
    tmp_path: Path,
    settings: object,
) -> None:
    open_lines()
    nora = at_work()
    server = SmtpServer(tmp_path / "out").start()
    take_mails([asked("Hello", From="slow@example.net")])
    row = given(nora, clock.now())
    services.answer(conversation=row.pk, words="Soon.", by=nora, at=clock.now())
    told = os.environ | {
        "TEST_NAME": connection.settings_dict["NAME"],
        "TEST_PORT": str(server.port),
    }
    try:
        process = subprocess.Popen([sys.executable, "-c", _SENDS], env=told)
        deadline = time.monotonic() + 60
        while not server.mails():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert Message.objects.get(writing=Writing.OUT).sent_at is None
        settings.ENQUIRY_POST = Replies(server.server, sender=SENDER, mailbox=MAILBOX)  # type: ignore[attr-defined]
        while not send_all(now=clock.now):
            assert time.monotonic() < deadline
            time.sleep(0.2)
        assert send_all(now=clock.now) == 0
    finally:
        server.stop()
    first, second = server.mails()
    assert first["Message-ID"] == second["Message-ID"]
    message = Message.objects.get(writing=Writing.OUT)
    assert message.repeats == 1
    [*_, last] = log.history(row.pk)
    assert last.fact == ReplySent(message=message.pk, repeats=1)
