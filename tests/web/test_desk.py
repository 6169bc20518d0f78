"""The desk loses nothing that was typed, and answers nothing that was not shown."""

import html
import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client as Browser

from parvis.casework.enquiries import services
from parvis.casework.enquiries.asking import ask
from parvis.casework.enquiries.giving import FOR_SO_LONG
from parvis.casework.enquiries.models import Conversation, Message
from parvis.casework.enquiries.opening import Asked
from parvis.casework.enquiries.status import Channel, Status, Writing
from parvis.casework.people.models import User
from parvis.lib import clock
from parvis.lib.references import enquiry_number
from parvis.lib.text import LANGUAGES, Language
from parvis.web.support.words import STATUSES
from tests.casework.enquiries.asking import AT, at_work, came, given, mail, open_lines
from tests.filing import client, filed
from tests.web.test_public_pages import structure

pytestmark = pytest.mark.django_db
HALF = "Dear Ada,\n\nhalf <b>an answer</b>"
SAYS = {
    "again": {"en": "They wrote again meanwhile.", "fr": "La personne a récrit entre-temps."},
    "empty": {"en": "Write something first.", "fr": "Écrivez d’abord quelque chose."},
    "note": {"en": "Your note is kept.", "fr": "Votre note est conservée."},
    "gone": {"en": "Leave what you wrote as a note", "fr": "Laissez votre texte en note"},
}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    open_lines()
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def nora() -> User:
    return at_work()


@pytest.fixture
def row(nora: User) -> Conversation:
    """Return a mail that an agent has."""
    came(mail())
    return given(nora)


def signed_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def desk(one: Conversation, page: Language = "en") -> str:
    """Return the address of an enquiry on the desk."""
    return f"/{page}/support/enquiries/{enquiry_number(one.pk)}/"


def drawn(answer: HttpResponse) -> str:
    return answer.content.decode()


