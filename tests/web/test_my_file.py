"""The page of all that is held on a file, in both languages: calm, complete, its client's alone."""

import re
from datetime import timedelta

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from parvis.casework.accesses.selectors import accesses_to
from parvis.casework.accesses.services import record_access
from parvis.casework.people.policies import Act, Capacity, Relation
from parvis.lib import clock
from parvis.lib.text import LANGUAGES, Language
from parvis.readers.held.file import held_page
from parvis.readers.held.signing import signer
from tests.filing import client, filed, officer, seen
from tests.sending import disk  # noqa: F401 - a fixture
from tests.taking import LATER, Filed, answered, members, promised

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]
LINK = {
    "en": "Everything we hold on this application",
    "fr": "Tout ce que nous détenons sur cette demande",
}


@pytest.fixture
def ada() -> tuple[Browser, Filed]:
    one, browser = answered(), Browser()
    promised(one)
    browser.force_login(one.user)
    return browser, one


def words(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return re.sub(r"[ \t\n]+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def looks(one: Filed, count: int) -> None:
    user = officer()
    for hour in range(count):
        record_access(
            application=one.application.id,
            user=user,
            relation=Relation(Capacity.OFFICER),
            act=Act.SEE,
            at=LATER + timedelta(hours=hour),
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_the_reader_tells_stands_on_the_page(
    ada: tuple[Browser, Filed], language: Language
) -> None:
    browser, one = ada
    looks(one, 2)
    told = words(browser, f"/{language}/applications/{one.number}/file/")
    page = held_page(seen(one.application), clock.now())
    for entry in page.entries:
        assert entry.sentence[language] in told
        assert f"{entry.by[language]}, {entry.happened.time[language]}" in told
    for line in page.documents:
        assert line.what[language] in told
    assert page.asked[0].outcome[language] in told
    assert page.given[0].sentence[language] in told
    assert page.looks.days[0].lines[0].sentence[language] in told
    assert signer().fingerprint in told
    assert "ada@example.org" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(ada: tuple[Browser, Filed], language: Language) -> None:
    browser, one = ada
    looks(one, 1)
    page = browser.get(f"/{language}/applications/{one.number}/file/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    blocks = re.split(r"</?(?:p|li|h\d|dt|dd|summary|small|span|time|div|a)\b[^>]*>", main)
    for block in blocks:
        text = re.sub(r"<[^>]+>", " ", block)
        for sentence in re.split(r"(?<=[.!?;:])\s", text):
            assert len(sentence.split()) <= 16, sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_application_leads_there_for_its_client_alone(
    ada: tuple[Browser, Filed], language: Language
) -> None:
    browser, one = ada
    staff = Browser()
    staff.force_login(officer())
    address = f"/{language}/applications/{one.number}/"
    assert f'href="{address}file/"' in browser.get(address).content.decode()
    assert LINK[language] in words(browser, address)
    assert LINK[language] not in words(staff, address)


def test_the_archive_comes_in_the_language_of_the_page(ada: tuple[Browser, Filed]) -> None:
    browser, one = ada
    answer = browser.post(f"/fr/applications/{one.number}/file/archive/")
    assert answer.headers["content-type"] == "application/zip"
    assert f'filename="{one.number}-' in answer.headers["content-disposition"]
    assert "no-store" in answer.headers["cache-control"]
    found = members(answer.getvalue())
    assert '<html lang="fr">' in found["file.html"].decode()


def test_a_download_is_a_post_with_a_token(ada: tuple[Browser, Filed]) -> None:
    browser, one = ada
    address = f"/en/applications/{one.number}/file/archive/"
    assert browser.get(address).status_code == 405
    strict = Browser(enforce_csrf_checks=True)
    strict.force_login(one.user)
    assert strict.post(address).status_code == 403
    assert accesses_to(one.application.id, most=1) == []


def test_their_own_download_is_told_among_who_looked_and_clutters_no_timeline(
    ada: tuple[Browser, Filed],
) -> None:
    browser, one = ada
    before = words(browser, f"/en/applications/{one.number}/")
    browser.post(f"/en/applications/{one.number}/file/archive/").getvalue()
    assert words(browser, f"/en/applications/{one.number}/") == before
    told = words(browser, f"/en/applications/{one.number}/file/")
    assert "You downloaded a copy of your whole file." in told


def test_who_looked_goes_on_fifty_at_a_time(ada: tuple[Browser, Filed]) -> None:
    browser, one = ada
    looks(one, 60)
    page = browser.get(f"/en/applications/{one.number}/file/").content.decode()
    assert page.count("An officer read your application.") == 10
    [all_of_them] = re.findall(r'href="([^"]+accesses/)"', page)
    page = browser.get(all_of_them).content.decode()
    assert page.count("An officer read your application.") == 50
    [following] = re.findall(r'href="([^"]+before=\d+)"', page)
    following = f"{all_of_them}{following}"
    page = browser.get(following).content.decode()
    assert page.count("An officer read your application.") == 10
    assert "before=" not in page.partition("<main")[2]
    assert "There are no more." in words(browser, f"{following.partition('?')[0]}?before=1")


@pytest.mark.parametrize("place", ["x", "-1", "٣", ""])
def test_a_place_that_is_none_shows_the_latest(ada: tuple[Browser, Filed], place: str) -> None:
    browser, one = ada
    looks(one, 1)
    told = words(browser, f"/en/applications/{one.number}/file/accesses/?before={place}")
    assert "An officer read your application." in told


@pytest.mark.parametrize(("language", "said"), [("en", "Nobody has"), ("fr", "Personne ne l’a")])
def test_a_file_with_little_in_it_says_so(language: str, said: str) -> None:
    user, subject = client("zoe@example.org")
    browser = Browser()
    browser.force_login(user)
    number = filed(client=subject).number
    for path in ("file/", "file/accesses/"):
        assert said in words(browser, f"/{language}/applications/{number}/{path}")


def test_it_takes_few_queries_and_writes_nothing(
    ada: tuple[Browser, Filed], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser, one = ada
    address = f"/en/applications/{one.number}/"
    browser.get(address)
    with django_assert_num_queries(1):  # session and user, and with them the file and its history
        browser.get(address)
    # Session and user, file, history, roles, documents, messages, the client, who looked.
    with django_assert_num_queries(8):
        browser.get(f"{address}file/")
    assert accesses_to(one.application.id, most=1) == []


def test_a_number_typed_loosely_leads_to_its_page(ada: tuple[Browser, Filed]) -> None:
    browser, one = ada
    answer = browser.get(f"/en/applications/{one.number.lower()}/file/")
    assert answer.headers["location"] == f"/en/applications/{one.number}/file/"
