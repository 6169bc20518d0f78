"""Pages for anyone: arrival and its memory, the texts that the law asks for, how the service is."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from parvis.lib.text import LANGUAGES
from tests.filing import officer

PAGES = (
    "",
    "status/",
    "processing-times/",
    "figures/",
    "figures/backlog/",
    "figures/dates/",
    "accessibility/",
    "privacy/",
    "signed-out/",
)


def structure(page: str) -> list[str]:
    """Return the elements of a page's main part, in their order."""
    main = page[page.index("<main") : page.index("</main>")]
    return re.findall(r"<(h\d|p|li|table|th|td|summary|a)\b", main)


def test_arrival_offers_both_languages_and_the_choice_is_remembered() -> None:
    browser = Browser()
    arrival = browser.get("/")
    assert arrival.status_code == 200
    told = arrival.content.decode()
    assert 'href="/en/"' in told
    assert 'href="/fr/"' in told
    browser.get("/fr/")
    assert browser.get("/")["Location"] == "/fr/"
    browser.get("/en/privacy/")
    assert browser.get("/")["Location"] == "/en/"


def test_the_remembered_language_is_no_more_than_two_letters() -> None:
    browser = Browser()
    cookie = browser.get("/fr/").cookies["django_language"]
    assert cookie.value == "fr"
    assert cookie["httponly"]
    assert "django_language" not in browser.get("/fr/").cookies
    browser.cookies["django_language"] = "../x"
    assert browser.get("/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_the_same_in_both_languages(path: str) -> None:
    told = [Browser().get(f"/{language}/{path}") for language in LANGUAGES]
    assert [page.status_code for page in told] == [200, 200]
    english, french = (page.content.decode() for page in told)
    assert structure(english) == structure(french)
    assert '<html lang="fr">' in french


@pytest.mark.django_db
def test_the_service_tells_that_it_works_and_when_that_was_tried() -> None:
    told = Browser().get("/en/status/").content.decode()
    assert "Yes, the service is working" in told
    assert told.count("Working") == 3
    assert re.search(r"on \d+ \w+ \d{4} at \d\d:\d\d, Eastern time", told)


@pytest.mark.django_db
def test_what_cannot_be_kept_is_told(settings: Settings, tmp_path: Path) -> None:
    settings.PARVIS_HOME = tmp_path / "gone"
    told = Browser().get("/fr/status/").content.decode()
    assert "Une partie du service ne fonctionne pas" in told
    assert told.count("Ne fonctionne pas") == 1


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("", "the office that your application names"),
        ("aide@example.org", "mailto:aide@example.org"),
    ],
)
def test_whoever_cannot_use_a_page_is_told_whom_to_write_to(
    settings: Settings, contact: str, said: str
) -> None:
    settings.PARVIS_CONTACT = contact
    for path in ("accessibility", "privacy"):
        assert said in Browser().get(f"/en/{path}/").content.decode()


@pytest.mark.django_db
def test_the_page_of_components_is_for_those_who_build() -> None:
    for language in LANGUAGES:
        assert Browser().get(f"/{language}/components/").status_code == 200


@pytest.mark.django_db
def test_in_production_staff_alone_see_the_components(
    settings: Settings,
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, production=True)
    browser = Browser()
    assert browser.get("/en/components/").status_code == 404
    browser.force_login(officer())
    assert browser.get("/en/components/").status_code == 200
