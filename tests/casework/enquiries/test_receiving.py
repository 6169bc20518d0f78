"""Mails become messages of conversations, once each, and no mail opens what is not its sender's."""

from collections import Counter
from datetime import timedelta

import pytest

from parvis.casework.enquiries import facts
from parvis.casework.enquiries.mails import Attached
from parvis.casework.enquiries.models import Attachment, Conversation, Message
from parvis.casework.enquiries.receiving import Sort, take_in
from parvis.casework.enquiries.services import answer
from parvis.casework.enquiries.status import Proof, Scan, Sender, Status, Writing
from parvis.casework.events import log
from parvis.lib.references import enquiry_number
from tests.casework.enquiries.asking import AT, at_work, came, given, mail, open_lines
from tests.casework.lines.opening import opened
from tests.filing import client
from tests.sending import disk, pdf  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lines() -> None:
    open_lines()


def told(conversation: int) -> list[type]:
    return [type(one.fact) for one in log.history(conversation)]


def test_a_mail_begins_a_conversation_on_the_general_line_with_a_promise() -> None:
    row = came(mail())
    assert (row.line, row.status, row.proof) == ("general", Status.WAITING, Proof.NONE)
    assert row.promised_at > AT
    [message] = row.message_set.all()
    assert (message.writing, message.said) == (Writing.IN, "Where is my file?")
    assert told(row.pk) == [facts.EnquiryReceived]


def test_nothing_that_was_written_stands_in_the_log() -> None:
    row = came(mail("My passport is AB123456", subject="Ada Example, born 1990"))
    payloads = " ".join(repr(one.fact) for one in log.history(row.pk))
    for secret in ("AB123456", "Ada", "ada@example.net"):
        assert secret not in payloads


def test_the_same_mail_three_times_is_one() -> None:
    one = mail()
    assert take_in([one, one], at=AT) == {Sort.NEW: 1, Sort.AGAIN: 1}
    assert take_in([one], at=AT) == {Sort.AGAIN: 1}
    assert Message.objects.get().copies == 2
    assert told(Conversation.objects.get().pk) == [facts.EnquiryReceived]


def test_the_same_words_sent_once_more_are_the_same_message_for_a_day() -> None:
    take_in([mail(), mail("Where  is my\nfile?")], at=AT)
    assert take_in([mail()], at=AT + timedelta(hours=23)) == {Sort.AGAIN: 1}
    assert take_in([mail()], at=AT + timedelta(hours=25)) == {Sort.NEW: 1}
    assert take_in([mail(address="zoe@example.net")], at=AT + timedelta(hours=25))[Sort.NEW] == 1


def test_an_answer_goes_on_with_what_it_answers_by_its_headers_or_by_the_number() -> None:
    first = mail()
    row = came(first)
    more = [
        mail("One more thing", refers_to=(first.message_id,)),
        mail("And another", subject=f"Re: [{enquiry_number(row.pk)}]"),
    ]
    assert take_in(more, at=AT) == {Sort.MORE: 2}
    assert row.message_set.count() == 3
    assert told(row.pk) == [facts.EnquiryReceived, *[facts.MessageReceived] * 2]


def test_nobody_joins_a_conversation_of_somebody_else() -> None:
    first = mail()
    row = came(first)
    strangers = [
        mail("Tell me of it", address="eve@example.net", refers_to=(first.message_id,)),
        mail("Tell me", address="eve@example.net", subject=f"[{enquiry_number(row.pk)}]"),
    ]
    assert take_in(strangers, at=AT) == {Sort.NEW: 2}
    assert row.message_set.count() == 1


def test_a_forged_sender_does_not_join_what_is_known_to_be_somebodys() -> None:
    """Not by its number, nor by a mail of theirs, nor in a flood; by one of ours they do."""
    client("ada@example.net")
    nora, first = at_work(), mail(vouched=True)
    row = came(first)
    assert row.proof == Proof.MAIL
    row = answer(conversation=given(nora).pk, words="Soon.", by=nora, at=AT)
    forged = [
        mail("Here is mine", subject=f"[{enquiry_number(row.pk)}]"),
        mail("Here is mine, too", refers_to=(first.message_id,)),
        *(mail(f"Bomb {n}") for n in range(30)),
    ]
    assert take_in(forged, at=AT) == {Sort.NEW: 19, Sort.MORE: 13}
    assert row.message_set.count() == 2
    ours = row.message_set.get(writing=Writing.OUT).message_id
    theirs = [
        mail("Thank you", refers_to=(ours,)),
        mail("And when?", subject=f"[{enquiry_number(row.pk)}]", vouched=True),
    ]
    assert take_in(theirs, at=AT) == {Sort.MORE: 2}
    assert row.message_set.count() == 4