def field(page: str, name: str) -> str | None:
    """Return what stands in a field of a page, as a browser reads it; None where it has none."""
    area = re.search(rf'<textarea[^>]* name="{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    if area:
        return html.unescape(area[1])
    line = re.search(rf'<input[^>]* name="{name}"[^>]* value="([^"]*)"', page)
    return html.unescape(line[1]) if line else None


def writes_again(one: Conversation) -> None:
    came(mail("And another thing", subject=f"Re: {enquiry_number(one.pk)}"))


@pytest.mark.parametrize("page", LANGUAGES)
def test_a_message_that_came_meanwhile_is_shown_before_anything_is_sent(
    nora: User, row: Conversation, page: Language
) -> None:
    browser, where = signed_in(nora), desk(row, page)
    first = drawn(browser.get(where))
    assert re.findall(r'name="seen" value="(\d+)"', first) == ["1", "1", "1"]
    writes_again(row)
    half = {"words": HALF, "note": "Called.", "seen": "1"}
    # Drawn anew for a reply the page has the message, but nobody was told of it.
    again = drawn(browser.post(where, half | {"look": "yes", "find": "passport"}))
    assert (field(again, "seen"), field(again, "note")) == ("1", "Called.")
    for act, told in (
        ("answer", half),
        ("answer", {"words": HALF, "note": "Called."}),
        ("close", {"seen": "1"}),
        ("follow-up", {"seen": "1", "on": "2024-03-08"}),
    ):
        refused = browser.post(f"{where}{act}/", told)
        shown = drawn(refused)
        assert (refused.status_code, SAYS["again"][page] in shown) == (422, True)
        assert "And another thing" in shown
        assert field(shown, "seen") == "2"
        for name in {"words", "note", "on"} & set(told):
            assert field(shown, name) == told[name]
    # What is wrong besides takes nothing for seen.
    assert field(drawn(browser.post(f"{where}follow-up/", {"seen": "1", "on": ""})), "seen") == "1"
    assert not Message.objects.filter(writing=Writing.OUT).exists()
    assert browser.post(f"{where}answer/", half | {"seen": "2"}).status_code == 302
    assert Message.objects.get(writing=Writing.OUT).said == HALF
    row.refresh_from_db()
    assert row.status == Status.ANSWERED


@pytest.mark.parametrize("page", LANGUAGES)
def test_a_note_keeps_the_answer_that_is_half_typed(
    nora: User, row: Conversation, page: Language
) -> None:
    browser, where = signed_in(nora), f"{desk(row, page)}note/"
    half = {"words": HALF.replace("\n", "\r\n"), "seen": "1"}
    refused = browser.post(where, half | {"note": " \n"})
    shown = drawn(refused)
    assert (refused.status_code, SAYS["empty"][page] in shown) == (422, True)
    assert field(shown, "words") == HALF
    long = "x" * 20_001
    assert field(drawn(browser.post(where, half | {"note": long})), "note") == long
    kept = browser.post(where, half | {"note": "Called."})
    shown = drawn(kept)
    assert (kept.status_code, html.escape(SAYS["note"][page]) in shown) == (200, True)
    assert (field(shown, "words"), field(shown, "note")) == (HALF, "")
    assert browser.get(where).headers["Location"] == desk(row, page)
    # Loaded anew, it is posted anew.
    browser.post(where, half | {"note": "Called."})
    assert Message.objects.filter(writing=Writing.NOTE).count() == 1


def test_a_draft_that_nobody_touched_is_drawn_anew(nora: User, row: Conversation) -> None:
    browser, where = signed_in(nora), desk(row)
    draft = field(drawn(browser.get(where)), "words")
    assert draft
    told = {"words": draft, "note": "Called.", "seen": "1"}
    assert "data-typed>" not in drawn(browser.post(f"{where}note/", told))
    assert "data-typed>" not in drawn(browser.post(where, told | {"note": "", "look": "yes"}))
    assert "data-typed>" in drawn(browser.post(where, told | {"note": "", "words": HALF}))


@pytest.mark.parametrize(
    ("act", "name", "typed"), [("link", "application", "P000"), ("follow-up", "on", "2024-03-01")]
)
def test_what_was_refused_stands_where_it_was_typed(
    nora: User, row: Conversation, act: str, name: str, typed: str
) -> None:
    told = {name: typed, "seen": "1"}
    refused = signed_in(nora).post(f"{desk(row)}{act}/", told)
    assert (refused.status_code, field(drawn(refused), name)) == (422, typed)


@pytest.mark.parametrize("page", LANGUAGES)
def test_who_has_it_no_more_is_told_what_to_do_with_what_they_typed(
    nora: User, row: Conversation, page: Language
) -> None:
    services.give_back(conversation=row.pk, by=nora, at=AT)
    browser = signed_in(nora)
    refused = browser.post(f"{desk(row, page)}answer/", {"words": HALF, "seen": "1"})
    shown = drawn(refused)
    assert (refused.status_code, SAYS["gone"][page] in shown) == (422, True)
    assert field(shown, "words") == HALF
    assert "readonly" in shown
    kept = browser.post(f"{desk(row, page)}note/", {"words": HALF, "note": "Mine."})
    assert html.escape(SAYS["note"][page]) in drawn(kept)
    assert field(drawn(kept), "words") == HALF
    # Where nothing was typed, only a script fills in what it kept.
    assert '<div class="fields" hidden>' in drawn(browser.get(desk(row, page)))


def test_putting_a_reply_in_keeps_an_enquiry(
    nora: User, row: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = AT + timedelta(minutes=20)
    monkeypatch.setattr(clock, "now", lambda: later)
    signed_in(nora).get(desk(row))
    row.refresh_from_db()
    assert row.returns_at == AT + FOR_SO_LONG
    signed_in(nora).post(desk(row), {"words": "", "seen": "1", "reply": "status"})
    row.refresh_from_db()
    assert row.returns_at == later + FOR_SO_LONG


def test_who_puts_two_together_goes_on_with_the_other(nora: User, row: Conversation) -> None:
    other = came(mail("More"))
    answer = signed_in(nora).post(f"{desk(row)}merge/", {"into": enquiry_number(other.pk)})
    assert answer.headers["Location"] == desk(other)
    other.refresh_from_db()
    assert (other.status, other.agent) == (Status.GIVEN, nora.pk)


def question(user: User, said: str, form: str) -> Conversation:
    told = Asked(channel=Channel.FORM, address="", subject="", said=said)
    return ask(asked=told, form=form, by=user, at=AT).conversation


@pytest.mark.parametrize("page", LANGUAGES)
def test_a_question_that_became_part_of_another_leads_there(nora: User, page: Language) -> None:
    ada, _ = client("ada@example.net")
    first, second = question(ada, "One?", "f1"), question(ada, "Two?", "f2")
    services.merge(conversation=given(nora).pk, into=second.pk, by=nora, at=AT)
    browser = signed_in(ada)
    old, new = (f"/{page}/enquiries/{enquiry_number(one.pk)}/" for one in (first, second))
    assert browser.get(old).headers["Location"] == new
    sent = browser.post(f"{old}write/", {"words": "Three?", "form": "9" * 32})
    assert (sent.status_code, sent.headers["Location"]) == (302, new)
    shown = drawn(browser.get(new))
    assert all(words in shown for words in ("One?", "Two?", "Three?"))


def test_a_question_that_goes_on_out_of_sight_says_so_and_keeps_what_was_typed(nora: User) -> None:
    ada, known = client("ada@example.net")
    filed(client=known)
    first = question(ada, "One?", "f1")
    services.merge(conversation=given(nora).pk, into=came(mail()).pk, by=nora, at=AT)
    browser, number = signed_in(ada), enquiry_number(first.pk)
    pages = [drawn(browser.get(f"/{one}/enquiries/{number}/")) for one in LANGUAGES]
    assert structure(pages[0]) == structure(pages[1])
    assert "This question goes on elsewhere" in pages[0]
    assert "Cette question se poursuit ailleurs" in pages[1]
    sent = browser.post(f"/en/enquiries/{number}/write/", {"words": HALF, "form": "9" * 32})
    shown = drawn(sent)
    assert (sent.status_code, field(shown, "words")) == (409, HALF)
    assert "We have not received what you wrote yet." in shown
    assert 'action="/en/enquiries/new/"' in shown
    told = {"words": HALF, "form": str(field(shown, "form")), "anyway": "yes"}
    assert browser.post("/en/enquiries/new/", told).status_code == 200
    assert Message.objects.filter(said=HALF).count() == 1
    zoe, _ = client("zoe@example.net")
    assert signed_in(zoe).get(f"/en/enquiries/{number}/").status_code == 404


def test_how_an_enquiry_stands_agrees_in_french_with_what_it_is() -> None:
    """Une demande: it is closed and joined in the feminine."""
    said = {one: text.fr for one, text in STATUSES.items()}
    assert set(said) == set(Status)
    assert (said[Status.CLOSED], said[Status.ANSWERED]) == ("Fermée", "Réponse donnée")
    assert said[Status.MERGED].startswith("Jointe")
