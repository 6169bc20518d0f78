"""Clients read their own enquiries, and write again: nobody else's, and nothing of the house."""

from dataclasses import asdict

import pytest

from parvis.casework.enquiries import facts, services
from parvis.casework.enquiries.asking import ask
from parvis.casework.enquiries.mails import Attached
from parvis.casework.enquiries.models import Attachment, Conversation, Message
from parvis.casework.enquiries.opening import Asked
from parvis.casework.enquiries.own import (
    is_out_of_sight,
    own_enquiries,
    own_enquiry,
    write_again,
)
from parvis.casework.enquiries.receiving import Sort
from parvis.casework.enquiries.status import Channel, Proof, Status, Writing
from parvis.casework.events import log
from parvis.casework.people.models import User
from parvis.casework.people.policies import ActRefused
from parvis.lib.references import enquiry_number
from tests.casework.enquiries.asking import AT, at_work, came, given, mail, open_lines
from tests.filing import client, officer
from tests.sending import disk, pdf  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lines() -> None:
    open_lines()


@pytest.fixture
def ada() -> User:
    return client("ada@example.net")[0]


def asked(user: User | None, said: str = "Where is it?", form: str = "f1") -> Conversation:
    told = Asked(channel=Channel.FORM, address="ada@example.net", subject="File", said=said)
    return ask(asked=told, form=form, by=user, at=AT).conversation


def test_a_client_reads_what_they_asked_and_what_was_answered_and_nothing_of_the_house(
    ada: User,
) -> None:
    nora, row = at_work(), asked(ada)
    services.add_note(conversation=row.pk, words="Careful.", by=nora, at=AT)
    services.answer(conversation=given(nora).pk, words="Soon.", by=nora, at=AT)
    Message.objects.create(
        conversation=row, writing=Writing.MACHINE, message_id="m@x", said="Away", at=AT
    )
    [brief] = own_enquiries(ada, most=5)
    assert (brief.id, brief.status, brief.answered_at) == (row.pk, Status.ANSWERED, AT)
    found = own_enquiry(row.pk, ada)
    assert found is not None
    assert [(one.writing, one.said) for one in found.written] == [
        (Writing.IN, "Where is it?"),
        (Writing.OUT, "Soon."),
    ]
    assert (found.agent, found.seen_by, found.others) == (None, None, ())
    assert {one.author for one in found.written} == {None}
    assert "Careful" not in str(asdict(found))


@pytest.mark.parametrize("proof", Proof)
def test_only_what_is_known_to_be_theirs_is_shown(ada: User, proof: Proof) -> None:
    row = asked(ada)
    Conversation.objects.filter(pk=row.pk).update(proof=proof)
    shown = proof in {Proof.MAIL, Proof.SIGNED_IN, Proof.AGENT}
    assert bool(own_enquiries(ada, most=5)) is shown
    assert (own_enquiry(row.pk, ada) is not None) is shown


def test_what_a_stranger_wrote_in_their_name_is_not_theirs(ada: User) -> None:
    came(mail(vouched=False))
    asked(None)
    assert own_enquiries(ada, most=5) == []
    assert [own_enquiry(one.pk, ada) for one in Conversation.objects.order_by("pk")] == [None] * 2


def test_somebody_elses_is_answered_like_one_that_is_not_there(ada: User) -> None:
    row = asked(ada)
    zoe, _ = client("zoe@example.net")
    for other in (zoe, officer(), at_work()):
        assert own_enquiries(other, most=5) == []
        assert own_enquiry(row.pk, other) is None
        with pytest.raises(ActRefused) as refused:
            write_again(conversation=row.pk, words="Hello", form="f2", by=other, at=AT)
    with pytest.raises(ActRefused) as missing:
        write_again(conversation=10**9, words="Hello", form="f2", by=zoe, at=AT)
    assert "no such enquiry" in missing.value.reason.en
    assert own_enquiry(10**9, ada) is None
    assert row.message_set.count() == 1
    assert refused.value.reason.en


