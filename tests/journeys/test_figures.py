"""Figures in a real browser: anybody chooses a day, staff open a number to its files."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from parvis.jobs.demo.people import OFFICER, SUPERVISOR
from parvis.jobs.demo.people import PASSWORD as THEIRS
from parvis.lib import clock
from parvis.readers.standards.counting import count
from parvis.readers.support.counting import count as count_support
from tests.department import department
from tests.filing import RECEIVED
from tests.journeys.barriers import has_no_barrier, violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PATHS = ("figures/?on=2023-11-30", "figures/backlog/", "figures/?on=yesterday")


@pytest.fixture(autouse=True)
def _department(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have a small department on 12 January 2024, counted."""
    monkeypatch.setattr(clock, "_shift", timedelta())
    clock.start_at(RECEIVED)
    department(now=RECEIVED, scale=0.0001, then=count)
    yield
    clock.start_at(clock.datetime.now(clock.UTC))


def test_no_page_of_figures_has_a_barrier_or_spills_over(
    browser: Browser, live_server: LiveServer
) -> None:
    page = browser.new_page()
    for language, path in product(("en", "fr"), PATHS):
        page.goto(f"{live_server.url}/{language}/{path}")
        for details in page.locator("summary").all():
            details.click()
        has_no_barrier(page, path)
    page.close()


def test_larger_text_does_not_break_a_page_of_figures(
    browser: Browser, live_server: LiveServer
) -> None:
    page = browser.new_context(viewport={"width": 360, "height": 740}, bypass_csp=True).new_page()
    for path in PATHS:
        page.goto(f"{live_server.url}/fr/{path}")
        page.add_style_tag(content="html { font-size: 140% }")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    page.context.close()


def test_an_officer_opens_a_number_to_its_files_and_one_of_them(
    browser: Browser, live_server: LiveServer
) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{live_server.url}/en/processing-times/")
    page.get_by_role("link", name="See how service standards are kept").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Service standards")
    page.get_by_label("Show how it stood at the end of").fill("2023-11-30")
    page.get_by_label("Program").select_option(label="Study permit")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("at the end of 30 November 2023.")).to_be_visible()
    expect(page.get_by_label("Program")).to_have_value("study-permit")

    page.goto(f"{live_server.url}/en/sign-in/?next=/en/figures/?on=2023-11-30")
    page.get_by_label("E-mail address").fill(OFFICER)
    page.get_by_label("Password").fill(THEIRS)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"{live_server.url}/en/figures/?on=2023-11-30")
    section = page.get_by_role("region", name="Applications that wait")
    number = section.get_by_role("link").nth(1)
    late = int(number.inner_text().replace(",", ""))
    number.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting beyond the standard")
    assert violations(page) == ""
    rows = page.locator("tbody tr")
    assert rows.count() == min(late, 50)
    if late > 50:
        page.get_by_role("link", name="The next fifty").click()
        assert rows.count() == min(late - 50, 50)
    rows.first.get_by_role("link").click()
    expect(page.get_by_text("What happened")).to_be_visible()
    page.context.close()


def test_a_supervisor_reads_the_support_centre_and_a_line_without_a_barrier(
    browser: Browser, live_server: LiveServer
) -> None:
    count_support(RECEIVED)
    page = browser.new_context().new_page()
    page.goto(f"{live_server.url}/en/sign-in/?next=/en/figures/support/")
    page.get_by_label("E-mail address").fill(SUPERVISOR)
    page.get_by_label("Password").fill(THEIRS)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Client Support Centre")
    expect(page.get_by_text("of the calls that came were answered.")).to_be_visible()
    paths = ("figures/support/", "figures/support/lines/ukraine/")
    for language, path in product(("en", "fr"), paths):
        page.goto(f"{live_server.url}/{language}/{path}")
        has_no_barrier(page, path)
    page.goto(f"{live_server.url}/en/figures/support/")
    page.get_by_role("link", name="Ukraine crisis line").click()
    expect(page.get_by_text("Daily report of this line")).to_be_visible()
    page.context.close()
