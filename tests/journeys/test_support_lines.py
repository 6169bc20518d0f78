"""A crisis line is opened, staffed, read abroad and closed in a real browser, looked at by axe."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from parvis.casework.lines import services
from parvis.casework.lines.selectors import agents_of, line
from parvis.casework.people.roles import Role
from parvis.casework.people.selectors import user_by_email
from parvis.casework.people.services import add_user
from parvis.lib import clock
from parvis.lib.text import LANGUAGES, Language
from parvis.readers.support.counting import count
from tests.casework.lines.opening import agent, opened
from tests.filing import PASSWORD, RECEIVED
from tests.journeys.test_client import violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE, SCREEN = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
SAYS = {
    "open": {"en": "Open the line", "fr": "Ouvrir la ligne"},
    "close": {"en": "Close it now", "fr": "La fermer maintenant"},
    "return": {"en": "Return them", "fr": "Faire revenir"},
    "show": {"en": "Show when it opens there", "fr": "Voir les heures à cet endroit"},
    "closed": {"en": "This line closed on", "fr": "Cette ligne a fermé le"},
    "report": {"en": "Daily report", "fr": "Rapport quotidien"},
    "yours": {"en": "where you are", "fr": "chez vous"},
}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    said: Language = request.param
    return said


@pytest.fixture(params=[PHONE, SCREEN], ids=["phone", "screen"])
def size(request: pytest.FixtureRequest) -> dict[str, int]:
    found: dict[str, int] = request.param
    return found


@pytest.fixture
def arrive(browser: Browser, live_server: LiveServer, size: dict[str, int]) -> Callable[..., Page]:
    """Return what opens a browser of somebody's own, without JavaScript where that is said."""

    def opened(*, script: bool = True) -> Page:
        context = browser.new_context(
            viewport=size, base_url=live_server.url, java_script_enabled=script
        )
        return context.new_page()

    return opened


def fits(page: Page, size: dict[str, int]) -> None:
    """See that nothing stands out to the side."""
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.fixture
def supervisor(arrive: Callable[..., Page], language: Language) -> Page:
    """Return a supervisor's browser, at the list of the lines of every house."""
    now = clock.now()
    services.open_shipped_lines(at=now)
    add_user(email="eve@example.org", password=PASSWORD, role=Role.SUPERVISOR, at=RECEIVED)
    services.place_agent(line="general", user=agent("ada"), by=None, at=now)
    page = arrive()
    page.goto(f"/{language}/sign-in/?next=/{language}/support/lines/")
    page.fill("#id_login", "eve@example.org")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/support/lines/")
    return page


def test_a_line_is_opened_in_one_page(
    supervisor: Page, language: Language, size: dict[str, int]
) -> None:
    page = supervisor
    assert violations(page) == ""
    fits(page, size)
    page.locator("a.button").click()
    assert violations(page) == ""
    fits(page, size)
    page.get_by_role("button", name=SAYS["open"][language], exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == ""
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.locator("#id_code")).to_be_focused()
    page.fill("#id_code", "ukraine")
    page.fill("#id_name_en", "Ukraine crisis line")
    page.fill("#id_name_fr", "Ligne de crise pour l’Ukraine")
    page.fill("#id_phone", "+1 613 555 0199")
    page.get_by_label(re.compile("ada@example.org")).check()
    page.locator("summary").click()
    page.fill("#id_shown_in", "Europe/Kyiv")
    assert violations(page) == ""
    page.get_by_role("button", name=SAYS["open"][language], exact=True).click()
    page.wait_for_url(re.compile("/support/lines/ukraine/"))
    expect(page.get_by_role("status")).to_be_visible()
    assert violations(page) == ""
    fits(page, size)
    assert [one.lent for one in agents_of(line("ukraine"))] == ["ukraine"]


def test_a_line_is_read_where_its_callers_are_and_closed(
    supervisor: Page, arrive: Callable[..., Page], language: Language, size: dict[str, int]
) -> None:
    ada = user_by_email("ada@example.org")
    assert ada is not None
    said = {"shown_in": ["Europe/Kyiv"], "channels": {"phone": "+1 613 555 0199"}}
    opened(at=clock.now(), lend=[ada], **said)
    visitor = arrive()
    visitor.goto(f"/{language}/lines/")
    assert violations(visitor) == ""
    fits(visitor, size)
    visitor.locator('a[href$="/lines/ukraine/"]').click()
    assert violations(visitor) == ""
    fits(visitor, size)
    plain = arrive(script=False)
    plain.goto(f"/{language}/lines/ukraine/")
    plain.select_option("#id_zone", "Europe/Kyiv")
    plain.get_by_role("button", name=SAYS["show"][language]).click()
    expect(plain.locator(".lead")).to_contain_text(SAYS["yours"][language])
    expect(plain.locator("tr.chosen")).to_have_count(1)

    page = supervisor
    page.goto(f"/{language}/support/lines/ukraine/")
    page.get_by_role("button", name=re.compile(SAYS["return"][language])).click()
    expect(page.get_by_role("status")).to_be_visible()
    assert agents_of(line("ukraine")) == []
    page.get_by_role("button", name=SAYS["close"][language]).click()
    expect(page.get_by_text(SAYS["closed"][language])).to_be_visible()
    assert violations(page) == ""
    count(clock.now())
    page.reload()
    expect(page.get_by_role("heading", name=SAYS["report"][language])).to_be_visible()
    assert violations(page) == ""
    fits(page, size)
    visitor.reload()
    expect(visitor.get_by_text(SAYS["closed"][language])).to_be_visible()
    assert violations(visitor) == ""
