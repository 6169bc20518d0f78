"""How pages look: in both languages, on a phone and a screen, at 200 % zoom, and on paper."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from parvis.lib import clock
from tests.filing import ASK, OPEN, RECEIVED, client, filed
from tests.journeys import looking
from tests.journeys.entering import come_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WAYS = {
    "phone": ({"width": 360, "height": 740}, "screen"),
    "screen": ({"width": 1280, "height": 800}, "screen"),
    # As a browser does it: half as many points across, each drawn twice as large.
    "zoom": ({"width": 640, "height": 400}, "screen"),
    "paper": ({"width": 718, "height": 1000}, "print"),
}
PAGES = {
    "components": "components/",
    "home": "",
    "find": "find/",
    "question": "find/questions/purpose/",
    "visa": "assessments/visitor-visa/",
    "sign-in": "sign-in/",
    "accessibility": "accessibility/",
    "missing": "nothing/",
}
UNCOUNTED = ".number"
"""Numbers depend on what a database has numbered before."""


@pytest.fixture
def _in_february(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have it be a month after files are received, whenever this runs."""
    monkeypatch.setattr(clock, "_shift", timedelta())
    clock.start_at(RECEIVED + timedelta(days=30))
    yield
    clock.start_at(clock.datetime.now(clock.UTC))


def look(page: Page) -> bytes:
    """Return a screenshot of the whole page, once its letters are there."""
    page.evaluate("document.fonts.ready")
    page.evaluate("document.activeElement?.blur()")
    masked = [page.locator(UNCOUNTED)]
    return page.screenshot(full_page=True, animations="disabled", mask=masked, mask_color="#ccc")


@pytest.fixture(params=["en", "fr"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(browser: Browser, way: str) -> Iterator[Page]:
    size, medium = WAYS[way]
    context = browser.new_context(
        viewport=size,
        device_scale_factor=2 if way == "zoom" else 1,
        bypass_csp=True,
    )
    opened = context.new_page()
    opened.emulate_media(media=medium)
    yield opened
    context.close()


@pytest.fixture
def check(
    request: pytest.FixtureRequest, language: str, way: str, tmp_path: Path
) -> Callable[[Page, str], None]:
    """Return what compares a page with its look."""
    accept = bool(request.config.getoption("--accept-looks"))

    def compare(page: Page, name: str) -> None:
        looking.check(look(page), f"{name}-{language}-{way}", accept=accept, found=tmp_path)

    return compare


def test_public_pages_look_as_they_did(
    page: Page, live_server: LiveServer, language: str, check: Callable[[Page, str], None]
) -> None:
    for name, path in PAGES.items():
        page.goto(f"{live_server.url}/{language}/{path}")
        check(page, name)


@pytest.mark.usefixtures("_in_february")
def test_a_file_looks_as_it_did(
    page: Page, live_server: LiveServer, language: str, check: Callable[[Page, str], None]
) -> None:
    _, subject = client("ada@example.org")
    number = filed(("open_section", {"section": "eligibility"}), OPEN, ASK, client=subject).number
    come_in(page.context, live_server, "ada@example.org")
    page.goto(f"{live_server.url}/{language}/applications/{number}/")
    check(page, "file")


def test_a_page_that_looks_otherwise_is_caught(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_context(viewport=WAYS["phone"][0], bypass_csp=True).new_page()
    page.goto(f"{live_server.url}/en/components/")
    before = looking.small(look(page))
    assert looking.difference(looking.small(look(page)), before) is None
    for planted in (
        ".headline { font-size: 1.5rem }",
        ".task { border-left-color: transparent }",
        ".sections .mark { visibility: hidden }",
        ".button { text-decoration: underline }",
        ".history > li::before { display: none }",
        ".dots circle { r: 2px }",
    ):
        page.reload()
        page.add_style_tag(content=planted)
        assert looking.difference(looking.small(look(page)), before) is not None, planted
    page.context.close()
