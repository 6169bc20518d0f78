"""The two doors in the pages: who is shown the other one, staff's page, and the one question."""

import re

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries, Settings

from parvis.casework.cohorts.models import Cohort, Named, SignIn
from parvis.casework.cohorts.selectors import is_open_for
from parvis.casework.cohorts.services import open_to, stop
from parvis.casework.cohorts.status import WHOLE, CohortKind
from parvis.casework.events import log
from parvis.casework.feedback.models import Rating
from parvis.casework.people.models import User
from parvis.casework.people.roles import STAFF, Role
from parvis.lib import clock
from parvis.lib.text import LANGUAGES, Language
from tests.behind_wall import wall  # noqa: F401 - a fixture
from tests.casework.keys.making import a_key, with_key
from tests.filing import ASK, OPEN, PASSWORD, RECEIVED, client, filed
from tests.sending import VISIT, disk  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]
CALM = {
    "en": "Your service is elsewhere for now",
    "fr": "Votre service est ailleurs pour l’instant",
}


def signed_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def words(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def closed() -> int:
    """Open the door to a list of others, so that nobody else is in."""
    _, other = client("other@example.org")
    return open_to(kind=CohortKind.LIST, clients=[other], by=None, at=clock.now())


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_out_is_calmly_shown_where_their_door_is(
    language: Language, settings: Settings
) -> None:
    settings.PARVIS_OLD_DOOR = "https://old.example.org/account"
    user, ada = client("ada@example.org")
    number, browser = filed(OPEN, ASK, client=ada).number, signed_in(user)
    closed()
    for page in (
        f"/{language}/applications/",
        f"/{language}/applications/{number}/",
        f"/{language}/applications/{number}/file/",
        f"/{language}/mandates/",
    ):
        answer = browser.get(page)
        assert answer.status_code == 403
        assert CALM[language] in words(answer.content)
        assert 'href="https://old.example.org/account"' in answer.content.decode()
        assert number not in words(answer.content)
    sent = browser.post(f"/{language}/applications/{number}/answer/police-certificate/", {})
    assert sent.status_code == 403
    assert browser.get(f"/{language}/account/").status_code == 200
    told = browser.get(f"/api/applications/{number}", {"lang": language})
    assert (told.status_code, told.json()["code"]) == (403, "other_door")
    key = with_key(a_key(user).secret).get(f"/api/applications/{number}")
    assert (key.status_code, key.json()["code"]) == (403, "other_door")


def test_a_house_that_names_no_old_door_links_nowhere() -> None:
    user, _ = client("ada@example.org")
    closed()
    page = words(signed_in(user).get("/en/applications/").content)
    assert "Go on using the service that you know." in page


def test_a_door_that_is_stopped_is_closed_to_an_open_session_from_its_next_page_on() -> None:
    user, ada = client("ada@example.org")
    where = f"/en/applications/{filed(OPEN, client=ada).number}/"
    browser = signed_in(user)
    cohort = open_to(kind=CohortKind.SHARE, share=WHOLE, by=None, at=clock.now())
    assert browser.get(where).status_code == 200
    stop(cohort=cohort, by=None, at=clock.now())
    assert browser.get(where).status_code == 403
    open_to(kind=CohortKind.SHARE, share=WHOLE, by=None, at=clock.now())
    assert browser.get(where).status_code == 200


@pytest.mark.parametrize("behind", ["the first wall alone", "both walls"])
def test_to_ask_who_is_in_takes_no_query_of_its_own(
    behind: str,
    request: pytest.FixtureRequest,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user, ada = client("ada@example.org")
    where = f"/en/applications/{filed(OPEN, client=ada).number}/"
    open_to(kind=CohortKind.PROGRAM, program="study-permit", by=None, at=clock.now())
    browser = signed_in(user)
    if behind == "both walls":
        request.getfixturevalue("wall")
    browser.get(where)
    with django_assert_num_queries(1):
        assert browser.get(where).status_code == 200


def test_signing_in_is_counted_with_whether_they_were_let_in() -> None:
    client("ada@example.org")
    form = {"login": "ada@example.org", "password": PASSWORD}
    Browser().post("/en/sign-in/", form)
    closed()
    Browser().post("/en/sign-in/", form)
    assert list(SignIn.objects.order_by("at").values_list("let_in", flat=True)) == [True, False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_supervisor_opens_the_door_raises_and_stops_it(language: Language) -> None:
    user = User.objects.create_user("s@example.org", role=Role.SUPERVISOR, joined_at=RECEIVED)
    browser = signed_in(user)
    doors = f"/{language}/doors/"
    assert browser.get(doors).status_code == 200
    assert browser.post(f"{doors}open/", {"to": "share", "share": "2,5 %"})["Location"] == doors
    cohort = Cohort.objects.get()
    assert cohort.share == 250
    wrong = browser.post(f"{doors}{cohort.pk}/raise/", {"share": "1"})
    assert wrong.status_code == 422
    assert browser.post(f"{doors}{cohort.pk}/raise/", {"share": "30"})["Location"] == doors
    cohort.refresh_from_db()
    assert cohort.share == 3_000
    assert browser.post(f"{doors}{cohort.pk}/stop/")["Location"] == doors
    assert [one.by for one in log.history(cohort.pk)] == [user.ref] * 3
    browser.post(f"{doors}open/", {"to": "program", "program": "study-permit"})
    assert Cohort.objects.filter(program="study-permit").exists()


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_the_door_is_opened_to_the_clients_on_a_list_and_to_more(
    role: Role, request: pytest.FixtureRequest
) -> None:
    staff = User.objects.create_user("s@example.org", role=role, joined_at=RECEIVED)
    (ada, one), (zoe, two) = client("ada@example.org"), client("zoe@example.org")
    first, second = filed(OPEN, client=one).number, filed(OPEN, client=two).number
    browser = signed_in(staff)
    request.getfixturevalue("wall")
    told = {"to": "list", "numbers": f" {first.lower()}\r\n{first}; "}
    assert browser.post("/en/doors/open/", told)["Location"] == "/en/doors/"
    assert (is_open_for(ada.pk), is_open_for(zoe.pk)) == (True, False)
    cohort = Cohort.objects.get()
    sent = browser.post(f"/en/doors/{cohort.pk}/raise/", {"numbers": second})
    assert sent["Location"] == "/en/doors/"
    assert is_open_for(zoe.pk)
    assert sorted(Named.objects.values_list("client", flat=True)) == sorted((one, two))


@pytest.mark.parametrize("numbers", ["", " ; ", "P1", "P9999999998", "<b>", "1" * 500, "é"])
def test_a_list_with_what_is_nobodys_opens_nothing_and_says_what(numbers: str) -> None:
    user = User.objects.create_user("s@example.org", role=Role.SUPERVISOR, joined_at=RECEIVED)
    _, ada = client("ada@example.org")
    good = filed(OPEN, client=ada).number
    for typed in {numbers, f"{good} {numbers}"} - {f"{good} ", f"{good}  ; "}:
        sent = signed_in(user).post("/en/doors/open/", {"to": "list", "numbers": typed})
        assert sent.status_code == 422
        # What was typed stands there still; the sentence names the wrong ones alone.
        assert good not in words(sent.content).partition("Open the new door")[0]
        assert good in sent.content.decode() or typed == numbers
    assert not Cohort.objects.exists()


@pytest.mark.parametrize("share", ["", "x", "0", "101", "-3", "1e9", "NaN", "Infinity", "0.001"])
def test_what_is_no_percentage_opens_nothing(share: str) -> None:
    user = User.objects.create_user("s@example.org", role=Role.SUPERVISOR, joined_at=RECEIVED)
    sent = signed_in(user).post("/en/doors/open/", {"to": "share", "share": share})
    assert sent.status_code == 422
    assert not Cohort.objects.exists()


@pytest.mark.parametrize("role", sorted(STAFF))
def test_who_sees_the_doors_and_who_opens_them(role: Role) -> None:
    user = User.objects.create_user("one@example.org", role=role, joined_at=RECEIVED)
    page = signed_in(user).get("/en/doors/")
    sees = role in (Role.SUPERVISOR, Role.ANALYST, Role.ADMINISTRATOR)
    assert page.status_code == (200 if sees else 404)
    if sees:
        assert ("Open it now" in words(page.content)) is (role is not Role.ANALYST)


ASKED = {
    "en": "Was it easy to do this here?",
    "fr": "Était-ce facile à faire ici ?",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_question_is_asked_once_at_the_end_of_a_task(language: Language) -> None:
    user, ada = client("ada@example.org")
    file = filed(OPEN, VISIT, client=ada)
    browser = signed_in(user)
    where = f"/{language}/applications/{file.number}/"
    answering = f"{where}answer/medical-exam/"
    assert ASKED[language] not in words(browser.get(where).content)
    browser.post(answering, {"done_on": "2024-01-15"})
    assert ASKED[language] in words(browser.get(where).content)
    assert ASKED[language] not in words(browser.get(where).content)
    # The same answer once more is the same task: nobody asks again.
    browser.post(answering, {"done_on": "2024-01-15"})
    assert ASKED[language] not in words(browser.get(where).content)
    for ease in ("partly", "no"):
        assert browser.post(f"{answering}easy/", {"ease": ease})["Location"] == where
    rating = Rating.objects.get()
    assert (rating.application, rating.ease) == (file.pk, "partly")
    [fact] = [one for one in log.history(ada) if one.fact.KIND == "client.task-rated"]
    assert (fact.by, fact.fact.ease) == (user.ref, "partly")  # type: ignore[attr-defined]


def test_nobody_rates_what_they_did_not_do() -> None:
    user, ada = client("ada@example.org")
    file = filed(OPEN, VISIT, client=ada)
    other, _ = client("zoe@example.org")
    where = f"/en/applications/{file.number}/answer/medical-exam/easy/"
    for browser in (signed_in(user), signed_in(other)):
        assert browser.post(where, {"ease": "yes"}).status_code == 404
    signed_in(user).post(where.removesuffix("easy/"), {"done_on": "2024-01-15"})
    assert signed_in(other).post(where, {"ease": "yes"}).status_code == 404
    assert signed_in(user).post(where, {"ease": "very"}).status_code == 302
    assert not Rating.objects.exists()
