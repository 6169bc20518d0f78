"""A change is told by mail and opened by signing in; quiet hours; a bounce repaired by hand."""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from parvis.casework.applications.services import decide
from parvis.casework.notices.models import Message
from parvis.casework.notices.references import name_of
from parvis.casework.notices.returning import take_back
from parvis.casework.notices.sending import send_all
from parvis.casework.notices.status import Verdict, Way
from parvis.casework.notices.ways import Returned
from parvis.casework.people.services import choose_language
from parvis.channels.texts.folder import TextFolder
from parvis.lib import clock
from parvis.lib.text import Language
from parvis.programs.vocabulary import Outcome
from tests.filing import PASSWORD, client, filed, officer
from tests.journeys.test_client import violations
from tests.mailing import SmtpServer
from tests.working import work

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


class Words(NamedTuple):
    """What the walk reads and uses, in one language."""

    decided: str
    how: str
    by_text: str
    number: str
    begins: str
    ends: str
    keep: str
    code: str
    go_on: str
    kept: str
    works: str
    people: str
    email: str
    repair: str
    repaired: str
    nobody: str
    came_back: str
    unreached: str


SAID: dict[Language, Words] = {
    "en": Words(
        "We made a decision.",
        "How we tell you",
        "By text message",
        "Mobile number",
        "From",
        "Until",
        "Keep this",
        "Code",
        "Continue",
        "We will tell you like this from now on.",
        "My address works again",
        "People whom nothing reaches",
        "E-mail address",
        "Keep it and tell them what they missed",
        "They are told now what they missed.",
        "There is nobody: all our messages arrive.",
        "It came back on",
        "Our messages to you came back.",
    ),
    "fr": Words(
        "Nous avons pris une décision.",
        "Comment vous êtes avisé",
        "Par message texte",
        "Numéro de téléphone mobile",
        "De",
        "À",
        "Conserver ce choix",
        "Code",
        "Continuer",
        "Nous vous aviserons ainsi désormais.",
        "Mon adresse fonctionne de nouveau",
        "Personnes que rien n’atteint",
        "Adresse de courriel",
        "Conserver et envoyer ce qui a été manqué",
        "La personne reçoit maintenant ce qu’elle a manqué.",
        "Il n’y a personne\N{NO-BREAK SPACE}: tous nos messages arrivent.",
        "Il nous est revenu le",
        "Nos messages nous sont revenus.",
    ),
}


@pytest.fixture
def server(tmp_path: Path, settings: Settings, live_server: LiveServer) -> Iterator[SmtpServer]:
    """Have mail go to a real server, and links lead to the pages of this test."""
    made = SmtpServer(tmp_path / "mails").start()
    settings.CARRIERS = {Way.EMAIL: made.carrier, Way.TEXT: TextFolder(tmp_path / "texts")}
    settings.PARVIS_ADDRESS = live_server.url
    yield made
    made.stop()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE notices_tally")


def told(server: SmtpServer, language: Language) -> tuple[EmailMessage, str]:
    """Have a client decided upon and told; return the mail and the number of the file."""
    user, subject = client("ada@example.org")
    choose_language(user=user, language=language, by=user.ref, at=clock.now())
    file = filed(client=subject)
    decide(application=file, outcome=Outcome.APPROVED, by="test", at=clock.now())
    work()
    send_all(urgent=True, now=clock.now)
    [mail] = server.mails()
    return mail, file.number


