"""A client reads that it is their turn, answers, and sees that it no longer is."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from parvis.lib.text import Language
from tests.filing import ASK, OPEN, client, filed
from tests.journeys.barriers import has_no_barrier, violations
from tests.journeys.entering import come_in
from tests.journeys.test_client import PHONE
from tests.sending import VISIT, disk, jpeg, pdf  # noqa: F401 - disk is a fixture

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("disk"),
]


class Words(NamedTuple):
    """What the walk reads and uses, in one language."""

    yours: str
    ours: str
    field: str
    send: str
    received: str
    not_yet: str
    cut_off: str
    kept: str
    again: str
    save: str


SAID: dict[Language, Words] = {
    "en": Words(
        "It is your turn.",
        "It is our turn.",
        "Your files",
        "Send your answer",
        "We received: Police certificate on",
        "We have not received your answer yet.",
        "The end of this file is missing.",
        "These files are good.",
        "More files",
        "Save the file (PDF",
    ),
    "fr": Words(
        "C’est à vous d’agir.",
        "C’est à nous d’agir.",
        "Vos fichiers",
        "Envoyer votre réponse",
        "Nous avons reçu\xa0: Certificat de police le",
        "Nous n’avons pas encore reçu votre réponse.",
        "La fin de ce fichier manque.",
        "Ces fichiers conviennent.",
        "D’autres fichiers",
        "Enregistrer le fichier (PDF",
    ),
}


def chosen(tmp_path: Path, **contents: bytes) -> list[Path]:
    """Return files on the client's own disk."""
    paths = []
    for name, content in contents.items():
        paths.append(tmp_path / name.replace("_", "."))
        paths[-1].write_bytes(content)
    return paths


def at_their_file(
    browser: Browser, server: LiveServer, language: str, *, scripts: bool = True
) -> tuple[Page, str]:
    """Return a page at the file of a client who is asked for a police certificate."""
    _, subject = client("ada@example.org")
    number = filed(OPEN, ASK, client=subject).number
    context = browser.new_context(viewport=PHONE, java_script_enabled=scripts)
    page = context.new_page()
    come_in(context, server, "ada@example.org")
    page.goto(f"{server.url}/{language}/applications/{number}/")
    return page, f"{server.url}/{language}/applications/{number}/"


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_client_answers_what_they_were_asked_for(
    browser: Browser, live_server: LiveServer, tmp_path: Path, language: Language, scripts: bool
) -> None:
    said = SAID[language]
    page, tracker = at_their_file(browser, live_server, language, scripts=scripts)
    expect(page.get_by_text(said.yours)).to_be_visible()
    page.locator('main a[href$="/answer/police-certificate/"]').first.click()
    page.get_by_label(said.field).set_input_files(chosen(tmp_path, scan_pdf=pdf()))
    page.get_by_role("button", name=said.send).click()

    expect(page).to_have_url(tracker)
    expect(page.get_by_role("status")).to_contain_text(said.received)
    expect(page.get_by_text(said.ours)).to_be_visible()
    expect(page.get_by_text(said.yours)).to_have_count(0)

    page.goto(f"{tracker}answer/police-certificate/")
    with page.expect_download() as download:
        page.get_by_role("link", name=said.save).click()
    assert download.value.path().read_bytes() == pdf()
    assert download.value.suggested_filename.endswith(".pdf")
    page.context.close()


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_what_is_wrong_is_told_where_one_is_and_what_was_good_stays(
    browser: Browser, live_server: LiveServer, tmp_path: Path, language: Language, scripts: bool
) -> None:
    said = SAID[language]
    page, tracker = at_their_file(browser, live_server, language, scripts=scripts)
    page.goto(f"{tracker}answer/police-certificate/")
    page.get_by_role("button", name=said.send).click()
    expect(page.get_by_role("alert")).to_contain_text(said.not_yet)
    expect(page.get_by_role("alert")).to_be_focused()

    files = chosen(tmp_path, good_pdf=pdf(), half_jpg=jpeg()[:-9])
    page.get_by_label(said.field).set_input_files(files)
    page.get_by_role("button", name=said.send).click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text(f"half.jpg – {said.cut_off}")
    expect(page.get_by_label(said.again)).to_have_accessible_description(said_beside(said))
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label(said.again)).to_be_focused()
    expect(page.get_by_role("group", name=said.kept)).to_be_visible()
    if scripts:
        assert violations(page) == ""
    page.get_by_label(said.again).set_input_files(chosen(tmp_path, whole_jpg=jpeg()))
    page.get_by_role("button", name=said.send).click()
    expect(page).to_have_url(tracker)
    page.goto(f"{tracker}answer/police-certificate/")
    expect(page.locator("main a[download]")).to_have_count(2)
    page.context.close()


def said_beside(said: Words) -> re.Pattern[str]:
    """Return what a screen reader says of the field, at its end."""
    return re.compile(rf"half\.jpg – {re.escape(said.cut_off)}")


@pytest.mark.parametrize("language", SAID)
def test_no_page_of_an_answer_has_a_barrier_or_spills_over(
    browser: Browser, live_server: LiveServer, tmp_path: Path, language: Language
) -> None:
    page, tracker = at_their_file(browser, live_server, language)
    where = f"{tracker}answer/police-certificate/"

    page.goto(where)
    has_no_barrier(page)
    page.locator("#files").set_input_files(chosen(tmp_path, scan_pdf=pdf()))
    page.get_by_role("button", name=SAID[language].send).click()
    has_no_barrier(page)
    page.goto(where)
    has_no_barrier(page)
    page.context.close()


@pytest.mark.parametrize("language", SAID)
def test_a_visit_is_answered_with_its_day(
    browser: Browser, live_server: LiveServer, language: Language
) -> None:
    said = SAID[language]
    _, subject = client("ada@example.org")
    number = filed(VISIT, client=subject).number
    page = browser.new_context(viewport=PHONE).new_page()
    come_in(page.context, live_server, "ada@example.org")
    where = f"{live_server.url}/{language}/applications/{number}/"
    page.goto(f"{where}answer/medical-exam/")
    assert violations(page) == ""
    page.get_by_role("button", name=said.send).click()
    expect(page.locator("#done_on")).to_have_attribute("aria-invalid", "true")
    page.locator("#done_on").fill("2024-01-20")
    page.get_by_role("button", name=said.send).click()
    expect(page).to_have_url(where)
    expect(
        page.get_by_text("20 January 2024" if language == "en" else "20 janvier 2024").first
    ).to_be_visible()
    page.context.close()
