"""A client says whether an answer helped, reads what they asked and writes again; looked at by axe.

In both languages, on a phone and on a screen, with JavaScript and without.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from parvis.casework.enquiries import services
from parvis.casework.enquiries.asking import ask
from parvis.casework.enquiries.models import Conversation, Message, Rating
from parvis.casework.enquiries.opening import Asked
from parvis.casework.enquiries.rating import RESTS_FOR, ask_all
from parvis.casework.enquiries.references import link_to_rating
from parvis.casework.enquiries.status import Channel, Status, Writing
from parvis.casework.people.roles import Role
from parvis.casework.people.services import add_user
from parvis.lib import clock
from parvis.lib.references import enquiry_number
from parvis.lib.text import Language
from tests.casework.enquiries.asking import given
from tests.filing import PASSWORD, RECEIVED, client
from tests.journeys.test_support import agent, arrive, ignore, language, seen  # noqa: F401 - fixtures

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SAYS = {
    "send": {"en": "Send", "fr": "Envoyer"},
    "thanks": {"en": "Thank you", "fr": "Merci"},
    "partly": {"en": "Partly", "fr": "En partie"},
    "hard": {"en": "No, it was hard", "fr": "Non, c’était difficile"},
    "questions": {"en": "See your questions", "fr": "Voir vos questions"},
    "waits": {"en": "It waits for an agent.", "fr": "Elle attend un agent."},
    "answered": {"en": "We answered.", "fr": "Nous avons répondu."},
    "got": {"en": "We have what you wrote.", "fr": "Nous avons reçu votre message."},
}


def answered(said: str) -> Conversation:
    """Have Ada asked and answered some days ago, and asked now whether that helped."""
    user, _ = client("ada@example.org")
    nora, now = agent(), clock.now()
    before = now - RESTS_FOR
    asked = Asked(channel=Channel.FORM, address="", subject="", said=said, topic="fees-refund")
    ask(asked=asked, form="f1", by=user, at=before)
    row = services.answer(
        conversation=given(nora, before).pk, words="Soon.\n\nBye", by=nora, at=before
    )
    Message.objects.filter(writing=Writing.OUT).update(sent_at=before, try_at=None)
    assert ask_all(at=now) == 1
    return row


def link() -> str:
    """Return the address in the mail, without its language."""
    return link_to_rating(Rating.objects.get().key, "en").partition("/en/")[2]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_somebody_says_once_whether_an_answer_helped(
    arrive: Callable[..., Page],  # noqa: F811 - that fixture
    language: Language,  # noqa: F811
    script: bool,
    width: int,
) -> None:
    # Axe is a script itself.
    look = seen if script else ignore
    answered("Is it paid?")
    page = arrive(link(), script=script, width=width)
    look(page)
    send = page.get_by_role("button", name=SAYS["send"][language], exact=True)
    send.click()
    expect(page.get_by_role("alert")).to_be_visible()
    look(page)
    page.get_by_label(SAYS["partly"][language], exact=True).check()
    page.get_by_label(SAYS["hard"][language], exact=True).check()
    page.fill("#words", "Ça va <3")
    send.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SAYS["thanks"][language])
    look(page)
    kept = Rating.objects.get()
    assert (kept.solved, kept.ease, kept.words) == ("partly", "no", "Ça va <3")
    page.goto(link())
    expect(page.get_by_role("heading", level=1)).to_have_text(SAYS["thanks"][language])

    add_user(email="eve@example.org", password=PASSWORD, role=Role.SUPERVISOR, at=RECEIVED)
    said = arrive("support/said/", "eve@example.org", script=script, width=width)
    look(said)
    expect(said.get_by_text("Ça va <3")).to_be_visible()
    expect(said.get_by_text("nora")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_client_reads_what_was_answered_and_writes_again(
    arrive: Callable[..., Page],  # noqa: F811
    language: Language,  # noqa: F811
    script: bool,
    width: int,
) -> None:
    look = seen if script else ignore
    row = answered("Is it paid?")
    page = arrive("applications/", "ada@example.org", script=script, width=width)
    page.get_by_role("link", name=SAYS["questions"][language]).click()
    look(page)
    page.get_by_role("link", name=enquiry_number(row.pk)).click()
    expect(page.get_by_text(SAYS["answered"][language])).to_be_visible()
    look(page)
    page.fill("#words", "And when?")
    page.get_by_role("button", name=SAYS["send"][language], exact=True).click()
    expect(page.get_by_text(SAYS["got"][language])).to_be_visible()
    expect(page.get_by_text(SAYS["waits"][language])).to_be_visible()
    look(page)
    row.refresh_from_db()
    assert row.status == Status.WAITING
