"""The question at the end goes out by a real server, once, and says what a mail of it must."""

import re
from pathlib import Path

import pytest

from parvis.casework.enquiries import services
from parvis.casework.enquiries.facts import RatingAsked, ReplySent
from parvis.casework.enquiries.models import Message
from parvis.casework.enquiries.rated import question
from parvis.casework.enquiries.rating import RESTS_FOR
from parvis.casework.enquiries.sending import send_all
from parvis.casework.enquiries.status import Status, Writing
from parvis.casework.events import log
from parvis.channels.mail.replying import Replies
from parvis.jobs.tasks import enquiries
from parvis.lib import clock
from parvis.lib.references import enquiry_number
from tests.casework.enquiries.asking import at_work, came, given, mail, open_lines
from tests.mailing import MAILBOX, SENDER, SmtpServer

pytestmark = pytest.mark.django_db
SAYS = {
    "en": ("Where is my file? I have waited for months.", "Did it help?"),
    "fr": ("Où en est ma demande? J’attends depuis des mois.", "aidé"),
}


@pytest.fixture
def server(tmp_path: Path, settings: object) -> SmtpServer:
    found = SmtpServer(tmp_path / "out")
    settings.ENQUIRY_POST = Replies(found.server, sender=SENDER, mailbox=MAILBOX)  # type: ignore[attr-defined]
    return found


def answered(words: str, address: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Have somebody asked and answered by mail; and some days pass."""
    now = clock.now()
    open_lines()
    nora = at_work()
    came(mail(words, subject=words[:20], address=address), at=now)
    row = services.answer(conversation=given(nora, now).pk, words="Soon.", by=nora, at=now)
    assert send_all(now=clock.now) == 1
    monkeypatch.setattr(clock, "now", lambda: now + RESTS_FOR)
    return row.pk


@pytest.mark.parametrize("language", SAYS)
def test_it_is_asked_by_mail_in_their_language_once(
    server: SmtpServer, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    words, asks = SAYS[language]
    server.start()
    try:
        id_ = answered(words, "pat@example.net", monkeypatch)
        for _again in range(2):
            enquiries.ask_whether_it_helped(0)
            enquiries.sweep(0)
    finally:
        server.stop()
    _answer, ours = server.mails()
    assert (ours["To"], ours["Content-Language"]) == ("pat@example.net", language)
    assert (ours["Auto-Submitted"], ours["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
    assert enquiry_number(id_) in ours["Subject"]
    text = ours.get_content()
    assert asks in text
    assert "months" not in text
    assert "mois" not in text
    [link] = re.findall(r"https?://\S+", text)
    assert f"/{language}/enquiries/helped/" in link
    told = question(link.split("/")[-2])
    assert told is not None
    assert not told.rated
    facts = [one.fact for one in log.history(id_)]
    asked = Message.objects.get(writing=Writing.ASK)
    assert facts[-2:] == [RatingAsked(message=asked.pk), ReplySent(message=asked.pk)]


def test_a_worker_that_died_asks_again_under_the_same_name(
    server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.start()
    try:
        answered("Where is it?", "pat@example.net", monkeypatch)
        enquiries.ask_whether_it_helped(0)
        asked = Message.objects.get(writing=Writing.ASK)
        assert send_all(now=clock.now) == 1
        # As a worker leaves it that is killed after the server had it, before it was noted.
        asked.begun_at, asked.try_at = clock.now(), clock.now()
        asked.save(update_fields=["sent_at", "begun_at", "try_at"])
        assert send_all(now=clock.now) == 1
    finally:
        server.stop()
    _answer, first, second = server.mails()
    assert first["Message-ID"] == second["Message-ID"]
    asked.refresh_from_db()
    assert asked.repeats == 1


def test_while_no_server_is_there_it_waits_and_answers_go_first(
    server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.start()
    answered("Where is it?", "pat@example.net", monkeypatch)
    server.stop()
    enquiries.ask_whether_it_helped(0)
    came(mail("Another", address="zoe@example.net"), at=clock.now())
    otto = at_work("otto")
    services.answer(conversation=given(otto, clock.now()).pk, words="Yes.", by=otto, at=clock.now())
    assert send_all(now=clock.now) == 0
    Message.objects.filter(sent_at=None, try_at__isnull=False).update(try_at=clock.now())
    server.start()
    try:
        assert send_all(now=clock.now) == 2
    finally:
        server.stop()
    assert [one["To"] for one in server.mails()[1:]] == ["zoe@example.net", "pat@example.net"]


def test_who_wrote_again_before_it_went_out_is_answered_first(
    server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.start()
    try:
        id_ = answered("Where is it?", "pat@example.net", monkeypatch)
        enquiries.ask_whether_it_helped(0)
        again = mail("Still?", address="pat@example.net", subject=enquiry_number(id_))
        came(again, at=clock.now())
        assert send_all(now=clock.now) == 0
    finally:
        server.stop()
    assert len(server.mails()) == 1


def test_an_address_that_is_none_any_more_gives_nobody_work(
    server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.start()
    try:
        id_ = answered("Where is it?", "pat@example.net", monkeypatch)
        enquiries.ask_whether_it_helped(0)
        asked = Message.objects.get(writing=Writing.ASK)
        asked.conversation.address = "nobody@example.net"
        asked.conversation.save(update_fields=["address"])
        assert send_all(now=clock.now) == 0
    finally:
        server.stop()
    asked.refresh_from_db()
    assert (asked.returned_at, asked.try_at) == (clock.now(), None)
    assert asked.conversation.status == Status.ANSWERED
    assert isinstance(log.history(id_)[-1].fact, RatingAsked)
