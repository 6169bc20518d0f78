"""Who is signed in is read with their session in one query, and every way out works at once."""

import json

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session as DjangoSession
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from parvis.casework.people.models import Session, User
from parvis.casework.people.roles import Role
from parvis.casework.people.services import add_user
from tests.filing import ASK, OPEN, PASSWORD, RECEIVED, client, filed, officer

pytestmark = pytest.mark.django_db


def sign_in(email: str) -> Browser:
    """Return a browser that went through the form."""
    browser = Browser()
    answer = browser.post("/en/sign-in/", {"login": email, "password": PASSWORD})
    assert answer.status_code == 302
    return browser


@pytest.fixture
def ada() -> tuple[Browser, User, str]:
    user, subject = client("ada@example.org")
    return sign_in(user.email), user, filed(OPEN, ASK, client=subject).number


def is_signed_in(browser: Browser) -> bool:
    """Tell whether the page of files opens; the API must say the same."""
    opens = browser.get("/en/applications/").status_code == 200
    assert (browser.get("/api/applications/P0000000000").status_code == 404) is opens
    return opens


def test_the_page_and_the_api_take_one_query_each(
    ada: tuple[Browser, User, str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser, _, number = ada
    for path in (f"/en/applications/{number}/", f"/api/applications/{number}"):
        # What is counted once a day is read again every few minutes, whoever asks then.
        browser.get(path)
        browser.get(path)  # reads the figures, for five minutes
        # The session with its user, and with it the file and its history.
        with django_assert_num_queries(1):
            assert browser.get(path).status_code == 200


def test_a_session_knows_its_user_from_signing_in_to_signing_out(
    ada: tuple[Browser, User, str],
) -> None:
    browser, user, _ = ada
    assert [one.user_id for one in Session.objects.all()] == [user.pk]
    browser.post("/en/sign-out/")
    assert not is_signed_in(browser)
    assert not Session.objects.filter(user=user).exists()
    assert not DjangoSession.objects.exists()


def test_a_session_that_is_deleted_ends_at_once(ada: tuple[Browser, User, str]) -> None:
    browser, user, _ = ada
    assert is_signed_in(browser)
    Session.objects.filter(user=user).delete()
    assert not is_signed_in(browser)


def test_a_new_password_ends_every_session_at_once(ada: tuple[Browser, User, str]) -> None:
    browser, user, _ = ada
    user.set_password("another-plain-test-password")
    user.save()
    assert not is_signed_in(browser)
    assert not Session.objects.filter(user=user).exists()


def test_an_account_that_is_closed_is_out_at_once(ada: tuple[Browser, User, str]) -> None:
    browser, user, _ = ada
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not is_signed_in(browser)


def test_a_user_who_is_deleted_is_out_at_once() -> None:
    user = officer()
    browser = sign_in(user.email)
    user.delete()
    assert not is_signed_in(browser)


def test_staff_who_are_so_no_longer_see_no_file(ada: tuple[Browser, User, str]) -> None:
    _, _, number = ada
    user = officer()
    browser = sign_in(user.email)
    assert browser.get(f"/en/applications/{number}/").status_code == 200
    User.objects.filter(pk=user.pk).update(role=Role.PERSON)
    assert browser.get(f"/en/applications/{number}/").status_code == 404


def test_a_session_past_its_day_is_over(ada: tuple[Browser, User, str]) -> None:
    browser, user, _ = ada
    for session in Session.objects.filter(user=user):
        session.expire_date = user.joined_at
        session.save()
    assert not is_signed_in(browser)


def test_a_session_whose_content_names_somebody_else_is_django_s_to_judge(
    ada: tuple[Browser, User, str],
) -> None:
    browser, _, number = ada
    other, _ = client("zoe@example.org", name="Zoé Exemple")
    Session.objects.update(user=other)
    # The signed content decides, not the column beside it.
    assert browser.get(f"/en/applications/{number}/").status_code == 200


def test_a_session_with_a_stranger_s_hash_is_not_signed_in(ada: tuple[Browser, User, str]) -> None:
    browser, _, _ = ada
    session = browser.session
    session["_auth_user_hash"] = "0" * 64
    session.save()
    assert not is_signed_in(browser)


def test_a_session_of_a_way_in_that_is_closed_is_not_signed_in(
    ada: tuple[Browser, User, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, _, _ = ada
    assert is_signed_in(browser)
    monkeypatch.setattr(settings, "AUTHENTICATION_BACKENDS", [])
    assert not is_signed_in(browser)


@pytest.mark.parametrize("key", ["x", "nonsense" * 4, "é" * 32, "%00" * 12])
def test_a_session_that_nobody_opened_is_nobody_s(key: str) -> None:
    browser = Browser()
    browser.cookies["sessionid"] = key
    answer = browser.get("/api/applications/P0000000000")
    assert (answer.status_code, json.loads(answer.content)["code"]) == (401, "not_signed_in")


@pytest.mark.parametrize(
    ("role", "begins"),
    [
        (Role.AGENT, "/en/support/"),
        (Role.SUPERVISOR, "/en/support/queues/"),
        (Role.OFFICER, "/en/applications/"),
    ],
)
def test_staff_begin_where_their_work_is(role: Role, begins: str) -> None:
    user = add_user(email="somebody@example.org", password=PASSWORD, role=role, at=RECEIVED)
    answer = Browser().post("/en/sign-in/", {"login": user.email, "password": PASSWORD})
    assert answer.headers["Location"] == begins
