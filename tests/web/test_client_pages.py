"""The pages of a client and of an officer, in both languages, from sign-in to sign-out."""

import re

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from parvis.casework.applications import histories
from parvis.casework.applications.foreign import ForeignCase, Reading
from parvis.casework.people.roles import Role
from parvis.lib import clock
from parvis.lib.text import LANGUAGES, Language
from parvis.programs import loader
from parvis.programs.vocabulary import Status
from parvis.readers.tracker import file_page
from tests.casework.mandates.giving import person
from tests.filing import ASK, OPEN, PASSWORD, RECEIVED, WAYS, client, filed, officer, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> tuple[Browser, int]:
    user, subject = client("ada@example.org")
    browser = Browser()
    browser.force_login(user)
    return browser, subject


@pytest.fixture
def staff() -> Browser:
    browser = Browser()
    browser.force_login(officer())
    return browser


def words(browser: Browser, address: str, *, status: int = 200) -> str:
    """Return what a page says, without its tags."""
    answer = browser.get(address)
    assert answer.status_code == status
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"[ \t\n]+", " ", text)


@pytest.mark.parametrize("status", WAYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_status_has_its_page_in_each_language(
    ada: tuple[Browser, int], status: Status, language: Language
) -> None:
    browser, subject = ada
    file = filed(*WAYS[status], client=subject)
    told = words(browser, f"/{language}/applications/{file.number}/")
    page = file_page(seen(file), clock.now())
    assert page.headline[language] in told
    assert page.turn.sentence[language] in told
    for line in page.history:
        assert line.sentence[language] in told
    for section in page.sections:
        assert section.status.name[language] in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_its_language(language: Language) -> None:
    assert f'<html lang="{language}">' in Browser().get(f"/{language}/").content.decode()


def test_a_client_has_a_list_of_their_own_files_only(ada: tuple[Browser, int]) -> None:
    browser, subject = ada
    mine, _ = filed(OPEN, client=subject), filed(OPEN)
    told = words(browser, "/en/applications/")
    assert mine.number in told
    assert told.count("It is our turn.") == 1


@pytest.mark.parametrize(("language", "said"), [("en", "no application"), ("fr", "pas encore")])
def test_an_empty_list_says_so(ada: tuple[Browser, int], language: str, said: str) -> None:
    assert said in words(ada[0], f"/{language}/applications/")


def test_somebody_elses_file_is_answered_like_one_that_does_not_exist(
    ada: tuple[Browser, int],
) -> None:
    browser, _ = ada
    mistyped = words(browser, "/en/applications/P0000000000/", status=404)
    assert words(browser, f"/en/applications/{filed().number}/", status=404) == mistyped


def test_signed_out_one_is_asked_to_sign_in_and_comes_back(ada: tuple[Browser, int]) -> None:
    _, subject = ada
    address = f"/fr/applications/{filed(client=subject).number}/"
    browser = Browser()
    asked = browser.get(address)
    assert asked.headers["location"] == f"/fr/sign-in/?next={address}"
    form = {"login": "ada@example.org", "password": PASSWORD, "next": address}
    assert browser.post("/fr/sign-in/", form).headers["location"] == address


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "do not go together"), ("fr", "ne vont pas ensemble")],
)
def test_a_wrong_password_is_told_without_a_word_about_who_exists(
    ada: tuple[Browser, int], language: str, said: str
) -> None:
    for email in ("ada@example.org", "nobody@example.org"):
        form = {"login": email, "password": "wrong"}
        answer = Browser().post(f"/{language}/sign-in/", form)
        assert said in answer.content.decode()


def test_an_account_that_was_closed_does_not_open(ada: tuple[Browser, int]) -> None:
    user, _ = client("closed@example.org")
    user.is_active = False
    user.save()
    form = {"login": "closed@example.org", "password": PASSWORD}
    browser = Browser()
    answer = browser.post("/en/sign-in/", form, follow=True)
    assert "This account is closed" in answer.content.decode()
    assert browser.get("/en/applications/").status_code == 302


def test_an_empty_form_says_what_is_missing() -> None:
    told = Browser().post("/fr/sign-in/", {}).content.decode()
    assert "Donnez votre adresse de courriel" in told
    assert "Donnez votre mot de passe" in told