def test_who_writes_again_opens_it_again_once(ada: User, disk: object) -> None:  # noqa: F811
    nora, row = at_work(), asked(ada)
    services.answer(conversation=given(nora).pk, words="Soon.", by=nora, at=AT)
    paper = [Attached(name="a.pdf", content=pdf())]
    more = {"conversation": row.pk, "words": "How soon?", "by": ada, "at": AT}
    assert write_again(form="f2", attached=paper, **more) is Sort.MORE
    assert write_again(form="f2", attached=paper, **more) is Sort.AGAIN
    row.refresh_from_db()
    assert (row.status, row.message_set.count()) == (Status.WAITING, 3)
    last = row.message_set.latest("id")
    assert (last.said, last.address, last.copies) == ("How soon?", "ada@example.net", 1)
    assert log.history(row.pk)[-1].fact == facts.MessageReceived(message=last.pk, channel="form")
    [paper_kept] = Attachment.objects.filter(message=last)
    assert paper_kept.name == "a.pdf"
    # Another form is another message: two questions of ours may have one answer.
    assert write_again(form="f3", **more) is Sort.MORE


def test_what_is_said_in_two_enquiries_is_said_in_both(ada: User) -> None:
    first, second = asked(ada), asked(ada, "And this?", "f2")
    for form, row in (("f3", first), ("f4", second)):
        sort = write_again(conversation=row.pk, words="Thank you.", form=form, by=ada, at=AT)
        assert sort is Sort.MORE
        assert row.message_set.count() == 2


def test_who_writes_again_is_in_even_where_answers_go_elsewhere(ada: User) -> None:
    """An agent checked who wrote from another address: the enquiry is theirs all the same."""
    row = came(mail(address="work@example.com"))
    theirs = asked(ada)
    Conversation.objects.filter(pk=row.pk).update(proof=Proof.AGENT, client=theirs.client)
    assert write_again(conversation=row.pk, words="Me.", form="f5", by=ada, at=AT) is Sort.MORE
    assert row.message_set.count() == 2


def test_words_that_name_another_enquiry_stay_where_they_were_written(ada: User) -> None:
    zoe, _ = client("zoe@example.net")
    told = Asked(channel=Channel.FORM, address="", subject="", said="Mine")
    others = ask(asked=told, form="z", by=zoe, at=AT).conversation
    row = asked(ada)
    said = f"[{enquiry_number(others.pk)}] Re: yours"
    write_again(conversation=row.pk, words=said, form="f6", by=ada, at=AT)
    assert (row.message_set.count(), others.message_set.count()) == (2, 1)


def test_what_was_merged_is_read_and_written_where_it_goes_on(ada: User) -> None:
    nora, first, second = at_work(), asked(ada), asked(ada, "And this?", "f2")
    services.merge(conversation=given(nora).pk, into=second.pk, by=nora, at=AT)
    assert [one.id for one in own_enquiries(ada, most=5)] == [second.pk]
    found = own_enquiry(first.pk, ada)
    assert found is not None
    assert (found.brief.id, len(found.written)) == (second.pk, 2)
    third = asked(ada, "And that?", "f3")
    services.merge(conversation=second.pk, into=third.pk, by=nora, at=AT)
    again = own_enquiry(first.pk, ada)
    assert again is not None
    assert (again.brief.id, len(again.written)) == (third.pk, 3)
    assert not is_out_of_sight(first.pk, ada)
    zoe, _ = client("zoe@example.net")
    assert own_enquiry(first.pk, zoe) is None
    with pytest.raises(ActRefused):
        write_again(conversation=first.pk, words="Hm?", form="f4", by=ada, at=AT)


def test_what_goes_on_where_nobody_knows_who_asked_is_out_of_sight(ada: User) -> None:
    nora, first, second = at_work(), asked(ada), came(mail())
    services.merge(conversation=given(nora).pk, into=second.pk, by=nora, at=AT)
    assert own_enquiry(first.pk, ada) is None
    assert is_out_of_sight(first.pk, ada)
    zoe, _ = client("zoe@example.net")
    for id_, user in ((first.pk, zoe), (second.pk, ada), (10**9, ada), (first.pk, nora)):
        assert not is_out_of_sight(id_, user)
