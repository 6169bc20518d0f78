"""What axe finds on a page that would keep somebody out, and whether the page fits its screen."""

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS, Axe
from playwright.sync_api import Page

WIDTHS = (360, 1280)
_AXE = Axe()


def violations(page: Page) -> str:
    """Return what WCAG forbids on this page; nothing where there is none of it."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_AXE.axe_script)
    found = AxeResults(page.evaluate("options => axe.run(options)", DEFAULT_OPTIONS))
    return "" if found.violations_count == 0 else str(found.generate_report())


def has_no_barrier(page: Page, name: str = "") -> None:
    """Fail where a page has a barrier or spills over, on a phone or on a wide screen."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        assert violations(page) == "", (name, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
