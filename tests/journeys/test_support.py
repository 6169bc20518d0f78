"""Somebody asks and an agent answers, in a real browser and both languages, looked at by axe."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from parvis.casework.enquiries import services
from parvis.casework.enquiries.asking import ask
from parvis.casework.enquiries.models import Conversation, Message
from parvis.casework.enquiries.opening import Asked
from parvis.casework.enquiries.status import Channel, Status, Writing
from parvis.casework.lines import services as lines
from parvis.casework.people.models import User
from parvis.casework.people.roles import Role
from parvis.casework.people.services import add_user
from parvis.lib import clock
from parvis.lib.references import enquiry_number
from parvis.lib.text import LANGUAGES, Language
from tests.casework.enquiries.asking import came, given, mail
from tests.filing import ASK, OPEN, PASSWORD, RECEIVED, client, filed
from tests.journeys.test_client import violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SAYS = {
    "ask": {"en": "Send", "fr": "Envoyer"},
    "answered": {"en": "That answers my question", "fr": "Cela répond à ma question"},
    "anyway": {"en": "Send my question all the same", "fr": "Envoyer quand même ma question"},
    "next": {"en": "Give me the next one", "fr": "Donnez-moi la suivante"},
    "send": {"en": "Send the answer", "fr": "Envoyer la réponse"},
    "note": {"en": "Keep the note", "fr": "Conserver la note"},
    "link": {"en": "Link", "fr": "Rattacher"},
    "put by": {"en": "Put it by", "fr": "La mettre de côté"},
    "again": {"en": "They wrote again", "fr": "La personne a récrit"},
    "right": {"en": "Put it right", "fr": "Corriger"},
    "elsewhere": {
        "en": "This question goes on elsewhere",
        "fr": "Cette question se poursuit ailleurs",
    },
    "sent": {"en": "We have your question", "fr": "Nous avons reçu votre question"},
    "helped": {
        "en": "We are glad that it helped",
        "fr": "Nous sommes heureux d’avoir pu vous aider",
    },
    "where": {"en": "Where is my file?", "fr": "Où en est ma demande ?"},
    "task": {"en": "Send a police certificate", "fr": "Envoyez un certificat de police"},
}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    said: Language = request.param
    return said


@pytest.fixture
def arrive(browser: Browser, live_server: LiveServer, language: Language) -> Callable[..., Page]:
    """Return what opens a browser at a page, signed in where an address is given."""

    def opened(
        path: str, email: str | None = None, *, script: bool = True, width: int = 360
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            base_url=f"{live_server.url}/{language}/",
            java_script_enabled=script,
        )
        page = context.new_page()
        page.goto(path if email is None else f"sign-in/?next=/{language}/{path}")
        if email is not None:
            page.fill("#id_login", email)
            page.fill("#id_password", PASSWORD)
            page.press("#id_password", "Enter")
            page.wait_for_url(f"**/{path}")
        return page

    return opened


def seen(page: Page) -> None:
    """See that a page stands well: nothing for axe to find, and nothing that stands out."""
    assert violations(page) == ""
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def ignore(page: Page) -> None:
    """Look at nothing."""


def agent() -> User:
    """Return an agent on the general line, who signs in."""
    lines.open_shipped_lines(at=RECEIVED)
    user = add_user(email="nora@example.org", password=PASSWORD, role=Role.AGENT, at=RECEIVED)
    lines.describe_agent(user=user, languages=LANGUAGES, skills=(), by=None, at=RECEIVED)
    lines.place_agent(line="general", user=user, by=None, at=RECEIVED)
    return user


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_stranger_asks_and_an_agent_answers(
    arrive: Callable[..., Page], language: Language, script: bool
) -> None:
    # Axe is a script itself.
    look = seen if script else ignore
    agent()
    page = arrive("enquiries/new/", script=script)
    look(page)
    ask = page.get_by_role("button", name=SAYS["ask"][language], exact=True)
    ask.click()
    expect(page.get_by_role("alert")).to_be_visible()
    look(page)
    page.fill("#id_email", "pat@example.net")
    page.fill("#words", SAYS["where"][language])
    ask.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SAYS["sent"][language])
    look(page)

    desk = arrive("support/", "nora@example.org", script=script, width=1280)
    look(desk)
    desk.get_by_role("button", name=SAYS["next"][language]).click()
    expect(desk.get_by_text(SAYS["where"][language]).first).to_be_visible()
    look(desk)
    desk.fill("#note", "Friendly.")
    desk.get_by_role("button", name=SAYS["note"][language]).click()
    expect(desk.get_by_text("Friendly.")).to_be_visible()
    # Nobody knows who this is: the draft says nothing of any file.
    assert "P0" not in desk.locator("#words").input_value()
    desk.get_by_role("button", name=SAYS["send"][language]).click()
    desk.wait_for_url("**/support/")
    look(desk)
    assert Message.objects.filter(writing=Writing.OUT).count() == 1


def test_a_client_finds_the_answer_before_they_ask(
    arrive: Callable[..., Page], language: Language
) -> None:
    agent()
    _, known = client("ada@example.org")
    filed(OPEN, ASK, client=known)
    page = arrive("enquiries/new/", "ada@example.org")
    seen(page)
    page.select_option("#topic", "status")
    page.fill("#words", SAYS["where"][language])
    page.get_by_role("button", name=SAYS["ask"][language], exact=True).click()
    expect(page.get_by_text(SAYS["task"][language])).to_be_visible()
    seen(page)
    page.get_by_role("button", name=SAYS["answered"][language]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SAYS["helped"][language])
    seen(page)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(SAYS["helped"][language])
    assert not Conversation.objects.exists()

    page.goto("enquiries/new/")
    page.select_option("#topic", "status")
    page.fill("#words", SAYS["where"][language])
    page.get_by_role("button", name=SAYS["ask"][language], exact=True).click()
    page.get_by_role("button", name=SAYS["anyway"][language]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SAYS["sent"][language])
    desk = arrive("support/", "nora@example.org")
    desk.get_by_role("button", name=SAYS["next"][language]).click()
    draft = desk.locator("#words").input_value()
    assert SAYS["task"][language] in draft
    seen(desk)


@pytest.mark.parametrize("width", [360, 1280])
def test_an_answer_that_is_half_typed_outlives_every_act_of_the_desk(
    arrive: Callable[..., Page], language: Language, width: int
) -> None:
    agent()
    _, known = client("ada@example.net")
    number = filed(OPEN, ASK, client=known).number
    came(mail(SAYS["where"][language]), at=clock.now())
    desk = arrive("support/", "nora@example.org", width=width)
    desk.get_by_role("button", name=SAYS["next"][language]).click()
    row = Conversation.objects.get()

    # Nobody touched the draft: it is another once it is known who asks.
    draft = desk.input_value("#words")
    desk.fill("#application", number)
    desk.get_by_role("button", name=SAYS["link"][language], exact=True).click()
    expect(desk.locator(".kicker").get_by_text(number)).to_be_visible()
    assert SAYS["task"][language] in desk.input_value("#words") != draft

    def press(act: str, role: str, *stands: str) -> None:
        desk.get_by_role("button", name=SAYS[act][language], exact=True).click()
        expect(desk.get_by_role(role).first).to_be_visible()
        assert [desk.input_value(one) for one in ("#words", "#note")] == list(stands)

    half = ("Half an answer", "Half a note")
    desk.fill("#words", half[0])
    desk.fill("#note", half[1])
    desk.select_option("#topic", "status")
    press("right", "status", *half)
    desk.fill("#application", "P0000000000")
    press("link", "alert", *half)
    desk.fill("#on", "2024-01-01")
    press("put by", "alert", *half)
    assert desk.input_value("#application") == "P0000000000"
    seen(desk)
    for _ in LANGUAGES:
        desk.locator("[data-switch]").click()
        desk.wait_for_url(f"**/{enquiry_number(row.pk)}/")
        assert desk.input_value("#words") == half[0]
    press("note", "status", half[0], "")

    # They write again, and it is put to another of theirs: the answer goes along.
    more = mail("More", subject=f"Re: {enquiry_number(row.pk)}", vouched=True)
    came(more, at=clock.now())
    press("send", "alert", half[0], "")
    expect(desk.get_by_role("alert")).to_contain_text(SAYS["again"][language])
    other = came(mail("Another"), at=clock.now())
    desk.goto(f"support/enquiries/{enquiry_number(row.pk)}/")
    desk.fill("#words", "For both")
    desk.get_by_role("button", name=enquiry_number(other.pk)).click()
    desk.wait_for_url(f"**/{enquiry_number(other.pk)}/")
    assert desk.input_value("#words") == "For both"

    # Somebody took it away meanwhile: what was typed can still be copied.
    Conversation.objects.filter(pk=other.pk).update(
        status=Status.WAITING, agent=None, given_at=None, returns_at=None
    )
    press("right", "alert", "For both", "")
    expect(desk.locator("#words")).to_be_visible()
    seen(desk)


def test_a_note_and_half_an_answer_need_no_script(
    arrive: Callable[..., Page], language: Language
) -> None:
    agent()
    came(mail(SAYS["where"][language]), at=clock.now())
    desk = arrive("support/", "nora@example.org", script=False)
    desk.get_by_role("button", name=SAYS["next"][language]).click()
    desk.fill("#words", "Half an answer")
    keep = desk.get_by_role("button", name=SAYS["note"][language])
    for note, role in ((" ", "alert"), ("Called.", "status")):
        desk.fill("#note", note)
        keep.click()
        expect(desk.get_by_role(role)).to_be_visible()
        assert desk.input_value("#words") == "Half an answer"
    assert Message.objects.filter(writing=Writing.NOTE).count() == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_written_into_a_question_out_of_sight_is_sent_as_a_new_one(
    arrive: Callable[..., Page], language: Language, width: int
) -> None:
    nora, now = agent(), clock.now()
    user, _ = client("ada@example.net")
    asked = Asked(channel=Channel.FORM, address="", subject="", said="Where?")
    row = ask(asked=asked, form="f1", by=user, at=now).conversation
    page = arrive(f"enquiries/{enquiry_number(row.pk)}/", "ada@example.net", width=width)
    # Nobody knows who wrote the mail to which an agent puts it while she writes.
    page.fill("#words", "And when?")
    mailed = came(mail(), at=now)
    services.merge(conversation=given(nora, now).pk, into=mailed.pk, by=nora, at=now)
    send = page.get_by_role("button", name=SAYS["ask"][language], exact=True)
    send.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SAYS["elsewhere"][language])
    seen(page)
    send.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SAYS["sent"][language])
    assert Message.objects.filter(said="And when?").count() == 1


def test_a_supervisor_sees_the_queues(arrive: Callable[..., Page], language: Language) -> None:
    agent()
    came(mail(SAYS["where"][language]), at=clock.now())
    add_user(email="eve@example.org", password=PASSWORD, role=Role.SUPERVISOR, at=RECEIVED)
    for width in (360, 1280):
        page = arrive("support/queues/", "eve@example.org", width=width)
        seen(page)
        expect(page.locator(".waiting").filter(has_text="1")).to_have_count(1)
    assert Conversation.objects.get().status == Status.WAITING
