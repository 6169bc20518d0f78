"""A client reads all that is held on their file, sees who looked, takes it along, and checks it."""

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from parvis.jobs import cli
from tests.filing import officer
from tests.journeys.barriers import has_no_barrier
from tests.journeys.entering import come_in
from tests.sending import disk, pdf  # noqa: F401 - a fixture
from tests.taking import Filed, answered, members, promised, repacked

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("disk"),
]
WORDS = {
    "en": (
        "Everything we hold on this application",
        "An officer read your application.",
        "Download everything",
    ),
    "fr": (
        "Tout ce que nous détenons sur cette demande",
        "Un agent a consulté votre demande.",
        "Tout télécharger",
    ),
}


def an_officer_looks(browser: Browser, server: LiveServer, one: Filed) -> None:
    officer()
    page = browser.new_context().new_page()
    come_in(page.context, server, "officer@example.org")
    page.goto(f"{server.url}/en/applications/{one.number}/")
    expect(page.get_by_text(one.number).first).to_be_visible()
    page.context.close()


def download(page: Page, button: str, to: Path) -> Path:
    with page.expect_download() as coming:
        page.get_by_role("button", name=button).click()
    coming.value.save_as(to)
    return to


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_client_reads_their_file_takes_it_along_and_checks_it(
    browser: Browser, live_server: LiveServer, tmp_path: Path, language: str, scripts: bool
) -> None:
    one = answered()
    an_officer_looks(browser, live_server, one)
    title, looked, button = WORDS[language]
    context = browser.new_context(java_script_enabled=scripts, accept_downloads=True)
    page = context.new_page()
    come_in(context, live_server, "ada@example.org")
    page.goto(f"{live_server.url}/{language}/applications/{one.number}/")
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_text(looked)).to_be_visible()

    path = download(page, button, tmp_path / "mine.zip")
    done = CliRunner().invoke(cli.main, ["file", "verify", str(path)])
    assert (done.exit_code, done.stdout[:14]) == (0, "Whole and ours")
    found = members(path.read_bytes())
    assert pdf() in found.values()
    assert looked in found["file.html"].decode()

    page_of_theirs = found["file.html"].replace(looked.encode(), b"Nobody.")
    repacked(path, found | {"file.html": page_of_theirs})
    done = CliRunner().invoke(cli.main, ["file", "verify", str(path)])
    assert (done.exit_code, done.stdout.splitlines()[0]) == (
        1,
        "file.html: changed since we made the archive",
    )
    context.close()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_page_has_a_barrier_or_spills_over_not_even_the_one_taken_along(
    browser: Browser, live_server: LiveServer, tmp_path: Path, language: str
) -> None:
    one = answered()
    promised(one)
    an_officer_looks(browser, live_server, one)
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    come_in(context, live_server, "ada@example.org")
    for path in ("file/", "file/accesses/"):
        page.goto(f"{live_server.url}/{language}/applications/{one.number}/{path}")
        has_no_barrier(page, path)
    page.goto(f"{live_server.url}/{language}/applications/{one.number}/file/")
    path = download(page, WORDS[language][2], tmp_path / "mine.zip")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path)
    for name in tmp_path.glob("*.html"):
        page.goto(name.as_uri())
        has_no_barrier(page, name.name)
    context.close()
