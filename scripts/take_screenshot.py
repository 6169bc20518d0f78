"""Take the README's picture from a running demo: `python scripts/take_screenshot.py [ADDRESS]`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from parvis.jobs.demo.people import ADA, PASSWORD

ADDRESS = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
TO = Path(__file__).parent.parent / "docs" / "images" / "file-en.png"


def main() -> None:
    """Sign in as the demo's first client and photograph the file that is waiting on them."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1100, "height": 1000})
        page.goto(f"{ADDRESS}/en/applications/")
        page.get_by_role("textbox", name="mail").fill(ADA.email or "")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="police certificate").click()
        page.get_by_role("heading", name="What happened").wait_for()
        TO.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=TO)
        browser.close()


if __name__ == "__main__":
    main()
