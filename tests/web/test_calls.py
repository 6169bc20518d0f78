"""Noting a call: nothing typed is lost, nothing is shown of a file before who calls was checked."""

from typing import Any

import pytest
from django.test import Client as Browser

from parvis.casework.accesses.selectors import accesses_to
from parvis.casework.applications.models import Application
from parvis.casework.contacts.services import record
from parvis.casework.enquiries.models import Conversation
from parvis.casework.enquiries.status import Proof, Status
from parvis.casework.people.models import User
from parvis.casework.people.policies import Capacity
from parvis.lib import clock
from parvis.lib.references import enquiry_number
from tests.casework.contacts.telling import ANSWERED, call
from tests.casework.enquiries.asking import at_work, open_lines
from tests.casework.lines.opening import agent
from tests.filing import ASK, OPEN, client, filed

pytestmark = pytest.mark.django_db
PAGE = "/en/support/calls/new/"
TYPED = {
    "channel": "phone",
    "line": "general",
    "language": "fr",
    "topic": "",
    "asked": "Asked & noted",
    "told": "Told <them>",
    "then": "ended",
}


@pytest.fixture
def nora() -> User:
    open_lines()
    return at_work()


@pytest.fixture
def desk(nora: User) -> Browser:
    browser = Browser()
    browser.force_login(nora)
    return browser


@pytest.fixture
def file() -> Application:
    return filed(OPEN, ASK, client=client("ada@example.net")[1])


def said(browser: Browser, **more: Any) -> tuple[int, str]:
    answer = browser.post(PAGE, TYPED | more)
    return answer.status_code, answer.content.decode()


def test_a_call_is_kept_and_shown(desk: Browser) -> None:
    answer = desk.post(PAGE, TYPED, follow=True)
    row = Conversation.objects.get()
    assert answer.redirect_chain == [(f"/en/support/enquiries/{enquiry_number(row.pk)}/", 302)]
    page = answer.content.decode()
    assert all(one in page for one in ("Asked &amp; noted", "Told &lt;them&gt;", "They asked"))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"asked": " "}, "asked"),
        ({"told": ""}, "told"),
        ({"phone": "12"}, "phone"),
        ({"then": "later"}, "on"),
        ({"then": "later", "on": "2001-01-01"}, "on"),
        ({"then": "later", "on": "9999-12-31x"}, "on"),
        ({"then": "handed", "hand_to": "none"}, "line"),
        ({"line": "parliamentary"}, "line"),
        ({"number": "P0000000422"}, "number"),
        ({"number": "P0000000422", "name": "Eve"}, "number"),
        ({"number": "P1", "name": "Eve", "received_on": "yesterday"}, "number"),
        ({"asked": "x" * 20_001}, "line"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    desk: Browser, wrong: dict[str, str], field: str
) -> None:
    typed = {"asked": "These words", "told": "Those words", "name": "", "phone": ""} | wrong
    status, page = said(desk, **typed)
    assert status == 422
    assert f'href="#id_{field}"' in page
    assert f'id="id_{field}"' in page
    for one in ("asked", "told", "number", "name", "phone"):
        assert typed.get(one, "").strip()[:20_000] in page
    assert not Conversation.objects.exists()


def test_nothing_of_a_file_is_shown_before_who_calls_was_checked(
    desk: Browser, file: Application
) -> None:
    task = "Send a police certificate"
    who = {"number": file.number, "name": "ada EXAMPLE", "check": "yes"}
    status, page = said(desk, **who)
    assert (status, task in page, "you are here" in page) == (200, False, True)
    assert accesses_to(file.pk, most=1) == []
    status, page = said(desk, **who, received_on="2024-01-12")
    assert (status, task in page, "Asked &amp; noted" in page) == (200, True, True)
    [looked] = accesses_to(file.pk, most=2)
    assert looked.capacity == Capacity.AGENT
    assert not Conversation.objects.exists()
    status, page = said(desk, **who | {"name": "Eve Example"})
    assert (status, task in page) == (422, False)
    status, _ = said(desk, **who | {"check": ""}, received_on="2024-01-12")
    row = Conversation.objects.get()
    assert (status, row.proof, row.application) == (302, Proof.AGENT, file.pk)


def test_somebody_at_a_counter_shows_a_document(desk: Browser, file: Application) -> None:
    who = {"number": file.number, "name": "Ada Example", "document_seen": "yes"}
    assert said(desk, **who, channel="walk-in")[0] == 302
    assert said(desk, **who)[0] == 302
    proofs = Conversation.objects.order_by("id").values_list("proof", flat=True)
    assert list(proofs) == [Proof.AGENT, Proof.NUMBER]


def test_a_call_of_the_telephone_system_brings_what_is_known_of_it(desk: Browser) -> None:
    now = clock.now()
    record(call("c-1", ANSWERED, line="general", language="fr"), source="acd", at=now)
    page = desk.get(f"{PAGE}?contact=c-1").content.decode()
    assert "it came on 12 January 2024" in page
    assert '<option value="fr" selected' in page
    assert "has told nothing" in desk.get(f"{PAGE}?contact=c-2").content.decode()
    assert 'name="contact" value=""' in desk.get(f"{PAGE}?contact=a@b.ca").content.decode()
    assert said(desk, contact="c-1")[0] == 302
    row = Conversation.objects.get()
    assert row.contact == "c-1"
    number = enquiry_number(row.pk)
    assert number in desk.get(f"{PAGE}?contact=c-1").content.decode()
    status, page = said(desk, contact="c-1")
    assert (status, number in page) == (422, True)


def test_the_same_form_sent_twice_is_one_call(desk: Browser) -> None:
    form = "0123456789abcdef0123456789abcdef"
    where = {desk.post(PAGE, TYPED | {"form": form})["Location"] for _ in range(2)}
    assert len(where) == Conversation.objects.count() == 1


def test_who_is_called_back_is_told_by_word_of_mouth(desk: Browser, nora: User) -> None:
    said(desk, then="handed", hand_to="general", told="", phone="613 555 0100")
    row = Conversation.objects.get()
    assert (row.status, row.phone) == (Status.WAITING, "+16135550100")
    page = desk.post("/en/support/next/", follow=True).content.decode()
    assert "tel:+16135550100" in page
    assert "Send the answer" not in page
    at = f"/en/support/enquiries/{enquiry_number(row.pk)}/answer/"
    told = {"words": "Called back.", "seen": "1"}
    assert "is noted" in desk.post(at, told, follow=True).content.decode()
    row.refresh_from_db()
    assert row.status == Status.ANSWERED


def test_who_answers_on_no_line_is_told_so_and_who_does_not_answer_finds_nothing() -> None:
    open_lines()
    for user, status in ((agent("otto"), 200), (client("ada@example.net")[0], 404)):
        browser = Browser()
        browser.force_login(user)
        answer = browser.get(PAGE)
        assert answer.status_code == status
        assert b"<textarea" not in answer.content
