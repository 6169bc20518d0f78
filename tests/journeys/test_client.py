"""A client signs in, understands whose turn it is, changes the language, signs out."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.filing import ASK, OPEN, PASSWORD, client, filed, officer
from tests.journeys.barriers import has_no_barrier, violations
from tests.journeys.entering import come_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


def sign_in(page: Page, server: LiveServer, email: str) -> None:
    page.goto(f"{server.url}/en/")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_client_follows_their_file_in_both_languages(
    browser: Browser, live_server: LiveServer, scripts: bool
) -> None:
    _, subject = client("ada@example.org")
    number = filed(OPEN, ASK, client=subject).number
    page = browser.new_context(viewport=PHONE, java_script_enabled=scripts).new_page()
    sign_in(page, live_server, "ada@example.org")
    page.get_by_role("link", name="Send a police certificate").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Send a police certificate")
    expect(page.get_by_text("It is your turn.")).to_be_visible()

    page.get_by_role("link", name="Français").click()
    expect(page).to_have_url(f"{live_server.url}/fr/applications/{number}/")
    expect(page.get_by_text("C’est à vous d’agir.")).to_be_visible()

    page.get_by_role("link", name="Se déconnecter").click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page).to_have_url(f"{live_server.url}/fr/signed-out/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre session est fermée")
    page.goto(f"{live_server.url}/fr/applications/{number}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")
    page.context.close()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_page_has_a_barrier_or_spills_over(
    browser: Browser, live_server: LiveServer, language: str
) -> None:
    _, subject = client("ada@example.org")
    number = filed(OPEN, ASK, client=subject).number
    page = browser.new_context().new_page()
    public = ("", "sign-in/", "nothing/", "status/", "processing-times/", "accessibility/")
    for path in (*public, "privacy/", "signed-out/", "components/"):
        page.goto(f"{live_server.url}/{language}/{path}")
        has_no_barrier(page, path)
    come_in(page.context, live_server, "ada@example.org")
    for address in ("applications/", f"applications/{number}/"):
        page.goto(f"{live_server.url}/{language}/{address}")
        has_no_barrier(page, address)
    page.context.close()


def test_larger_text_does_not_break_the_page(browser: Browser, live_server: LiveServer) -> None:
    _, subject = client("ada@example.org")
    number = filed(OPEN, ASK, client=subject).number
    page = browser.new_context(viewport=PHONE, bypass_csp=True).new_page()
    come_in(page.context, live_server, "ada@example.org")
    page.goto(f"{live_server.url}/fr/applications/{number}/")
    page.add_style_tag(content="html { font-size: 200%; }")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.context.close()


def test_the_keyboard_reaches_everything_beginning_with_the_way_past_the_head(
    browser: Browser, live_server: LiveServer
) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{live_server.url}/en/")
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
    assert reached == ["Skip to the main content", "Parvis", "Français", "Sign in"]
    page.context.close()


def test_an_officer_finds_a_file_by_its_number(browser: Browser, live_server: LiveServer) -> None:
    officer()
    number = filed(OPEN).number
    page = browser.new_context().new_page()
    sign_in(page, live_server, "officer@example.org")
    assert violations(page) == ""
    page.get_by_label("Number").fill(number)
    page.get_by_role("button", name="Find").click()
    expect(page).to_have_url(f"{live_server.url}/en/applications/{number}/")
    expect(page.get_by_text(number).first).to_be_visible()
    page.context.close()


def test_pages_have_their_style_and_their_letters(
    browser: Browser, live_server: LiveServer
) -> None:
    page = browser.new_context().new_page()
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("response", lambda answer: failed.append(answer.url) if answer.status > 399 else None)
    page.goto(f"{live_server.url}/en/", wait_until="networkidle")
    assert failed == []
    assert page.evaluate("document.fonts.check('700 20px Lato')")
    assert page.evaluate("getComputedStyle(document.querySelector('.button')).color") == (
        "rgb(255, 255, 255)"
    )
    page.context.close()
