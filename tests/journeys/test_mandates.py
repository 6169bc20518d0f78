"""A client gives a mandate, its holder acts under it, and the client takes it back."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from parvis.casework.mandates.status import MandateKind
from parvis.lib import clock
from parvis.lib.text import Language
from tests.casework.mandates.giving import given, held, person, terms
from tests.filing import ASK, OPEN, client, filed
from tests.journeys.barriers import has_no_barrier
from tests.journeys.entering import come_in
from tests.journeys.test_client import PHONE
from tests.sending import disk, pdf  # noqa: F401 - disk is a fixture

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("disk"),
]


class Words(NamedTuple):
    """What the walk reads and uses, in one language."""

    give: str
    representative: str
    address: str
    only_these: str
    do_give: str
    given: str
    accept: str
    accepted: str
    comes_as: str
    send_now: str
    files: str
    send: str
    answered: str
    end: str
    ended: str
    refused: str


SAID: dict[Language, Words] = {
    "en": Words(
        "Give a mandate",
        "Representative",
        "Their e-mail address",
        "Only these:",
        "Give the mandate",
        "You gave a mandate. It begins once they accept it.",
        "Accept the mandate",
        "You accepted the mandate.",
        "You see the application of Ada Example as their representative.",
        "Send it now",
        "Your files",
        "Send your answer",
        "Your representative answered for you: Police certificate (1 file).",
        "End it now",
        "The mandate has ended.",
        "Only the client of this application, or their representative, can answer.",
    ),
    "fr": Words(
        "Donner un mandat",
        "Représentant",
        "Son adresse de courriel",
        "Seulement celles-ci\xa0:",
        "Donner le mandat",
        "Vous avez donné un mandat. Il commence dès que la personne l’accepte.",
        "Accepter le mandat",
        "Vous avez accepté le mandat.",
        "Vous voyez la demande de Ada Example à titre de représentant.",
        "Envoyer maintenant",
        "Vos fichiers",
        "Envoyer votre réponse",
        "Votre représentant a répondu pour vous\xa0: Certificat de police (1 fichier).",
        "Y mettre fin maintenant",
        "Le mandat a pris fin.",
        "Seul le client de cette demande, ou son représentant, peut répondre.",
    ),
}


Enter = Callable[..., Page]


@pytest.fixture
def enter(browser: Browser, live_server: LiveServer) -> Enter:
    """Return how somebody comes in, each in a browser of their own."""

    def signed_in(email: str, language: str, *, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport=PHONE,
            java_script_enabled=scripts,
            base_url=f"{live_server.url}/{language}/",
        )
        come_in(context, live_server, email)
        return context.new_page()

    return signed_in


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("language", SAID)
def test_a_client_lets_a_representative_act_and_takes_it_back(
    enter: Enter, language: Language, scripts: bool
) -> None:
    said = SAID[language]
    _, subject = client("ada@example.org")
    person("rita@example.org")
    number = filed(OPEN, ASK, client=subject).number
    ada = enter("ada@example.org", language, scripts=scripts)
    rita = enter("rita@example.org", language, scripts=scripts)

    ada.goto("mandates/")
    ada.get_by_role("link", name=said.give).click()
    ada.get_by_role("button", name=said.do_give).click()  # nothing is chosen yet
    expect(ada.get_by_role("alert")).to_be_visible()
    ada.get_by_role("radio", name=said.representative, exact=True).check()
    ada.get_by_label(said.address).fill("rita@example.org")
    ada.get_by_label(said.only_these).check()
    ada.get_by_role("checkbox", name=number).check()
    ada.get_by_role("button", name=said.do_give).click()
    expect(ada.get_by_role("status")).to_have_text(said.given)

    rita.goto("mandates/")
    rita.get_by_role("link", name="Ada Example").click()
    rita.get_by_role("button", name=said.accept).click()
    expect(rita.get_by_role("status")).to_have_text(said.accepted)
    rita.goto("clients/")
    rita.locator(".clients a").click()
    expect(rita.get_by_text(said.comes_as)).to_be_visible()
    rita.get_by_role("link", name=said.send_now).click()
    rita.get_by_label(said.files).set_input_files(
        {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    rita.get_by_role("button", name=said.send).click()
    expect(rita.get_by_text(said.answered)).to_be_visible()

    ada.goto(f"applications/{number}/")
    expect(ada.get_by_text(said.answered)).to_be_visible()
    ada.goto("mandates/")
    ada.get_by_role("link", name="rita@example.org").click()
    ada.get_by_role("button", name=said.end).click()
    expect(ada.get_by_role("status")).to_have_text(said.ended)

    gone = rita.reload()  # she is signed in all the while
    assert gone is not None
    assert gone.status == 404
    rita.goto("clients/")
    expect(rita.get_by_text(number)).to_have_count(0)
    ada.context.close()
    rita.context.close()


@pytest.mark.parametrize("language", SAID)
def test_a_third_party_reads_and_is_refused_an_act(enter: Enter, language: Language) -> None:
    ada, subject = client("ada@example.org")
    number = filed(OPEN, ASK, client=subject).number
    tom, now = person("tom@example.org"), clock.now()
    said = terms(MandateKind.THIRD_PARTY, address=tom.email, begins_at=now)
    held(ada, tom, said, at=now)
    page = enter("tom@example.org", language)
    page.goto(f"applications/{number}/")
    expect(page.get_by_role("link", name=SAID[language].send_now)).to_have_count(0)
    page.goto(f"applications/{number}/answer/police-certificate/")
    expect(page.get_by_text(SAID[language].refused)).to_be_visible()
    expect(page.get_by_role("button", name=SAID[language].send)).to_have_count(0)
    page.context.close()


@pytest.mark.parametrize("language", SAID)
def test_no_page_about_mandates_has_a_barrier_or_spills_over(
    enter: Enter, language: Language
) -> None:
    name = "Ada Example-Placeholder de la Longue-Dénomination"
    ada, subject = client("ada@example.org", name=name)
    number = filed(OPEN, ASK, client=subject).number
    rita = person("rita@example.org")
    now = clock.now()
    mandate = held(ada, rita, terms(begins_at=now), at=now)
    address = f"{'a-very-long-name-' * 3}@example.org"
    offer = given(ada, terms(MandateKind.THIRD_PARTY, address=address, begins_at=now), at=now)
    offered = given(ada, terms(MandateKind.THIRD_PARTY, begins_at=now), at=now)
    given_by = ("mandates/", "mandates/give/", f"mandates/{mandate}/", f"mandates/{offer}/")
    walks = {
        "ada@example.org": ("applications/", *given_by),
        "rita@example.org": (
            "mandates/",
            f"mandates/{offered}/",
            "clients/",
            "clients/?search=nobody",
            f"applications/{number}/",
        ),
    }
    for email, paths in walks.items():
        page = enter(email, language)
        for path in paths:
            page.goto(path)
            has_no_barrier(page, path)
        if email.startswith("ada"):
            page.goto("mandates/give/")
            page.locator("main form .button").click()
            has_no_barrier(page)
        page.context.close()