def test_signing_out_is_a_post_and_says_that_it_is_done(ada: tuple[Browser, int]) -> None:
    browser, _ = ada
    assert "Do you want to sign out?" in words(browser, "/en/sign-out/")
    done = browser.post("/en/sign-out/", follow=True)
    assert done.redirect_chain == [("/en/signed-out/", 302)]
    assert "You are signed out" in done.content.decode()
    assert browser.get("/en/applications/").status_code == 302


def imported(number: str, program: str) -> None:
    case = ForeignCase(number, [(RECEIVED, "Wachten", None)], None)
    reading = Reading(loader.program(program))
    histories.take_in(program=program, cases=[case], reading=reading, by="test")


def test_an_officer_finds_a_file_by_either_number(staff: Browser) -> None:
    imported("A-77", "study-permit")
    found = staff.get("/en/applications/", {"number": " A-77 "})
    assert found.status_code == 302
    assert "A-77" in words(staff, found.headers["location"])
    ours = filed()
    assert staff.get("/en/applications/", {"number": ours.number}).status_code == 302


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR])
def test_staff_who_need_nobody_s_file_are_led_to_the_figures(role: Role) -> None:
    browser = Browser()
    browser.force_login(person(f"{role}@example.org", role))
    found = browser.get("/en/applications/")
    assert found.headers["location"] == "/en/figures/"
    for page in ("/en/", "/en/figures/"):
        assert "Find an application" not in words(browser, page)
        assert "Your applications" not in words(browser, page)


def test_an_officer_chooses_between_two_files_with_one_number(staff: Browser) -> None:
    imported("A-77", "study-permit")
    imported("A-77", "work-permit")
    told = words(staff, "/fr/applications/?number=A-77")
    assert "Permis d’études" in told
    assert "Permis de travail" in told


def test_an_officer_is_told_that_a_number_leads_nowhere(staff: Browser) -> None:
    assert "No application has the number" in words(staff, "/en/applications/?number=%3Cb%3E")


def test_a_number_typed_loosely_leads_to_its_file(ada: tuple[Browser, int]) -> None:
    browser, subject = ada
    number = filed(client=subject).number
    answer = browser.get(f"/en/applications/{number.lower()}/")
    assert answer.headers["location"] == f"/en/applications/{number}/"


def test_the_other_language_is_the_same_page(ada: tuple[Browser, int]) -> None:
    browser, subject = ada
    number = filed(client=subject).number
    for here, there in (("en", "fr"), ("fr", "en")):
        page = browser.get(f"/{here}/applications/{number}/?a=1").content.decode()
        assert f'href="/{there}/applications/{number}/?a=1"' in page


def test_pages_about_a_person_are_not_kept_by_the_browser(ada: tuple[Browser, int]) -> None:
    browser, subject = ada
    answer = browser.get(f"/en/applications/{filed(client=subject).number}/")
    assert "no-store" in answer.headers["cache-control"]


def test_no_page_has_style_or_script_of_its_own(ada: tuple[Browser, int]) -> None:
    browser, subject = ada
    number = filed(OPEN, ASK, client=subject).number
    for path in ("", "sign-in/", "applications/", f"applications/{number}/", "nothing"):
        page = browser.get(f"/en/{path}", follow=True)
        own = r"<style|<script(?! src=\"/static/)|\sstyle=|\son\w+="
        assert not re.search(own, page.content.decode())
        assert "style-src 'self'" in page.headers["content-security-policy"]


def test_a_page_takes_few_queries(
    ada: tuple[Browser, int], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser, subject = ada
    number = filed(OPEN, ASK, client=subject).number
    browser.get(f"/en/applications/{number}/")  # reads the figures, for five minutes
    with django_assert_num_queries(1):  # session and user, and with them the file and its history
        browser.get(f"/en/applications/{number}/")
    with django_assert_num_queries(3):  # session and user, files, whether they hold a mandate
        browser.get("/en/applications/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_address_has_both_languages(language: Language) -> None:
    with override(language):
        assert reverse("home") == f"/{language}/"
