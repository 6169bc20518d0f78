"""Signing in by a service outside the house: the whole code flow, and services that lie."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as live
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client as Browser
from pytest_django import Settings

from parvis.casework.people.models import User
from parvis.casework.people.roles import STAFF, Role
from parvis.config.environment import read_environment
from parvis.lib.text import LANGUAGES
from tests.filing import client, officer
from tests.oidc.running import ADA, OFFICER, Provider, running

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    with running(tmp_path_factory.mktemp("provider"), SITE) as provider:
        yield provider


@pytest.fixture(autouse=True)
def _as_ever(provider: Provider) -> None:
    provider.behaves(ADA)


def leave(browser: Browser, service: str = "public", **form: str) -> str:
    """Return the address at the service to which somebody is sent."""
    page = browser.post(f"/sign-in/by/{service}/", form)
    [address] = re.findall(r'content="0; url=([^"]+)"', page.content.decode())
    return unescape(address)


def come_back(address: str) -> str:
    """Return the address to which the service sends somebody back, after they signed in there."""
    there = requests.Session()
    for _ in range(5):
        answer = there.get(address, allow_redirects=False, timeout=10)
        address = requests.compat.urljoin(address, answer.headers["Location"])
        if address.startswith(SITE):
            return address.removeprefix(SITE)
    raise AssertionError(address)


def sign_in(browser: Browser, service: str = "public", **form: str) -> Any:
    """Return the answer to somebody who went to the service and came back."""
    return browser.get(come_back(leave(browser, service, **form)))


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_button_for_each_service_that_there_is(
    language: str, settings: Settings
) -> None:
    page = Browser().get(f"/{language}/sign-in/").content.decode()
    assert page.count('action="/sign-in/by/') == 2
    assert "GCKey" in page
    settings.SOCIALACCOUNT_PROVIDERS = {"parvis_oidc": {"APPS": []}}
    assert "/sign-in/by/" not in Browser().get(f"/{language}/sign-in/").content.decode()
    assert Browser().post("/sign-in/by/public/").status_code == 404


def test_somebody_signs_in_by_a_service_and_is_a_person_from_outside() -> None:
    browser = Browser()
    answer = sign_in(browser, next="/en/account/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/account/")
    user = User.objects.get()
    assert (user.email, user.role) == ("ada@example.org", Role.PERSON)
    assert not user.has_usable_password()
    assert browser.get("/en/account/").status_code == 200
    assert sign_in(Browser())["Location"] == "/en/applications/"
    assert User.objects.count() == 1


def test_the_question_has_a_challenge_a_nonce_and_a_state_of_its_own() -> None:
    browser = Browser()
    asked = [parse_qs(urlsplit(leave(browser)).query) for _ in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
        assert len(asked[0][name][0]) >= 16
    assert asked[0]["code_challenge_method"] == ["S256"]
    assert asked[0]["redirect_uri"] == [f"{SITE}/sign-in/by/public/back/"]


def test_what_somebody_adds_to_the_address_is_not_asked_of_the_service() -> None:
    page = Browser().post(
        "/sign-in/by/public/?scope=admin&auth_params=prompt%3Dnone&process=connect"
    )
    assert "admin" not in words(page)
    assert "prompt" not in words(page)


def test_nobody_is_sent_away_by_a_link_of_another_site() -> None:
    assert Browser().get("/sign-in/by/public/").status_code == 405
    assert Browser(enforce_csrf_checks=True).post("/sign-in/by/public/").status_code == 403


def test_an_answer_is_good_in_the_browser_that_asked_and_once() -> None:
    browser = Browser()
    back = come_back(leave(browser))
    assert Browser().get(back).status_code == 401
    assert browser.get(back).status_code == 302
    assert browser.get(back).status_code == 401


def test_a_code_of_somebody_else_s_is_refused_for_want_of_the_challenge() -> None:
    mallory, ada = Browser(), Browser()
    stolen = parse_qs(urlsplit(come_back(leave(mallory))).query)["code"][0]
    own = urlsplit(come_back(leave(ada)))
    state = parse_qs(own.query)["state"][0]
    answer = ada.get(own.path, {"code": stolen, "state": state})
    assert answer.status_code == 401
    assert ada.get("/en/account/").status_code == 302


@pytest.mark.parametrize(
    "lie", ["signature", "unsigned", "nothing signed", "another service", "unknown key"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_service_that_lies_signs_nobody_in(provider: Provider, lie: str, language: str) -> None:
    browser = Browser()
    browser.get(f"/{language}/sign-in/")
    address = leave(browser)
    provider.behaves(ADA, lie=lie)
    refused(browser, browser.get(come_back(address)), language)


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "somebody-else"},
        {"aud": ["parvis", "somebody-else"], "azp": "somebody-else"},
        {"iss": "https://other.example"},
        {"exp": 1},
        {"exp": None},
        {"iat": 99_999_999_999},
        {"sub": None},
        {"sub": ["x"]},
        {"email": ["x"]},
        {"email": {"a": 1}},
        {"email": "a\u202eb@example.org"},
        {"email": "no address"},
        {"email": None},
    ],
    ids=str,
)
def test_what_is_signed_must_be_of_it_for_us_now_and_of_somebody(
    provider: Provider, claims: dict[str, Any]
) -> None:
    provider.behaves(ADA | claims)
    browser = Browser()
    answer = sign_in(browser)
    assert answer.status_code in {401, 403}
    assert "<h1>" in words(answer)
    assert not User.objects.exists()
    assert browser.get("/en/account/").status_code == 302


@pytest.mark.parametrize("where", ["openid-configuration", "token", "jwks.json"])
@pytest.mark.parametrize(
    "mood",
    [
        {"status": 500},
        {"status": 200, "says": "<html>"},
        {"status": 200, "says": "[]"},
        {"status": 200, "says": "{}"},
        {"status": 200, "says": '{"keys": [{}], "access_token": 1, "id_token": "a.b.c"}'},
        {"status": 200, "says": "null"},
    ],
    ids=str,
)
def test_a_service_that_talks_nonsense_signs_nobody_in(
    provider: Provider, where: str, mood: dict[str, Any]
) -> None:
    browser = Browser()
    back = come_back(leave(browser))
    provider.behaves(ADA, fails=where, **mood)
    refused(browser, browser.get(back))


@pytest.mark.parametrize("where", ["openid-configuration", "token"])
def test_a_service_that_is_slow_is_not_waited_for(
    provider: Provider, where: str, settings: Settings
) -> None:
    browser = Browser()
    back = come_back(leave(browser))
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 1
    provider.behaves(ADA, slow=where, seconds=2.5)
    refused(browser, browser.get(back))


@pytest.mark.parametrize("mood", [{"fails": "openid-configuration"}, {"lie": "another service"}])
def test_nobody_is_sent_to_a_service_that_is_down(provider: Provider, mood: dict[str, Any]) -> None:
    provider.behaves(ADA, **mood)
    assert Browser().post("/sign-in/by/public/").status_code == 401


def test_a_service_that_nobody_answers_at_is_told_of(settings: Settings) -> None:
    services = live.SOCIALACCOUNT_PROVIDERS["parvis_oidc"]["APPS"]
    nowhere = [one | {"settings": {"server_url": "http://127.0.0.1:1"}} for one in services]
    settings.SOCIALACCOUNT_PROVIDERS = {"parvis_oidc": {"APPS": nowhere}}
    assert Browser().post("/sign-in/by/public/").status_code == 401


def test_a_service_changes_its_keys(provider: Provider) -> None:
    assert sign_in(Browser()).status_code == 302
    provider.behaves(ADA, key=1)
    assert sign_in(Browser()).status_code == 302
    provider.behaves(ADA, key=0)
    assert sign_in(Browser()).status_code == 302


def test_whoever_stops_at_the_service_is_told_so() -> None:
    browser = Browser()
    state = parse_qs(urlsplit(leave(browser)).query)["state"][0]
    answer = browser.get(
        "/sign-in/by/public/back/", {"error": "access_denied", "state": state}, follow=True
    )
    assert "You stopped at the sign-in service." in words(answer)


def test_an_address_that_has_an_account_is_not_taken_over(provider: Provider) -> None:
    client("ada@example.org")
    browser = Browser()
    answer = sign_in(browser)
    assert answer["Location"] == "/en/sign-up/code/"
    assert browser.get("/en/account/").status_code == 302
    assert not SocialAccount.objects.exists()


def test_an_address_that_the_service_has_not_proved_is_proved_here(
    provider: Provider, mailoutbox: list[Any]
) -> None:
    provider.behaves(ADA | {"email_verified": False})
    browser = Browser()
    assert sign_in(browser)["Location"] == "/en/sign-up/code/"
    assert browser.get("/en/account/").status_code == 302
    assert mailoutbox[-1].to == ["ada@example.org"]


@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff_have_their_role_from_the_department_s_service(
    provider: Provider, role: Role
) -> None:
    provider.behaves(OFFICER | {"parvis_role": role})
    assert sign_in(Browser(), "staff").status_code == 302
    assert User.objects.get().role == role


def test_a_role_is_what_the_service_says_it_is_now(provider: Provider) -> None:
    provider.behaves(OFFICER)
    browser = Browser()
    sign_in(browser, "staff")
    provider.behaves(OFFICER | {"parvis_role": "analyst"})
    sign_in(Browser(), "staff")
    assert User.objects.get().role == Role.ANALYST
    provider.behaves(OFFICER | {"parvis_role": None})
    assert sign_in(Browser(), "staff").status_code == 403
    assert User.objects.get().role == Role.PERSON
    assert "Find an application" not in words(browser.get("/en/applications/"))


@pytest.mark.parametrize("role", [None, "person", "parliamentary-office", "king", ["officer"], 1])
def test_a_role_that_staff_do_not_have_lets_nobody_in(provider: Provider, role: object) -> None:
    provider.behaves(OFFICER | {"parvis_role": role})
    answer = sign_in(Browser(), "staff")
    assert answer.status_code == 403
    assert "did not tell us your role here." in words(answer)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("claims", "enough"),
    [
        ({"amr": ["pwd"]}, False),
        ({"amr": None}, False),
        ({"amr": "otp"}, False),
        ({"amr": [{"otp": 1}]}, False),
        ({"amr": ["pwd"], "acr": "0"}, False),
        ({"amr": ["mfa"]}, True),
        ({"amr": ["hwk"]}, False),
        ({"amr": ["otp"]}, False),
        ({"amr": ["pwd", "pin"]}, False),
        ({"amr": ["pwd", "otp"]}, True),
        ({"amr": ["fpt", "hwk"]}, True),
        ({"amr": None, "acr": "phr"}, True),
    ],
)
def test_staff_prove_a_second_factor(
    provider: Provider, claims: dict[str, Any], enough: bool
) -> None:
    provider.behaves(OFFICER | claims)
    answer = sign_in(Browser(), "staff")
    assert answer.status_code == (302 if enough else 403)
    if not enough:
        assert "Staff sign in with a second factor" in words(answer)
        assert not User.objects.exists()


def test_the_service_for_everybody_makes_nobody_staff(provider: Provider) -> None:
    provider.behaves(OFFICER)
    sign_in(Browser(), "public")
    assert User.objects.get().role == Role.PERSON


def test_staff_who_were_added_before_are_the_same_ones(
    provider: Provider, settings: Settings
) -> None:
    settings.ENVIRONMENT = replace(live.ENVIRONMENT, production=True)
    known = officer()
    provider.behaves(OFFICER | {"parvis_role": "supervisor"})
    assert sign_in(Browser(), "staff").status_code == 302
    assert User.objects.get().pk == known.pk
    assert User.objects.get().role == Role.SUPERVISOR


def test_a_client_does_not_become_staff_by_their_address(provider: Provider) -> None:
    client("officer@example.org")
    provider.behaves(OFFICER)
    answer = sign_in(Browser(), "staff")
    assert answer.status_code == 403
    assert User.objects.get().role == Role.PERSON


def test_a_service_is_named_whole_and_in_production_safely(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PARVIS_OIDC_ISSUER", "http://id.example")
    with pytest.raises(ImproperlyConfigured, match="PARVIS_OIDC_ID, PARVIS_OIDC_SECRET"):
        read_environment()
    monkeypatch.setenv("PARVIS_OIDC_ID", "parvis")
    monkeypatch.setenv("PARVIS_OIDC_SECRET", "of nobody")
    told = read_environment()
    assert told.sign_in is not None
    assert "of nobody" not in repr(told.sign_in)
    assert told.staff_sign_in is None
    for name in ("PRODUCTION", "SECRET_KEY", "ANCHOR_KEY", "ALLOWED_HOSTS"):
        monkeypatch.setenv(f"PARVIS_{name}", "1")
    with pytest.raises(ImproperlyConfigured, match="https://"):
        read_environment()


def refused(browser: Browser, answer: Any, language: str = "en") -> None:
    """Check that somebody was told in their language that it did not work, and is not signed in."""
    told = {"en": "We could not sign you in", "fr": "Nous n’avons pas pu vous connecter"}
    assert answer.status_code == 401
    assert f"<h1>{told[language]}</h1>" in words(answer)
    assert browser.get("/en/account/").status_code == 302
    assert not User.objects.exists()
    cache.clear()
