"""What agents do with an enquiry: each act is a fact, and only whoever has it does it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from parvis.casework.applications.facts import ClientAnswered
from parvis.casework.enquiries import facts, services
from parvis.casework.enquiries.asking import Shown, ask, count_avoided
from parvis.casework.enquiries.mails import Attached
from parvis.casework.enquiries.models import Attachment, Conversation, Message
from parvis.casework.enquiries.opening import Asked
from parvis.casework.enquiries.policies import LONGEST
from parvis.casework.enquiries.recognising import learn, recognised
from parvis.casework.enquiries.status import (
    MOVES,
    TURNS,
    Channel,
    Proof,
    Scan,
    Status,
    Writing,
)
from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.casework.people.policies import ActRefused
from tests.casework.enquiries.asking import AT, at_work, came, given, mail, open_lines
from tests.casework.lines.opening import opened
from tests.filing import ASK, client, filed
from tests.sending import disk, pdf  # noqa: F401 - a fixture
from tests.working import waiting, work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lines() -> None:
    open_lines()


def last(conversation: int) -> object:
    [*_, one] = log.history(conversation)
    return one.fact


def test_an_answer_waits_for_its_job_and_hands_the_turn_over() -> None:
    nora = at_work()
    came(mail())
    row = services.answer(conversation=given(nora).pk, words=" Soon.\r\n ", by=nora, at=AT)
    ours = row.message_set.get(writing=Writing.OUT)
    assert (row.status, row.answered_at, ours.said, ours.try_at) == (
        Status.ANSWERED,
        AT,
        "Soon.",
        AT,
    )
    assert waiting(services.SEND)
    assert last(row.pk) == facts.EnquiryAnswered(message=ours.pk)


@pytest.mark.parametrize("words", ["", "  \n ", "x" * (LONGEST + 1)])
def test_an_answer_says_something_and_not_too_much(words: str) -> None:
    nora = at_work()
    came(mail())
    row = given(nora)
    with pytest.raises(ActRefused):
        services.answer(conversation=row.pk, words=words, by=nora, at=AT)
    assert not Message.objects.filter(writing=Writing.OUT).exists()


def test_who_does_not_have_an_enquiry_does_nothing_with_it() -> None:
    came(mail())
    nora, other = at_work(), at_work("otto")
    row = given(nora)
    for act, what in {
        "answer": {"words": "Hello"},
        "set_topic": {"topic": "status", "language": "en"},
        "link": {"number": "P0000000000"},
        "transfer": {"line": "general"},
        "give_back": {},
        "close": {},
    }.items():
        with pytest.raises(ActRefused):
            getattr(services, act)(conversation=row.pk, by=other, at=AT, **what)
    row.refresh_from_db()
    assert (row.status, row.agent) == (Status.GIVEN, nora.pk)


def test_a_line_that_takes_over_promises_from_when_it_came() -> None:
    opened("ukraine", channels={"email": "ukraine@parvis.example.org"})
    nora, first = at_work(), came(mail())
    later = AT + timedelta(minutes=20)
    row = services.transfer(conversation=given(nora).pk, line="ukraine", by=nora, at=later)
    assert (row.line, row.status) == ("ukraine", Status.WAITING)
    assert row.promised_at < first.promised_at
    with pytest.raises(ActRefused):
        services.transfer(conversation=row.pk, line="ukraine", by=nora, at=later)


def test_two_enquiries_of_one_person_become_one_and_those_of_two_do_not() -> None:
    nora, first = at_work(), came(mail("one"))
    second, stranger = came(mail("two")), came(mail("three", address="zoe@example.net"))
    row = given(nora)
    assert row.pk == first.pk
    with pytest.raises(ActRefused):
        services.merge(conversation=row.pk, into=stranger.pk, by=nora, at=AT)
    into = services.merge(conversation=row.pk, into=second.pk, by=nora, at=AT)
    assert (into.pk, into.message_set.count()) == (second.pk, 2)
    row.refresh_from_db()
    assert (row.status, row.merged_into) == (Status.MERGED, second.pk)
    answer = mail(
        "and more", refers_to=(first.message_set.model.objects.order_by("id")[0].message_id,)
    )
    came(answer)
    assert into.message_set.count() == 3


def test_what_agents_say_is_learned(tmp_path: object, settings: object) -> None:
    settings.TOPIC_MODEL = tmp_path / "topics.npz"  # type: ignore[attr-defined,operator]
    nora = at_work()
    odd = "Glimmer wozzle my frumious bandersnatch"
    assert recognised(odd).topic != "withdraw"
    for n in range(12):
        row = came(mail(f"{odd} {n}", subject=odd, address=f"{n}@example.net"))
        given(nora) if n == 0 else None
        if n == 0:
            services.set_topic(conversation=row.pk, topic="withdraw", language="en", by=nora, at=AT)
            assert waiting(services.LEARN)
        Conversation.objects.filter(pk=row.pk).update(topic="withdraw", confidence=None)
    assert learn() == 12
    assert recognised(f"{odd} 99").topic == "withdraw"


def test_a_document_goes_to_the_application_that_asked_for_it_once_clean(disk: object) -> None:  # noqa: F811
    _, known = client("ada@example.net")
    file = filed(ASK, client=known)
    nora = at_work()
    came(mail(attached=(Attached(name="police.pdf", content=pdf()),)))
    row, paper = given(nora), Attachment.objects.get()
    hand = {"attachment": paper.pk, "document": "police-certificate", "by": nora, "at": AT}
    for ready in (
        lambda: None,
        lambda: services.link(conversation=row.pk, number=file.number, by=nora, at=AT),
    ):
        ready()
        with pytest.raises(ActRefused):
            services.file_document(**hand)
    Attachment.objects.update(scan=Scan.CLEAN)
    services.file_document(**hand)
    assert isinstance(log.history(file.pk)[-1].fact, ClientAnswered)
    with pytest.raises(ActRefused):
        services.file_document(**hand)


def test_the_same_form_twice_is_one_enquiry_and_whose_it_is_is_known() -> None:
    user, known = client("ada@example.net")
    file, other = filed(client=known), filed(client=client("zoe@example.net")[1])
    asked = Asked(
        channel=Channel.FORM,
        address="",
        subject="File",
        said="Where is it?",
        language="fr",
        application=file.pk,
    )
    first = ask(asked=asked, form="f1", by=user, at=AT)
    again = ask(asked=asked, form="f1", by=user, at=AT)
    assert (first.again, again.again, again.conversation.pk) == (False, True, first.conversation.pk)
    row = first.conversation
    assert (row.proof, row.client, row.application) == (Proof.SIGNED_IN, known, file.pk)
    assert row.address == "ada@example.net"
    others = ask(asked=replace(asked, application=other.pk), form="f2", by=user, at=AT)
    assert others.conversation.application is None
    nobody = ask(asked=replace(asked, address="ada@example.net"), form="f3", by=None, at=AT)
    assert (nobody.conversation.proof, nobody.conversation.client) == (Proof.NONE, None)


def test_an_enquiry_that_was_not_needed_is_counted_once_for_its_form() -> None:
    user, _ = client("ada@example.net")
    for _ in range(2):
        count_avoided(shown=Shown("f1", "", "status"), language="en", by=user, at=AT)
    count_avoided(shown=Shown("f2", "", "next-step"), language="fr", by=user, at=AT)
    [ids] = log.subjects(SubjectKind.ENQUIRY, 10)
    assert [[one.fact for one in told] for _, told in log.histories(ids)] == [
        [facts.EnquiryAvoided(line="general", topic="status", language="en")],
        [facts.EnquiryAvoided(line="general", topic="next-step", language="fr")],
    ]


def test_what_agents_say_within_a_minute_is_learned_together() -> None:
    nora = at_work()
    for n in range(3):
        came(mail(f"Where is my file {n}?", address=f"{n}@example.net"))
        row = given(nora)
        services.set_topic(conversation=row.pk, topic="withdraw", language="en", by=nora, at=AT)
        services.close(conversation=row.pk, by=nora, at=AT)
        assert last(row.pk) == facts.EnquiryClosed()
    assert Conversation.objects.filter(topic="withdraw", confidence=None).count() == 3
    assert len(waiting(services.LEARN)) == 1
    assert services.LEARN not in work()
    assert services.LEARN in work(ahead=True)


def test_every_status_has_its_moves_and_its_turn() -> None:
    assert set(MOVES) == set(TURNS) == set(Status)
