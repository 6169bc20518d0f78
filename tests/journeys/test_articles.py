"""An agent answers with canned replies, in a real browser and both languages, looked at by axe."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from parvis.casework.enquiries.models import Message
from parvis.casework.enquiries.status import Writing
from parvis.lib import clock
from parvis.lib.text import Language
from parvis.programs.articles import loader
from tests.casework.enquiries.asking import came, mail
from tests.journeys.test_support import agent, arrive, ignore, language, seen  # noqa: F401
from tests.programs.articles.test_articles import GOOD, written

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SAYS = {
    "next": {"en": "Give me the next one", "fr": "Donnez-moi la suivante"},
    "look": {"en": "Look", "fr": "Chercher"},
    "use": {"en": "Use the reply", "fr": "Utiliser la réponse type"},
    "send": {"en": "Send the answer", "fr": "Envoyer la réponse"},
    "all": {"en": "Replies and articles", "fr": "Réponses types et articles"},
    "fingers": {"en": "When must I give my fingerprints?", "fr": "Quand donner mes empreintes ?"},
    "reply": {"en": "Wait for our letter", "fr": "Attendez notre lettre"},
    "passport": {"en": "Please follow the letter", "fr": "Suivez la lettre"},
    "late": {"en": "Its review was due on", "fr": "Sa révision était due le"},
}


@pytest.fixture(autouse=True)
def _of_the_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the house keep an article of its own, which nobody reviewed in time."""
    monkeypatch.setattr(loader, "default_home", lambda: tmp_path)
    written(tmp_path / "articles", GOOD.replace("[appointment]", "[biometrics]"))


def in_answer(page: Page) -> str:
    """Return the answer so far."""
    return page.locator("#words").input_value()


@pytest.mark.parametrize(
    ("script", "width"),
    [(True, 360), (True, 1280), (False, 360)],
    ids=["on a phone", "on a desk", "without JavaScript"],
)
def test_an_agent_answers_with_replies_and_loses_nothing(
    arrive: Callable[..., Page],  # noqa: F811 - that fixture
    language: Language,  # noqa: F811 - that fixture
    script: bool,
    width: int,
) -> None:
    # Axe is a script itself.
    look = seen if script else ignore
    agent()
    came(mail(SAYS["fingers"][language]), at=clock.now())
    page = arrive("support/", "nora@example.org", script=script, width=width)
    page.get_by_role("button", name=SAYS["next"][language]).click()
    expect(page.get_by_text(SAYS["late"][language])).to_be_visible()
    look(page)

    # By the keyboard alone: type, go back to the reply, choose it, and type on.
    page.focus("#words")
    page.keyboard.type("Ada,")
    page.fill("#note", "Called twice.")
    page.get_by_role("button", name=SAYS["use"][language]).first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#words-put")).to_be_visible()
    assert in_answer(page).startswith(f"Ada,\n\n{SAYS['reply'][language]}")
    expect(page.locator("#words")).to_be_focused()
    assert page.locator("#note").input_value() == "Called twice."
    look(page)

    # Enter among the words to look for looks, and sends nothing.
    before = in_answer(page)
    page.fill("#find", "passeport")
    page.press("#find", "Enter")
    expect(page.locator("#find")).to_be_focused()
    assert in_answer(page) == before
    page.locator("summary").last.click()
    look(page)
    use = page.locator('button[value="passport-request"]')
    use.click()
    assert in_answer(page).startswith(f"{before}\n\n{SAYS['passport'][language]}")
    assert not Message.objects.filter(writing=Writing.OUT).exists()

    if script:
        # The other language of the page changes no word of the answer.
        words = in_answer(page)
        page.locator("[data-switch]").click()
        assert in_answer(page) == words
        page.locator("[data-switch]").click()
    page.focus("#words")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Nora")
    page.get_by_role("button", name=SAYS["send"][language]).click()
    page.wait_for_url("**/support/")
    said = Message.objects.get(writing=Writing.OUT).said
    assert said.startswith("Ada,")
    assert said.endswith(" Nora")
    assert SAYS["passport"][language] in said


@pytest.mark.parametrize("width", [360, 1280])
def test_an_agent_reads_what_is_overdue_first(
    arrive: Callable[..., Page],  # noqa: F811 - that fixture
    language: Language,  # noqa: F811 - that fixture
    width: int,
) -> None:
    agent()
    page = arrive("support/", "nora@example.org", width=width)
    page.get_by_role("link", name=SAYS["all"][language]).click()
    first = page.locator("main .rows a").first
    expect(first).to_have_text({"en": "Where to park", "fr": "Où se garer"}[language])
    seen(page)
    first.click()
    expect(page.get_by_text(SAYS["late"][language])).to_be_visible()
    seen(page)
    page.goto("support/articles/?find=biom")
    seen(page)
    page.goto("support/articles/extension/")
    seen(page)
