"""Somebody asks and an agent answers, in a real browser and both languages, looked at by axe."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from parvis.casework.enquiries.models import Conversation, Message
from parvis.casework.enquiries.status import Status, Writing
from parvis.casework.lines import services as lines
from parvis.casework.people.models import User
from parvis.casework.people.roles import Role
from parvis.casework.people.services import add_user
from parvis.lib import clock
from parvis.lib.text import LANGUAGES, Language
from tests.casework.enquiries.asking import came, mail
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
    "right": {"en": "Put it right", "fr": "Corriger"},
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


def test_a_supervisor_sees_the_queues(arrive: Callable[..., Page], language: Language) -> None:
    agent()
    came(mail(SAYS["where"][language]), at=clock.now())
    add_user(email="eve@example.org", password=PASSWORD, role=Role.SUPERVISOR, at=RECEIVED)
    for width in (360, 1280):
        page = arrive("support/queues/", "eve@example.org", width=width)
        seen(page)
        expect(page.locator(".waiting").filter(has_text="1")).to_have_count(1)
    assert Conversation.objects.get().status == Status.WAITING
