"""What an agent works on stays theirs, is answered as it is by then, and goes on as one of two."""

from datetime import timedelta
from typing import Any

import pytest

from parvis.casework.enquiries import facts, services
from parvis.casework.enquiries.asking import ask
from parvis.casework.enquiries.giving import FOR_SO_LONG, take_back_idle
from parvis.casework.enquiries.knowing import Known
from parvis.casework.enquiries.mails import Attached
from parvis.casework.enquiries.models import Attachment, Conversation, Message
from parvis.casework.enquiries.noting import Call, Then, note_call
from parvis.casework.enquiries.opening import Asked
from parvis.casework.enquiries.status import Channel, Proof, Scan, Status, Writing
from parvis.casework.events import log
from parvis.casework.people.models import User
from parvis.casework.people.policies import ActRefused
from parvis.lib.references import enquiry_number
from tests.casework.enquiries.asking import AT, at_work, came, given, mail, open_lines
from tests.filing import ASK, client, filed
from tests.sending import disk, pdf  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
WORKED = AT + FOR_SO_LONG - timedelta(minutes=1)
"""Just before what was given would go back."""
PHONE = "+16135550123"


@pytest.fixture(autouse=True)
def _lines() -> None:
    open_lines()


@pytest.fixture
def nora() -> User:
    return at_work()


def called(nora: User, client_: int) -> Conversation:
    """Return a call of a client, for a line to take on: they named an application, and no more."""
    call = Call(
        channel=Channel.PHONE,
        line="general",
        language="en",
        asked="Where?",
        phone=PHONE,
        known=Known(Proof.NUMBER, client_),
        then=Then.HANDED,
        hand_to="general",
    )
    return note_call(call=call, form="call", by=nora, at=AT).conversation


def asked(user: User) -> Conversation:
    told = Asked(channel=Channel.FORM, address="", subject="File", said="Where is it?")
    return ask(asked=told, form="f1", by=user, at=AT).conversation


ENDS: dict[str, dict[str, object]] = {
    "answer": {"words": "Soon."},
    "close": {},
    "follow_up": {"on": AT.date(), "due_at": AT + timedelta(days=1)},
}


@pytest.mark.parametrize("act", ENDS)
def test_what_came_while_an_agent_wrote_is_seen_before_the_turn_ends(nora: User, act: str) -> None:
    came(mail())
    row = given(nora)
    came(mail("And another thing", subject=f"Re: {enquiry_number(row.pk)}"))
    end = getattr(services, act)
    with pytest.raises(ActRefused) as refused:
        end(conversation=row.pk, seen=1, by=nora, at=AT, **ENDS[act])
    assert "wrote again" in refused.value.reason.en
    row.refresh_from_db()
    assert (row.status, row.message_set.count()) == (Status.GIVEN, 2)
    end(conversation=row.pk, seen=2, by=nora, at=AT, **ENDS[act])
    row.refresh_from_db()
    assert row.status != Status.GIVEN


def test_a_note_and_a_machine_are_nothing_that_they_wrote(nora: User) -> None:
    came(mail())
    row = given(nora)
    services.add_note(conversation=row.pk, words="Careful.", by=nora, at=AT)
    Message.objects.create(
        conversation=row, writing=Writing.MACHINE, message_id="m@x", said="Away", at=AT
    )
    assert services.close(conversation=row.pk, seen=1, by=nora, at=AT).status == Status.CLOSED


def test_what_another_agent_puts_to_it_is_seen_too(nora: User) -> None:
    """It may have come before the last that was shown."""
    otto = at_work("otto")
    came(mail("one"))
    came(mail("two"))
    first, second = given(otto), given(nora)
    services.merge(conversation=first.pk, into=second.pk, by=otto, at=AT)
    second.refresh_from_db()
    assert (second.status, second.agent) == (Status.GIVEN, nora.pk)
    with pytest.raises(ActRefused):
        services.answer(conversation=second.pk, words="Soon.", seen=1, by=nora, at=AT)
    services.answer(conversation=second.pk, words="Both.", seen=2, by=nora, at=AT)


def test_each_act_keeps_an_enquiry_as_if_it_were_given_now(nora: User, disk: object) -> None:  # noqa: F811
    _, known = client("ada@example.net")
    file = filed(ASK, client=known)
    came(mail(attached=(Attached(name="police.pdf", content=pdf()),)))
    row, paper = given(nora), Attachment.objects.get()
    Attachment.objects.update(scan=Scan.CLEAN)
    of_row = {"conversation": row.pk, "by": nora}
    acts: list[Any] = [
        lambda at: services.set_topic(topic="status", language="en", at=at, **of_row),
        lambda at: services.link(number=file.number, at=at, **of_row),
        lambda at: services.add_note(words="Called.", at=at, **of_row),
        lambda at: services.keep(at=at, **of_row),
        lambda at: services.file_document(
            attachment=paper.pk, document="police-certificate", by=nora, at=at
        ),
    ]
    now = AT
    for act in acts:
        now += FOR_SO_LONG - timedelta(minutes=1)
        assert take_back_idle(at=now) == 0
        act(now)
        row.refresh_from_db()
        assert row.returns_at == now + FOR_SO_LONG
    services.answer(words="Soon.", at=now + FOR_SO_LONG - timedelta(minutes=1), **of_row)


