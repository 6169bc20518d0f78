"""Dates kept and processing times in a real browser: no barrier, no script needed, one program."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from parvis.jobs.estimates.giving import give_all
from parvis.lib import clock
from tests.department import department
from tests.filing import RECEIVED
from tests.journeys.barriers import has_no_barrier
from tests.journeys.test_client import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PATHS = ("figures/dates/", "figures/dates/?program=study-permit", "processing-times/")


def _given(now: datetime) -> None:
    give_all(now, lambda share: None)


@pytest.fixture(autouse=True)
def _department(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have a small department on 12 January 2024 that gave dates for a year, and scored them."""
    monkeypatch.setattr(clock, "_shift", timedelta())
    clock.start_at(RECEIVED)
    department(now=RECEIVED, scale=0.0001, then=_given)
    yield
    clock.start_at(clock.datetime.now(clock.UTC))


def test_neither_page_has_a_barrier_or_spills_over(
    browser: Browser, live_server: LiveServer
) -> None:
    page = browser.new_page()
    for language, path in product(("en", "fr"), PATHS):
        page.goto(f"{live_server.url}/{language}/{path}")
        for details in page.locator("summary:visible").all():
            details.click()
        has_no_barrier(page, path)
    page.close()


def test_larger_text_does_not_break_either_page(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_context(viewport=PHONE, bypass_csp=True).new_page()
    for path in PATHS:
        page.goto(f"{live_server.url}/fr/{path}")
        page.add_style_tag(content="html { font-size: 140% }")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    page.context.close()


def test_whoever_wants_to_apply_sees_how_long_and_how_often_dates_were_kept(
    browser: Browser, live_server: LiveServer
) -> None:
    page = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/en/processing-times/")
    visas = page.get_by_role("listitem").filter(
        has=page.get_by_role("heading", name="Temporary resident visa")
    )
    expect(visas.get_by_text("Half of applications that come today")).to_be_visible()
    expect(visas.get_by_text("A look back, at applications already decided")).to_be_visible()
    page.get_by_role("link", name="See how many of our dates we kept").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The dates we gave")
    expect(page.get_by_text("Of 100 dates that fell due,")).to_be_visible()
    page.get_by_label("Program").select_option(label="Study permit")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_label("Program")).to_have_value("study-permit")
    expect(page.get_by_role("heading", name="By program")).to_have_count(0)
    page.get_by_role("link", name="Français").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Les dates données")
    expect(page.get_by_label("Programme")).to_have_value("study-permit")
    page.context.close()
