"""The second wall around enquiries: even a query that asks for all gets what the asker may see."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser

from parvis.casework.enquiries import services
from parvis.casework.enquiries.asking import ask
from parvis.casework.enquiries.knowing import Known
from parvis.casework.enquiries.mails import Attached
from parvis.casework.enquiries.models import Attachment, Conversation, Message
from parvis.casework.enquiries.noting import Call, Then, note_call
from parvis.casework.enquiries.opening import Asked
from parvis.casework.enquiries.selectors import queues
from parvis.casework.enquiries.status import Channel, Proof, Writing
from parvis.casework.events.wall import ASKER, nobody_asks
from parvis.casework.people.models import User
from parvis.casework.people.roles import Role
from parvis.lib import clock
from parvis.lib.references import enquiry_number
from tests.behind_wall import wall  # noqa: F401 - a fixture
from tests.casework.enquiries.asking import AT, at_work, came, given, mail, open_lines
from tests.casework.lines.opening import staff
from tests.filing import client, filed
from tests.sending import disk, pdf  # noqa: F401 - a fixture
from tests.web.serving import static_files  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk", "static_files")]
READS = {
    "enquiries": "SELECT id FROM enquiries_conversation",
    "what was written": "SELECT DISTINCT conversation_id FROM enquiries_message",
    "documents": "SELECT conversation_id FROM enquiries_attachment a JOIN enquiries_message m"
    " ON m.id = a.message_id",
    "documents alone": "SELECT DISTINCT CASE WHEN name ~ 'ada' THEN 1 ELSE 2 END"
    " FROM enquiries_attachment",
}
ASKED = Asked(channel=Channel.FORM, address="", subject="My file", said="Where is it?")


class House:
    """Two clients who asked by the form with a document, a stranger's mail, and an agent."""

    def __init__(self) -> None:
        open_lines()
        self.nora = at_work()
        self.users: list[User] = []
        self.enquiries: list[int] = []
        for name in ("ada", "zoe"):
            user, known = client(f"{name}@example.org")
            filed(client=known)
            paper = Attached(name=f"{name}.pdf", content=pdf())
            taken = ask(asked=ASKED, form=name, attached=[paper], by=user, at=AT)
            self.users.append(user)
            self.enquiries.append(taken.conversation.pk)
        self.strangers = came(mail(attached=(Attached(name="x.pdf", content=pdf()),))).pk


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=1))
    return House()


def tell(user: User | None) -> None:
    """Tell the database who asks."""
    with connection.cursor() as cursor:
        told = f"{user.pk},{user.role}" if user else ""
        cursor.execute("SELECT set_config(%s, %s, false)", [ASKER, told])


def seen(what: str, user: User | None) -> set[int]:
    """Return what a query without any condition shows to somebody."""
    tell(user)
    with connection.cursor() as cursor:
        cursor.execute(READS[what])
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.usefixtures("house", "wall")
@pytest.mark.parametrize("what", ["enquiries", "what was written", "documents"])
def test_all_enquiries_are_no_more_than_what_one_may_see(what: str, house: House) -> None:
    [ada, zoe], [adas, zoes] = house.users, house.enquiries
    assert seen(what, None) == set()
    assert (seen(what, ada), seen(what, zoe)) == ({adas}, {zoes})
    for role in Role:
        everything = {adas, zoes, house.strangers} if role in ("agent", "supervisor") else set()
        assert seen(what, staff(f"a-{role}", role)) == everything, role


@pytest.mark.usefixtures("house", "wall")
def test_a_document_without_its_message_is_read_by_its_client_alone(house: House) -> None:
    [ada, zoe] = house.users
    shown = [seen("documents alone", one) for one in (ada, zoe, house.nora, None)]
    assert shown == [{1}, {2}, {1, 2}, set()]


@pytest.mark.usefixtures("house", "wall")
def test_a_key_shows_no_enquiry() -> None:
    system = staff("system", Role.SYSTEM)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [ASKER, f"{system.pk},system,*"])
        cursor.execute(READS["enquiries"])
        assert cursor.fetchall() == []


def test_notes_are_for_those_who_answer(house: House, request: pytest.FixtureRequest) -> None:
    ada, [adas, _] = house.users[0], house.enquiries
    services.add_note(conversation=adas, words="Friendly.", by=house.nora, at=AT)
    request.getfixturevalue("wall")
    for user, shown in ((ada, [Writing.IN]), (house.nora, [Writing.IN, Writing.NOTE])):
        tell(user)
        rows = Message.objects.filter(conversation=adas).order_by("id")
        assert list(rows.values_list("writing", flat=True)) == shown