def test_whoever_does_not_have_it_keeps_nothing(nora: User) -> None:
    came(mail())
    row, otto = given(nora), at_work("otto")
    services.add_note(conversation=row.pk, words="Mine?", by=otto, at=WORKED)
    services.keep(conversation=row.pk, by=otto, at=WORKED)
    row.refresh_from_db()
    assert (row.agent, row.returns_at) == (nora.pk, AT + FOR_SO_LONG)
    assert take_back_idle(at=AT + FOR_SO_LONG) == 1
    services.keep(conversation=row.pk, by=nora, at=AT + FOR_SO_LONG)
    row.refresh_from_db()
    assert (row.status, row.returns_at) == (Status.WAITING, None)


def test_a_note_that_is_posted_anew_is_one(nora: User) -> None:
    row, otto = came(mail()), at_work("otto")
    for words, by in (("A", nora), ("A ", nora), ("A", otto), ("B", otto), ("A", nora)):
        services.add_note(conversation=row.pk, words=words, by=by, at=AT)
    notes = row.message_set.filter(writing=Writing.NOTE).order_by("id")
    assert list(notes.values_list("said", "author")) == [
        ("A", nora.pk),
        ("A", otto.pk),
        ("B", otto.pk),
        ("A", nora.pk),
    ]


def test_a_question_put_to_a_call_is_still_answered_to_whoever_wrote(nora: User) -> None:
    ada, known = client("ada@example.net")
    question, call = asked(ada), called(nora, known)
    assert given(nora).pk == question.pk
    services.merge(conversation=question.pk, into=call.pk, by=nora, at=AT)
    call.refresh_from_db()
    assert (call.address, call.phone, call.agent) == ("ada@example.net", PHONE, nora.pk)
    services.answer(conversation=call.pk, words="Soon.", seen=2, by=nora, at=AT)
    said = call.message_set.get(said="Soon.")
    assert (said.writing, said.try_at) == (Writing.OUT, AT)
    question.refresh_from_db()
    assert question.merged_into == call.pk


@pytest.mark.parametrize(("before", "after"), [("", PHONE), ("+14165550199", "+14165550199")])
def test_a_call_put_to_a_question_leaves_its_number_where_there_was_none(
    nora: User, before: str, after: str
) -> None:
    ada, known = client("ada@example.net")
    call, question = called(nora, known), asked(ada)
    Conversation.objects.filter(pk=question.pk).update(phone=before)
    assert given(nora).pk == call.pk
    into = services.merge(conversation=call.pk, into=question.pk, by=nora, at=AT)
    into.refresh_from_db()
    assert (into.address, into.phone) == ("ada@example.net", after)


@pytest.mark.parametrize("stands", ["waiting", "answered", "closed", "later"])
def test_who_puts_two_together_has_the_one_that_goes_on(nora: User, stands: str) -> None:
    came(mail("one"), at=AT - timedelta(days=9))
    other = given(nora, AT - timedelta(days=9))
    end = {"conversation": other.pk, "by": nora, "at": AT - timedelta(days=9)}
    match stands:
        case "waiting":
            services.give_back(**end)
        case "answered":
            services.answer(words="Soon.", **end)
        case "closed":
            services.close(**end)
        case _:
            services.follow_up(on=AT.date(), due_at=AT + timedelta(days=1), **end)
    row = came(mail("two"))
    Conversation.objects.filter(pk=row.pk).update(
        status=Status.GIVEN, agent=nora.pk, given_at=AT, returns_at=AT
    )
    promised = row.promised_at
    into = services.merge(conversation=row.pk, into=other.pk, by=nora, at=AT)
    into.refresh_from_db()
    assert (into.status, into.agent, into.given_at, into.returns_at) == (
        Status.GIVEN,
        nora.pk,
        AT,
        AT + FOR_SO_LONG,
    )
    assert log.history(into.pk)[-1].fact == facts.EnquiryGiven(agent=nora.pk)
    # What had been answered promises anew; what was promised and not answered stays so.
    assert into.promised_at == (promised if stands in {"answered", "closed"} else other.promised_at)
    assert take_back_idle(at=AT + FOR_SO_LONG) == 1