def test_two_answers_on_ones_own_page_may_be_the_same_words() -> None:
    row = came(mail())
    for _ in range(2):
        assert take_in([mail("Yes.", into=row.pk)], at=AT) == {Sort.MORE: 1}
    assert row.message_set.count() == 3


@pytest.mark.parametrize("vouched", [True, False])
def test_only_a_sender_whom_the_server_vouches_for_is_linked_to_a_client(vouched: bool) -> None:
    user, known = client("ada@example.net")
    row = came(mail(vouched=vouched))
    assert (row.client, row.proof) == ((known, Proof.MAIL) if vouched else (None, Proof.NONE))
    assert row.application is None
    assert user.email == row.address


def test_what_a_machine_writes_begins_nothing_and_wakes_nobody() -> None:
    assert take_in([mail(sender=Sender.MACHINE)], at=AT) == {Sort.NOBODYS: 1}
    assert not Conversation.objects.exists()
    nora, asked = at_work(), mail()
    came(asked)
    row = answer(conversation=given(nora).pk, words="Soon.", by=nora, at=AT)
    ours = row.message_set.get(writing=Writing.OUT).message_id
    away = mail("I am away", sender=Sender.MACHINE, refers_to=(ours,))
    assert take_in([away], at=AT) == {Sort.MACHINE: 1}
    row.refresh_from_db()
    assert row.status == Status.ANSWERED
    assert row.message_set.filter(writing=Writing.MACHINE).count() == 1


def test_an_answer_that_came_back_waits_for_an_agent_again() -> None:
    nora = at_work()
    came(mail())
    row = answer(conversation=given(nora).pk, words="Soon.", by=nora, at=AT)
    ours = row.message_set.get(writing=Writing.OUT)
    back = mail("", address="", sender=Sender.BOUNCE, refers_to=(ours.message_id,))
    assert take_in([back], at=AT) == {Sort.BOUNCE: 1}
    row.refresh_from_db()
    ours.refresh_from_db()
    assert (row.status, ours.returned_at) == (Status.WAITING, AT)
    assert told(row.pk)[-1] is facts.EnquiryReturned


def test_a_bounce_of_what_we_never_wrote_wakes_nobody() -> None:
    nora, asked = at_work(), mail()
    came(asked)
    row = answer(conversation=given(nora).pk, words="Soon.", by=nora, at=AT)
    forged = mail("", address="", sender=Sender.BOUNCE, refers_to=(asked.message_id,))
    assert take_in([forged], at=AT) == {Sort.MACHINE: 1}
    row.refresh_from_db()
    assert row.status == Status.ANSWERED


def test_whoever_writes_again_is_waiting_again() -> None:
    nora, asked = at_work(), mail()
    came(asked)
    row = answer(conversation=given(nora).pk, words="Soon.", by=nora, at=AT)
    later = AT + timedelta(days=2)
    take_in([mail("But when?", refers_to=(asked.message_id,))], at=later)
    row.refresh_from_db()
    assert (row.status, row.promised_at > later) == (Status.WAITING, True)


def test_a_flood_from_one_address_goes_on_with_its_newest_conversation() -> None:
    flood = [mail(f"Bomb {n}") for n in range(50)]
    assert take_in(flood, at=AT) == {Sort.NEW: 20, Sort.MORE: 30}
    assert take_in([mail("Bomb 51"), mail("Hi", address="zoe@example.net")], at=AT) == Counter(
        {Sort.MORE: 1, Sort.NEW: 1}
    )


def test_a_mail_to_a_line_of_its_own_goes_there() -> None:
    opened("ukraine", channels={"email": "ukraine@parvis.example.org"}, at=AT - timedelta(days=1))
    row = came(mail(to=("Ukraine@parvis.example.org".lower(),)))
    assert row.line == "ukraine"


def test_documents_are_kept_and_wait_for_the_scanner(disk: object) -> None:  # noqa: F811
    files = (Attached(name="passport.pdf", content=pdf()), Attached(name="x.exe", content=b"MZ"))
    came(mail(attached=files))
    first, second = Attachment.objects.order_by("id")
    assert (first.name, first.media_type, first.scan) == (
        "passport.pdf",
        "application/pdf",
        Scan.WAITING,
    )
    assert second.media_type == ""


def test_what_a_mail_repeats_of_others_is_folded_in_french_too() -> None:
    text = (
        "Merci, mais quand?\n\nLe mer. 6 mars 2024 à 10:22, Centre de soutien"
        " <aide@example.org> a écrit :\n> Votre demande est en cours.\n"
    )
    [message] = came(mail(text)).message_set.all()
    assert message.said.strip() == "Merci, mais quand?"
    assert "Votre demande est en cours." in message.quoted