@pytest.mark.parametrize("proof", Proof)
def test_a_client_reads_what_it_is_known_that_they_asked(
    proof: Proof, house: House, request: pytest.FixtureRequest
) -> None:
    """Whoever knew a name and a number and called may have been somebody else."""
    [ada, _], [adas, _] = house.users, house.enquiries
    known = Conversation.objects.get(pk=adas).client
    who = Known(proof, known) if proof is not Proof.NONE else Known()
    said = Call(
        channel=Channel.PHONE,
        line="general",
        language="en",
        asked="Where?",
        told="Here.",
        known=who,
    )
    call = note_call(call=said, form="f", by=house.nora, at=AT).conversation.pk
    request.getfixturevalue("wall")
    theirs = {adas, call} if proof in ("mail", "signed-in", "agent") else {adas}
    assert seen("enquiries", ada) == seen("what was written", ada) == theirs


@pytest.mark.parametrize("behind", [False, True], ids=["no wall", "the second wall alone"])
@pytest.mark.parametrize("where", ["enquiries/{}/", "documents/{}/"])
def test_a_desk_that_forgot_to_ask_who_comes_shows_nobody_elses_enquiry(
    where: str,
    behind: bool,
    house: House,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("parvis.web.support.desk.user_may", lambda _act, _user: True)
    Attachment.objects.update(scan="clean")
    parts = [enquiry_number(one) for one in (*house.enquiries, house.strangers)]
    if "documents" in where:
        parts = [str(pk) for pk in Attachment.objects.order_by("id").values_list("pk", flat=True)]
    if behind:
        request.getfixturevalue("wall")
    ada = Browser()
    ada.force_login(house.users[0])
    found = [ada.get(f"/en/support/{where.format(one)}") for one in parts]
    for one in found:
        assert one.getvalue() if one.streaming else one.content
    assert [one.status_code for one in found] == [200, *(404 if behind else 200,) * 2]


@pytest.mark.usefixtures("house", "wall")
def test_whoever_comes_asks_by_the_form_behind_it(house: House) -> None:
    nobody_asks()
    stranger = replace(ASKED, address="pat@example.net")
    paper = [Attached(name="one.pdf", content=pdf())]
    first = ask(asked=stranger, form="f", attached=paper, by=None, at=AT)
    again = ask(asked=stranger, form="f", attached=paper, by=None, at=AT)
    assert (first.again, again.again) == (False, True)
    assert first.conversation.pk == again.conversation.pk
    assert seen("enquiries", None) == set()
    page = Browser().post(
        "/en/enquiries/new/", {"email": "pat@example.net", "words": "Where is my file?"}
    )
    assert page.status_code == 200
    assert b"Q0" in page.content
    assert len(seen("enquiries", house.nora)) == 5


@pytest.mark.usefixtures("house", "wall")
def test_who_sees_the_queues_and_reads_no_enquiry_sees_how_much_waits() -> None:
    tell(staff("ann", Role.ANALYST))
    assert not Conversation.objects.exists()
    [line] = queues(now=AT, since=AT)
    assert (line.line, line.waiting) == ("general", 3)
    assert not Conversation.objects.exists()
    browser = Browser()
    browser.force_login(staff("eve", Role.ANALYST))
    page = browser.get("/en/support/queues/").content.decode()
    assert re.search(r'class="waiting"[^>]*>\s*(<strong>)?3\b', page)


@pytest.mark.usefixtures("house", "wall")
def test_an_agent_does_everything_behind_it(house: House) -> None:
    nora = Browser()
    nora.force_login(house.nora)
    answer = nora.post("/en/support/next/")
    where = answer["Location"]
    assert nora.get(where).status_code == 200
    for act, what in (
        ("note", {"note": "Friendly."}),
        ("topic", {"topic": "status", "language": "en"}),
        ("answer", {"words": "Soon.", "seen": "1"}),
    ):
        assert nora.post(f"{where}{act}/", what).status_code == 302, act
    tell(house.nora)
    row = given(house.nora, AT)
    call = Call(
        channel=Channel.WALK_IN,
        line="general",
        language="en",
        asked="Where?",
        then=Then.HANDED,
        hand_to="general",
    )
    note_call(call=call, form="f", by=house.nora, at=AT)
    services.close(conversation=row.pk, by=house.nora, at=AT)