def sign_in(page: Page, email: str) -> None:
    page.locator("#id_login").fill(email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form .button").first.click()


@pytest.mark.parametrize("language", SAID)
def test_a_change_is_told_and_opened_by_signing_in(
    browser: Browser, server: SmtpServer, language: Language
) -> None:
    said = SAID[language]
    mail, number = told(server, language)
    body = mail.get_body(("plain",))
    assert body is not None
    words = body.get_content()
    assert said.decided in words
    assert number not in words
    [link] = re.findall(rf"http\S+/{language}/messages/\S+", words)
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(link)
    sign_in(page, "ada@example.org")
    expect(page).to_have_url(re.compile(rf"/{language}/applications/{number}/"))
    assert Message.objects.get().opened_at is not None


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("language", SAID)
def test_somebody_chooses_texts_and_quiet_hours(
    browser: Browser,
    live_server: LiveServer,
    server: SmtpServer,
    language: Language,
    scripts: bool,
) -> None:
    said = SAID[language]
    user, _ = client("ada@example.org")
    choose_language(user=user, language=language, by=user.ref, at=clock.now())
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        java_script_enabled=scripts,
        base_url=f"{live_server.url}/{language}/",
    )
    page = context.new_page()
    page.goto("account/notices/")
    sign_in(page, "ada@example.org")
    page.get_by_role("radio", name=said.by_text).check()
    page.get_by_role("button", name=said.keep).click()  # no number was given yet
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label(said.number).fill("613 555 0123")
    page.get_by_label(said.begins, exact=True).fill("22:00")
    page.get_by_label(said.ends, exact=True).fill("07:30")
    if scripts:
        assert violations(page) == ""
    page.get_by_role("button", name=said.keep).click()
    work()
    # Nothing goes to the number but a code; a wrong one says so.
    if scripts:
        assert violations(page) == ""
    page.get_by_label(said.code, exact=True).fill("no code")
    page.get_by_role("button", name=said.go_on).click()
    expect(page.get_by_role("alert")).to_be_visible()
    if scripts:
        assert violations(page) == ""
    [text] = (server.folder.parent / "texts").glob("*.txt")
    [code] = re.findall(r"\b\d{6}\b", text.read_text())
    page.get_by_label(said.code, exact=True).fill(code)
    page.get_by_role("button", name=said.go_on).click()
    expect(page.get_by_role("status")).to_have_text(said.kept)
    page.goto("account/notices/")
    expect(page.get_by_label(said.number)).to_have_value("+16135550123")
    expect(page.get_by_label(said.begins, exact=True)).to_have_value("22:00")


@pytest.mark.parametrize("language", SAID)
def test_a_client_says_that_their_address_works_again(
    browser: Browser, live_server: LiveServer, server: SmtpServer, language: Language
) -> None:
    said = SAID[language]
    _, number = told(server, language)
    take_back(
        [Returned(Verdict.RETURNED, name_of(Message.objects.get().pk), "5.2.2")], at=clock.now()
    )
    base = f"{live_server.url}/{language}/"
    page = browser.new_context(viewport={"width": 360, "height": 740}, base_url=base).new_page()
    page.goto("account/notices/")
    sign_in(page, "ada@example.org")
    assert violations(page) == ""
    page.get_by_role("button", name=said.works).click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.get_by_role("button", name=said.works)).not_to_be_visible()
    work()
    assert [one["To"] for one in server.mails()] == ["ada@example.org"] * 2
    page.goto(f"applications/{number}/")
    expect(page.get_by_text(said.unreached)).not_to_be_visible()


@pytest.mark.parametrize("language", SAID)
def test_a_bounce_is_noticed_and_repaired_by_a_person(
    browser: Browser, live_server: LiveServer, server: SmtpServer, language: Language
) -> None:
    said = SAID[language]
    _, number = told(server, language)
    name = name_of(Message.objects.get().pk)
    take_back([Returned(Verdict.RETURNED, name, "5.1.1")], at=clock.now())
    officer()
    base = f"{live_server.url}/{language}/"
    ada, staff = (
        browser.new_context(viewport={"width": width, "height": 740}, base_url=base).new_page()
        for width in (360, 1280)
    )
    ada.goto(f"applications/{number}/")
    sign_in(ada, "ada@example.org")
    expect(ada.get_by_text(said.unreached)).to_be_visible()
    assert violations(ada) == ""
    ada.goto(f"applications/{number}/file/")
    expect(ada.get_by_text(said.came_back)).to_be_visible()

    staff.goto("unreached/")
    sign_in(staff, "officer@example.org")
    expect(staff.get_by_role("heading", name=said.people)).to_be_visible()
    assert violations(staff) == ""
    staff.get_by_role("link", name="Ada Example").click()
    staff.get_by_role("button", name=said.repair).click()  # nothing was given yet
    expect(staff.get_by_role("alert")).to_be_visible()
    staff.get_by_label(said.email).fill("new@example.org")
    assert violations(staff) == ""
    staff.get_by_role("button", name=said.repair).click()
    expect(staff.get_by_role("status")).to_have_text(said.repaired)
    expect(staff.get_by_text(said.nobody)).to_be_visible()
    work()
    assert [one["To"] for one in server.mails()] == ["ada@example.org", "new@example.org"]
