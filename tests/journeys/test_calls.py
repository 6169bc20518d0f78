"""An agent notes a call in a real browser, in both languages, looked at by axe."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from parvis.casework.contacts.services import record
from parvis.casework.enquiries.models import Conversation
from parvis.casework.enquiries.status import Proof, Status
from parvis.lib import clock
from parvis.lib.text import Language
from tests.casework.contacts.telling import ANSWERED, call
from tests.filing import ASK, OPEN, client, filed
from tests.journeys.test_support import (  # noqa: F401 - two fixtures
    agent,
    arrive,
    ignore,
    language,
    seen,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SAYS = {
    "note": {"en": "Note a call or a visit", "fr": "Noter un appel ou une visite"},
    "compare": {"en": "Compare with the application", "fr": "Comparer avec la demande"},
    "keep": {"en": "Keep what was said", "fr": "Conserver ce qui a été dit"},
    "here": {"en": "you are here", "fr": "vous en êtes là"},
    "task": {"en": "Send a police certificate", "fr": "Envoyez un certificat de police"},
    "told": {"en": "We told them", "fr": "Nous lui avons dit"},
    "next": {"en": "Give me the next one", "fr": "Donnez-moi la suivante"},
    "line": {"en": "A line takes it on", "fr": "Une ligne prend le relais"},
}


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("width", [360, 1280])
def test_an_agent_notes_a_call_and_says_no_more_than_they_may(
    arrive: Callable[..., Page],  # noqa: F811 - that fixture
    language: Language,  # noqa: F811 - that fixture
    script: bool,
    width: int,
) -> None:
    look = seen if script else ignore
    agent()
    _, known = client("ada@example.org")
    file = filed(OPEN, ASK, client=known)
    record(call("c-1", ANSWERED, line="general", language=language), source="acd", at=clock.now())
    page = arrive("support/", "nora@example.org", script=script, width=width)
    page.get_by_role("link", name=SAYS["note"][language]).click()
    look(page)
    page.goto(f"/{language}/support/calls/new/?contact=c-1")
    look(page)
    keep = page.get_by_role("button", name=SAYS["keep"][language])
    page.fill("#id_number", file.number)
    page.fill("#id_name", "Ada Example")
    page.fill("#id_told", "Hello")
    keep.click()
    expect(page.get_by_role("alert")).to_be_visible()
    look(page)
    expect(page.locator("#id_told")).to_have_value("Hello")
    expect(page.get_by_text(SAYS["task"][language])).to_have_count(0)
    page.fill("#id_received_on", "2024-01-12")
    page.get_by_role("button", name=SAYS["compare"][language]).click()
    expect(page.get_by_text(SAYS["task"][language]).first).to_be_visible()
    expect(page.get_by_text(SAYS["here"][language])).to_have_count(1)
    look(page)
    page.fill("#id_asked", "Where is it?")
    page.fill("#id_phone", "613 555 0100")
    page.get_by_label(SAYS["line"][language], exact=True).check()
    keep.click()
    expect(page.get_by_text(SAYS["told"][language])).to_be_visible()
    look(page)
    row = Conversation.objects.get()
    assert (row.contact, row.proof, row.status) == ("c-1", Proof.AGENT, Status.WAITING)

    page.goto(f"/{language}/support/")
    page.get_by_role("button", name=SAYS["next"][language]).click()
    look(page)
    page.fill("#words", "Called back.")
    page.get_by_role("button", name=SAYS["keep"][language]).click()
    page.wait_for_url("**/support/")
    row.refresh_from_db()
    assert row.status == Status.ANSWERED
