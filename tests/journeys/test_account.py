"""Accounts in a real browser: opened by a passkey, kept by a code, in both languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from parvis.lib.text import LANGUAGES
from tests.accounts import PASSWORD, app_code, code_in, link_in
from tests.filing import RECEIVED, client, filed, officer
from tests.journeys.barriers import has_no_barrier, violations
from tests.oidc.running import OFFICER, running

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WORDS = {
    "en": {
        "create": "Create an account",
        "passkey": "Use a passkey instead of a password",
        "address": "E-mail address",
        "go on": "Continue",
        "code": "Code",
        "make": "Make your passkey",
        "sign out": "Sign out",
        "with": "Sign in with a passkey",
        "files": "Your applications",
    },
    "fr": {
        "create": "Créer un compte",
        "passkey": "Utiliser une clé d’accès, sans mot de passe",
        "address": "Adresse de courriel",
        "go on": "Continuer",
        "code": "Code",
        "make": "Créer votre clé d’accès",
        "sign out": "Se déconnecter",
        "with": "Se connecter avec une clé d’accès",
        "files": "Vos demandes",
    },
}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page of a browser whose computer makes passkeys, and whose owner always agrees."""
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    page.context.close()


def button(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def sign_up(page: Page, server: LiveServer, language: str = "en") -> None:
    page.goto(f"{server.url}/{language}/sign-up/")
    page.locator("#id_email").fill("ada@example.org")
    page.locator("#id_password1").fill(PASSWORD)
    page.locator("main .fields button").click()
    page.locator("#id_code").fill(code_in(mail.outbox))
    page.locator("main .fields button").click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_opens_an_account_with_a_passkey_and_comes_back_with_it(
    page: Page, live_server: LiveServer, language: str
) -> None:
    words = WORDS[language]
    page.goto(f"{live_server.url}/{language}/sign-in/")
    page.get_by_role("link", name=words["create"]).click()
    page.get_by_role("link", name=words["passkey"]).click()
    page.get_by_label(words["address"]).fill("ada@example.org")
    button(page, words["go on"])
    page.get_by_label(words["code"]).fill(code_in(mail.outbox))
    button(page, words["go on"])
    button(page, words["make"])
    expect(page.get_by_role("heading", level=1)).to_have_text(words["files"])
    page.get_by_role("link", name=words["sign out"]).click()
    button(page, words["sign out"])
    page.goto(f"{live_server.url}/{language}/sign-in/")
    button(page, words["with"])
    expect(page.get_by_role("heading", level=1)).to_have_text(words["files"])


def confirm(page: Page) -> None:
    """Give the password once more, as is asked before anything that could lock somebody out."""
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main .fields button").click()


def test_an_account_kept_by_an_app_asks_for_its_code_and_takes_each_once(
    page: Page, live_server: LiveServer
) -> None:
    sign_up(page, live_server)
    page.goto(f"{live_server.url}/en/account/app/")
    confirm(page)
    secret = page.locator(".key-text").inner_text()
    page.get_by_label("The code that your app shows").fill(app_code(secret))
    button(page, "Use this app")
    expect(page.get_by_role("heading", level=1)).to_have_text("Spare codes")
    spare = page.locator(".codes code").first.inner_text()
    page.reload()
    expect(page.locator(".codes")).to_have_count(0)

    def again(code: str) -> None:
        page.goto(f"{live_server.url}/en/sign-out/")
        button(page, "Sign out")
        page.goto(f"{live_server.url}/en/sign-in/")
        page.get_by_label("E-mail address").fill("ada@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        button(page, "Sign in")
        page.get_by_label("Code of your app").fill(code)
        button(page, "Continue")

    again(spare)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your applications")
    again(spare)
    expect(page.get_by_role("alert")).to_contain_text("This code is not right")


def test_without_javascript_an_account_is_opened_and_a_file_brought_in(
    browser: Browser, live_server: LiveServer
) -> None:
    from parvis.casework.people.services import register_client  # noqa: PLC0415 - Django is set up

    record = register_client(name="Zoë Nuñez", language="en", user=None, by="test", at=RECEIVED)
    number = filed(client=record.id).number
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_up(page, live_server)
    page.get_by_role("link", name="Add your application").click()
    page.get_by_label("Number").fill(number)
    page.get_by_label("Your full name").fill("zoe nunez")
    page.get_by_label("The day on which").fill("2024-01-12")
    button(page, "Add your application")
    expect(page.get_by_text(number)).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_the_account_has_a_barrier_or_spills_over(  # noqa: PLR0915 - a long walk
    page: Page, live_server: LiveServer, language: str
) -> None:
    here = f"{live_server.url}/{language}"

    def send() -> None:
        page.locator("main .fields button").first.click()

    client("old@example.org")
    for name, path in (
        ("sign-in", "sign-in/"),
        ("sign-up", "sign-up/"),
        ("sign-up-passkey", "sign-up/passkey/"),
        ("forgotten", "password/forgotten/"),
        ("staff", "sign-in/staff/"),
        ("stopped", "sign-in/stopped/"),
        ("dead-link", "password/forgotten/1-nothing/"),
    ):
        page.goto(f"{here}/{path}")
        has_no_barrier(page, name)
    page.goto(f"{here}/sign-up/")
    page.locator("#id_email").fill("ada@example")
    send()
    has_no_barrier(page, "sign-up-wrong")
    page.goto(f"{here}/password/forgotten/")
    page.locator("#id_email").fill("old@example.org")
    send()
    has_no_barrier(page, "forgotten-sent")
    page.goto(link_in(mail.outbox))
    has_no_barrier(page, "new-password")
    page.locator("#id_password1").fill(PASSWORD + "2")
    page.locator("#id_password2").fill(PASSWORD + "2")
    send()
    has_no_barrier(page, "new-password-done")

    page.goto(f"{here}/sign-up/")
    page.locator("#id_email").fill("ada@example.org")
    page.locator("#id_password1").fill(PASSWORD)
    send()
    has_no_barrier(page, "code")
    page.locator("#id_code").fill("WRONG1")
    send()
    has_no_barrier(page, "code-wrong")
    page.locator("#id_code").fill(code_in(mail.outbox))
    send()
    has_no_barrier(page, "no-files")
    page.goto(f"{here}/account/app/")
    has_no_barrier(page, "confirm")
    confirm(page)
    for name, path in (
        ("account", "account/"),
        ("language", "account/language/"),
        ("devices", "account/devices/"),
        ("address", "account/address/"),
        ("password", "account/password/"),
        ("ways", "account/sign-in/"),
        ("passkeys-none", "account/passkeys/"),
        ("passkey-add", "account/passkeys/add/"),
        ("app", "account/app/"),
        ("link", "account/application/"),
    ):
        page.goto(f"{here}/{path}")
        has_no_barrier(page, name)
    send()
    has_no_barrier(page, "link-lacks")
    for wrong in range(6):
        page.locator("#id_number").fill("P0000000422")
        page.locator("#id_name").fill("Somebody")
        page.locator("#id_received_on").fill("2024-01-12")
        send()
        if wrong == 0:
            has_no_barrier(page, "link-refused")
    has_no_barrier(page, "link-locked")
    page.goto(f"{here}/account/passkeys/add/")
    send()
    expect(page.locator(".codes")).to_be_visible()
    has_no_barrier(page, "spare-codes")
    page.goto(f"{here}/account/codes/")
    has_no_barrier(page, "spare-codes-left")
    page.goto(f"{here}/account/codes/new/")
    has_no_barrier(page, "spare-codes-new")
    page.goto(f"{here}/account/passkeys/")
    has_no_barrier(page, "passkeys")
    page.locator("main li a").first.click()
    has_no_barrier(page, "passkey-rename")
    page.goto(f"{here}/account/passkeys/")
    page.locator("main li a").nth(1).click()
    has_no_barrier(page, "passkey-remove")
    page.goto(f"{here}/account/app/")
    page.locator("#id_code").fill(app_code(page.locator(".key-text").inner_text()))
    send()
    has_no_barrier(page, "ways-all")
    page.goto(f"{here}/account/app/remove/")
    has_no_barrier(page, "app-remove")
    for name in ("code", "passkey"):
        page.goto(f"{here}/account/confirm/{name}/")
        has_no_barrier(page, f"confirm-{name}")
    page.goto(f"{here}/sign-out/")
    send()
    page.goto(f"{here}/sign-in/")
    page.locator("#id_login").fill("ada@example.org")
    page.locator("#id_password").fill(PASSWORD)
    send()
    has_no_barrier(page, "second-step")


def test_a_client_keeps_their_language_wherever_they_sign_in(
    page: Page, live_server: LiveServer
) -> None:
    sign_up(page, live_server)
    page.goto(f"{live_server.url}/en/account/language/")
    page.get_by_label("Français").check()
    button(page, "Keep this language")
    expect(page.get_by_text("Nous vous écrirons en français.")).to_be_visible()
    page.goto(f"{live_server.url}/en/sign-out/")
    button(page, "Sign out")
    page.goto(f"{live_server.url}/en/sign-in/?next=/en/account/")
    page.get_by_label("E-mail address").fill("ada@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    button(page, "Sign in")
    expect(page).to_have_url(f"{live_server.url}/fr/account/")


def test_somebody_signed_out_elsewhere_is_out_with_the_next_click(
    browser: Browser, live_server: LiveServer
) -> None:
    officer()
    pages = [browser.new_context().new_page() for _ in range(2)]
    for page in pages:
        page.goto(f"{live_server.url}/en/sign-in/")
        page.get_by_label("E-mail address").fill("officer@example.org")
        page.get_by_label("Password").fill("a-plain-test-password")
        button(page, "Sign in")
    here, there = pages
    here.goto(f"{live_server.url}/en/account/devices/")
    button(here, "Sign out everywhere else")
    there.reload()
    expect(there.get_by_role("heading", level=1)).to_have_text("Sign in")
    here.reload()
    expect(here.get_by_role("heading", level=1)).to_have_text("Where you are signed in")
    for page in pages:
        page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_staff_sign_in_by_the_department_s_own_service(
    page: Page, live_server: LiveServer, language: str, tmp_path: Path
) -> None:
    with running(tmp_path, live_server.url) as provider:
        page.goto(f"{live_server.url}/{language}/sign-in/")
        assert violations(page) == ""
        staff = page.get_by_role("button", name={"en": "Staff", "fr": "Personnel"}[language])
        provider.behaves(OFFICER | {"amr": ["pwd"]})
        staff.click()
        heading = page.get_by_role("heading", level=1)
        told = {"en": "We could not sign you in", "fr": "Nous n’avons pas pu vous connecter"}
        expect(heading).to_have_text(told[language])
        assert violations(page) == ""
        provider.behaves(OFFICER)
        page.goto(f"{live_server.url}/{language}/sign-in/")
        staff.click()
        found = {"en": "Find an application", "fr": "Trouver une demande"}[language]
        expect(heading).to_have_text(found)
