"""A call that an agent notes is a conversation like every other, and whoever calls is checked."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from parvis.casework.contacts.services import record
from parvis.casework.enquiries import facts, services
from parvis.casework.enquiries.giving import take_back_idle
from parvis.casework.enquiries.knowing import Known, Said, known_by
from parvis.casework.enquiries.models import Conversation, Message
from parvis.casework.enquiries.noting import Call, Then, note_call
from parvis.casework.enquiries.selectors import noted_call
from parvis.casework.enquiries.status import Channel, Proof, Status, Writing
from parvis.casework.events import log
from parvis.casework.people.policies import ActRefused
from parvis.lib.references import enquiry_number
from tests.casework.contacts.telling import ANSWERED, call
from tests.casework.enquiries.asking import AT, at_work, came, given, mail, open_lines
from tests.casework.lines.opening import agent, opened
from tests.filing import RECEIVED, client, filed
from tests.working import waiting

pytestmark = pytest.mark.django_db
DAY = date(2024, 1, 12)
CALL = Call(
    channel=Channel.PHONE,
    line="general",
    language="fr",
    topic="status",
    asked="Où en est sa demande ?",
    told="À l’étude.",
)


@pytest.fixture(autouse=True)
def _lines() -> None:
    open_lines()


def told(conversation: int) -> list[object]:
    return [one.fact for one in log.history(conversation)]


def test_a_call_that_ended_is_a_conversation_that_is_closed() -> None:
    nora = at_work()
    row = note_call(call=CALL, form="f", by=nora, at=AT).conversation
    asked, ours = row.message_set.order_by("id")
    assert (row.channel, row.status, row.language, row.confidence) == (
        Channel.PHONE,
        Status.CLOSED,
        "fr",
        None,
    )
    assert (asked.writing, asked.said, ours.writing, ours.said) == (
        Writing.IN,
        CALL.asked,
        Writing.TOLD,
        CALL.told,
    )
    assert told(row.pk) == [
        facts.EnquiryReceived(channel="phone", line="general", language="fr", topic="status"),
        facts.CallNoted(counts=True),
        facts.EnquiryAnswered(message=ours.pk),
        facts.EnquiryClosed(),
    ]
    assert not waiting(services.SEND)


def test_a_call_may_come_back_on_a_day_and_is_answered_by_word_of_mouth() -> None:
    nora, due = at_work(), AT + timedelta(days=2)
    later = replace(CALL, told="", then=Then.LATER, on=due.date(), due_at=due, phone="+16135550100")
    row = note_call(call=later, form="f", by=nora, at=AT).conversation
    assert (row.status, row.returns_at, row.answered_at) == (Status.LATER, due, None)
    assert take_back_idle(at=due) == 1
    again = given(nora, due)
    assert again.pk == row.pk
    services.answer(conversation=row.pk, words="On l’a rappelée.", by=nora, at=due)
    row.refresh_from_db()
    assert (row.status, row.answered_at) == (Status.ANSWERED, due)
    assert row.message_set.latest("id").writing == Writing.TOLD
    assert not waiting(services.SEND)


def test_another_line_takes_a_call_on() -> None:
    opened("ukraine", channels={"email": "ukraine@parvis.example.org"})
    nora = at_work()
    handed = replace(CALL, then=Then.HANDED, hand_to="ukraine")
    row = note_call(call=handed, form="f", by=nora, at=AT).conversation
    assert (row.line, row.status) == ("ukraine", Status.WAITING)
    received, *_, last = told(row.pk)
    assert received.line == "general"  # type: ignore[attr-defined]
    assert last == facts.EnquiryTransferred(line="ukraine")
    own = note_call(call=replace(handed, hand_to="general"), form="g", by=nora, at=AT)
    assert given(nora).pk == own.conversation.pk


def test_somebody_at_a_counter_is_no_call() -> None:
    row = note_call(
        call=replace(CALL, channel=Channel.WALK_IN, contact="c1"), form="f", by=at_work(), at=AT
    ).conversation
    assert row.contact == ""
    assert not any(isinstance(one, facts.CallNoted) for one in told(row.pk))


@pytest.mark.parametrize(
    "wrong",
    [
        {"asked": " "},
        {"told": ""},
        {"line": "parliamentary"},
        {"then": Then.LATER},
        {"then": Then.LATER, "on": DAY, "due_at": AT - timedelta(days=1)},
        {"then": Then.HANDED, "hand_to": "no-such-line"},
        {"asked": "x" * 20_001},
    ],
)
def test_what_lacks_is_said_and_nothing_is_kept(wrong: dict[str, object]) -> None:
    with pytest.raises(ActRefused):
        note_call(call=replace(CALL, **wrong), form="f", by=at_work(), at=AT)  # type: ignore[arg-type]
    assert not Conversation.objects.exists()


def test_who_answers_on_no_line_notes_nothing() -> None:
    with pytest.raises(ActRefused):
        note_call(call=CALL, form="f", by=agent("otto"), at=AT)


def test_the_same_form_twice_is_one_call_and_the_same_call_is_noted_once() -> None:
    nora = at_work()
    first = note_call(call=replace(CALL, contact="c1"), form="f", by=nora, at=AT)
    again = note_call(call=replace(CALL, contact="c1"), form="f", by=nora, at=AT)
    assert (again.again, again.conversation.pk) == (True, first.conversation.pk)
    with pytest.raises(ActRefused) as refused:
        note_call(call=replace(CALL, contact="c1"), form="g", by=nora, at=AT)
    number = enquiry_number(first.conversation.pk)
    assert number in refused.value.reason.en
    assert noted_call("c1") == number
    assert (noted_call("c2"), noted_call("")) == (None, None)


@pytest.mark.parametrize(
    ("contact", "line", "counts"),
    [("c1", "general", False), ("", "general", False), ("", "ukraine", True)],
    ids=["tied to a call", "on a line of the telephone", "on a line that it tells nothing of"],
)
def test_whether_a_call_counts_from_its_note_is_kept_with_it(
    contact: str, line: str, counts: bool
) -> None:
    opened("ukraine")
    nora = at_work(on=line)
    told_at = AT - timedelta(days=1)
    record(call("c0", ANSWERED, line="general", since=told_at), source="acd", at=AT)
    row = note_call(
        call=replace(CALL, line=line, contact=contact), form="f", by=nora, at=AT
    ).conversation
    assert facts.CallNoted(contact=contact or None, counts=counts) in told(row.pk)


def test_who_calls_is_known_as_far_as_what_they_say_agrees() -> None:
    nora, (_, ada) = at_work(), client("ada@example.net", name="Zoë Ada-Example")
    file = filed(client=ada)
    said = Said(number=file.number, name="zoe ada example")
    by = {"by": nora, "at": AT}
    number = Known(Proof.NUMBER, ada, file.pk)
    assert known_by(said, channel=Channel.PHONE, **by) == number  # type: ignore[arg-type]
    day = replace(said, received_on=DAY)
    checked = Known(Proof.AGENT, ada, file.pk)
    assert known_by(day, channel=Channel.PHONE, **by) == checked  # type: ignore[arg-type]
    seen = replace(said, document_seen=True)
    assert known_by(seen, channel=Channel.WALK_IN, **by) == checked  # type: ignore[arg-type]
    # Nobody sees a document over the phone.
    assert known_by(seen, channel=Channel.PHONE, **by) == number  # type: ignore[arg-type]
    row = note_call(call=replace(CALL, known=checked), form="f", **by).conversation  # type: ignore[arg-type]
    assert (row.proof, row.client, row.application) == (Proof.AGENT, ada, file.pk)


def test_wrong_answers_are_refused_alike_and_lock_the_number_for_a_day() -> None:
    nora, (_, ada) = at_work(), client("ada@example.net")
    file, nobodys = filed(client=ada), filed()
    right = Said(number=file.number, name="Ada Example", received_on=DAY)

    def check(said: Said, days: int = 0) -> Known | str:
        try:
            return known_by(said, channel=Channel.PHONE, by=nora, at=AT + timedelta(days=days))
        except ActRefused as refused:
            return refused.reason.en

    wrong = {
        check(replace(right, name="Zoe Example")),
        check(replace(right, received_on=RECEIVED.date() + timedelta(days=1))),
        check(replace(right, number=nobodys.number)),
        check(replace(right, number="P0000000000")),
        check(replace(right, name="")),
    }
    assert len(wrong) == 1
    for _ in range(2):
        check(replace(right, name="Eve"))
    assert "tomorrow" in str(check(right))
    assert isinstance(check(right, days=2), Known)


def test_a_call_and_a_mail_of_one_client_become_one_and_those_of_strangers_do_not() -> None:
    nora, (_, ada) = at_work(), client("ada@example.net")
    file = filed(client=ada)
    mailed = came(mail(vouched=True))
    assert mailed.client == ada
    known = Known(Proof.AGENT, ada, file.pk)
    of_ada, of_nobody, nor_of_them = (
        note_call(
            call=replace(CALL, then=Then.HANDED, hand_to="general", known=one),
            form=f"f{n}",
            by=nora,
            at=AT,
        ).conversation
        for n, one in enumerate((known, Known(), Known()))
    )
    have = Conversation.objects.filter(pk__in=[of_ada.pk, of_nobody.pk])
    have.update(status=Status.GIVEN, agent=nora.pk, given_at=AT, returns_at=AT)
    for other in (mailed, nor_of_them):
        with pytest.raises(ActRefused):
            services.merge(conversation=of_nobody.pk, into=other.pk, by=nora, at=AT)
    into = services.merge(conversation=of_ada.pk, into=mailed.pk, by=nora, at=AT)
    assert Message.objects.filter(conversation=into, writing=Writing.TOLD).count() == 1


def test_a_mail_without_a_sender_does_not_get_into_a_call() -> None:
    row = note_call(call=CALL, form="a", by=at_work(), at=AT).conversation
    other = came(mail("Hello", address="", subject=f"[{enquiry_number(row.pk)}]"))
    assert other.pk != row.pk
    assert Message.objects.filter(conversation=row, writing=Writing.IN).count() == 1
