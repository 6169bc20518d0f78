"""Finding a program in a real browser: from the front page to what fits, in both languages."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from parvis.lib.text import LANGUAGES
from tests.filing import PASSWORD, client
from tests.journeys.test_client import violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}
MOST_QUESTIONS = 19
WORDS = {
    "en": {
        "find": "Find a program",
        "start": "Start",
        "go on": "Continue",
        "unknown": "I do not know",
        "fits": "What fits you",
        "answers": "See or change your answers",
        "see": "See what fits",
        "sign in": "Sign in to keep them in your account",
        "keep": "Keep my answers in my account",
        "kept": "Answers in your account",
        "take": "Go on with them on this device",
        "remove": "Remove them from my account",
        "none": "None are kept.",
        "forget": "Forget my answers",
        "gone": "Your answers are gone from this device.",
        "work it out": "Work it out",
        "row": "Add a row",
        "why": "Why",
        "again": "This trip starts before the one above ended.",
        "change": "What would change it",
        "phd": "Doctoral degree",
    },
    "fr": {
        "find": "Trouver un programme",
        "start": "Commencer",
        "go on": "Continuer",
        "unknown": "Je ne sais pas",
        "fits": "Ce qui vous convient",
        "answers": "Voir ou modifier vos réponses",
        "see": "Voir ce qui convient",
        "sign in": "Se connecter pour les garder dans votre compte",
        "keep": "Garder mes réponses dans mon compte",
        "kept": "Réponses dans votre compte",
        "take": "Continuer avec elles sur cet appareil",
        "remove": "Les retirer de mon compte",
        "none": "Aucune n’est gardée.",
        "forget": "Oublier mes réponses",
        "gone": "Vos réponses ne sont plus sur cet appareil.",
        "work it out": "Calculer",
        "row": "Ajouter une ligne",
        "why": "Pourquoi",
        "change": "Ce qui changerait le résultat",
        "phd": "Doctorat",
    },
}
KNOWN = {
    "purpose": "live",
    "relation": "nobody",
    "first_language_name": "en",
    "education": "masters",
    "age": "30",
}
"""What somebody with no idea knows of themselves; of the rest, they say something small."""


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    page = browser.new_context(viewport=PHONE, java_script_enabled=request.param).new_page()
    yield page
    page.context.close()


def photograph(page: Page, name: str) -> None:
    """Keep a picture of the page where somebody asks for it."""
    if folder := os.environ.get("PARVIS_PHOTOGRAPHS"):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
        page.set_viewport_size(PHONE)


def button(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def link(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def checked(page: Page) -> None:
    """Fail on what WCAG forbids, and on a page that is wider than a phone."""
    if page.context.pages and page.evaluate("true"):
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def answer(page: Page) -> None:
    """Answer every field of a question with what is known, or else the last choice."""
    names = page.locator("main [name]").evaluate_all("all => all.map(one => one.name)")
    for name in dict.fromkeys(names):
        fields = page.locator(f'main [name="{name}"]')
        kind = fields.first.get_attribute("type")
        if kind == "radio":
            code = KNOWN.get(name)
            chosen = page.locator(f'main [name="{name}"][value="{code}"]') if code else fields.last
            chosen.check()
        elif kind == "text":
            fields.first.fill(KNOWN.get(name, "9" if "clb" in name else "1"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_with_no_idea_finds_a_program(
    page: Page, live_server: LiveServer, language: str
) -> None:
    words = WORDS[language]
    page.goto(f"{live_server.url}/{language}/")
    link(page, words["find"])
    photograph(page, f"start-{language}")
    link(page, words["start"])
    asked = 0
    while "/results/" not in page.url:
        asked += 1
        assert asked <= MOST_QUESTIONS
        if asked in (1, 3):
            photograph(page, f"question-{asked}-{language}")
        answer(page)
        button(page, words["go on"])
    expect(page.get_by_role("heading", level=1)).to_have_text(words["fits"])
    photograph(page, f"results-{language}")
    page.locator(".offers a").first.click()
    expect(page.get_by_role("heading", name=words["why"], exact=True).first).to_be_visible()
    photograph(page, f"offer-{language}")

    page.go_back()
    link(page, words["answers"])
    photograph(page, f"answers-{language}")
    page.locator('a[href$="/questions/education/"]').click()
    page.get_by_label(words["phd"]).check()
    button(page, words["go on"])
    page.goto(f"{live_server.url}/{language}/find/answers/")
    expect(page.get_by_text(words["phd"])).to_be_visible()
    button(page, words["forget"])
    expect(page.get_by_text(words["gone"])).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_carried_into_an_account_and_out_of_it(
    page: Page, live_server: LiveServer, language: str
) -> None:
    words = WORDS[language]
    client("ada@example.org")
    page.goto(f"{live_server.url}/{language}/find/questions/purpose/")
    page.locator('[value="study"]').check()
    button(page, words["go on"])
    page.goto(f"{live_server.url}/{language}/find/results/")
    link(page, words["sign in"])
    page.locator("#id_login").fill("ada@example.org")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form .button").first.click()
    button(page, words["keep"])
    expect(page.get_by_role("heading", level=1)).to_have_text(words["kept"])
    photograph(page, f"kept-{language}")
    button(page, words["take"])
    page.goto(f"{live_server.url}/{language}/account/answers/")
    button(page, words["remove"])
    expect(page.get_by_text(words["none"])).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_trips_are_entered_as_rows(page: Page, live_server: LiveServer, language: str) -> None:
    words = WORDS[language]
    page.goto(f"{live_server.url}/{language}/assessments/citizenship/")
    page.locator('[name="resident_since"]').fill("2020-01-01")
    page.locator('[name="trips-0-left"]').fill("2024-01-10")
    page.locator('[name="trips-0-returned"]').fill("2024-02-10")
    page.locator('[name="trips-1-left"]').fill("2024-02-01")
    page.locator('[name="trips-1-returned"]').fill("2024-03-01")
    page.locator('button[value="trips"]').click()
    expect(page.locator('[name="trips-2-left"]')).to_be_visible()
    expect(page.locator('[name="trips-1-left"]')).to_have_value("2024-02-01")
    button(page, words["work it out"])
    expect(page.locator(".entry .wrong").first).to_be_visible()
    photograph(page, f"trips-wrong-{language}")
    page.locator('[name="trips-1-left"]').fill("2024-02-11")
    button(page, words["work it out"])
    expect(page.locator("#result .whose")).to_be_visible()
    photograph(page, f"trips-{language}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_keeps_to_wcag_on_a_phone(
    browser: Browser, live_server: LiveServer, language: str
) -> None:
    page = browser.new_context(viewport=PHONE, bypass_csp=True).new_page()
    lead = f"{live_server.url}/{language}"
    for code, value in (("purpose", "visit"), ("status", None)):
        page.goto(f"{lead}/find/questions/{code}/")
        chosen = page.locator(f'[value="{value}"]') if value else page.locator("[type=radio]")
        chosen.first.check()
        button(page, WORDS[language]["go on"])
    for path in (
        "find/",
        "find/questions/first-language/",
        "find/questions/nationality/",
        "find/answers/",
        "find/results/",
        "find/results/study-permit/",
        "find/results/skilled-worker/",
        "assessments/crs/",
        "assessments/citizenship/",
        "assessments/visitor-visa/",
    ):
        page.goto(f"{lead}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        assert violations(page) == "", path
    page.goto(f"{lead}/assessments/crs/")
    page.locator('[name="age"]').fill("300")
    button(page, WORDS[language]["work it out"])
    assert violations(page) == ""
    photograph(page, f"crs-wrong-{language}")
    page.locator('[name="age"]').fill("30")
    page.locator('[name="education"][value="masters"]').check()
    button(page, WORDS[language]["work it out"])
    expect(page.get_by_role("heading", name=WORDS[language]["change"])).to_be_visible()
    assert violations(page) == ""
    photograph(page, f"crs-{language}")
    page.context.close()
