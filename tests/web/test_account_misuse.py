"""Accounts, misused: taken over, guessed, replayed, lured elsewhere."""

from dataclasses import replace
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client as Browser
from pytest_django import Settings

from parvis.casework.people.models import Session
from tests.accounts import PASSWORD, app_code, link_in, signed_up
from tests.filing import PASSWORD as FILED
from tests.filing import client, officer
from tests.jobs.cli.test_main import parvis

pytestmark = pytest.mark.django_db
ADA = "ada@example.org"
FORM = {"login": ADA, "password": FILED}
Mail = list[EmailMessage]
ACCOUNT = (
    "account/",
    "account/application/",
    "account/language/",
    "account/devices/",
    "account/address/",
    "account/password/",
    "account/password/new/",
    "account/confirm/",
    "account/confirm/code/",
    "account/confirm/passkey/",
    "account/sign-in/",
    "account/app/",
    "account/app/remove/",
    "account/codes/",
    "account/codes/new/",
    "account/passkeys/",
    "account/passkeys/add/",
    "account/passkeys/1/",
    "account/passkeys/1/remove/",
)
OPEN = ("sign-in/", "sign-up/", "sign-up/passkey/", "password/forgotten/")


def with_app(mail: Mail) -> tuple[Browser, str]:
    """Return a browser whose account asks for the codes of an app, and the app's secret."""
    browser = signed_up(mail)
    browser.post("/en/account/confirm/", {"password": PASSWORD})
    secret = browser.get("/en/account/app/").context["form"].secret
    done = browser.post("/en/account/app/", {"code": app_code(secret)})
    assert done["Location"] == "/en/account/codes/"
    return browser, secret


def second_step(code: str) -> int:
    """Return how a code is answered after the right password: 302 where it opens the account."""
    browser = Browser()
    form = {"login": ADA, "password": PASSWORD}
    assert browser.post("/en/sign-in/", form)["Location"] == "/en/sign-in/code/"
    return browser.post("/en/sign-in/code/", {"code": code}).status_code


def test_a_session_that_somebody_else_began_is_left_behind() -> None:
    client(ADA)
    browser = Browser()
    browser.get("/en/sign-in/?next=/en/account/")
    session = browser.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    browser.cookies["sessionid"] = str(planted)
    browser.post("/en/sign-in/", FORM)
    assert browser.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()
    thief = Browser()
    thief.cookies["sessionid"] = str(planted)
    assert thief.get("/en/account/").status_code == 302


@pytest.mark.parametrize("path", [*ACCOUNT, *OPEN, "sign-out/"])
def test_no_form_is_taken_that_another_site_sends(path: str) -> None:
    user, _ = client(ADA)
    browser = Browser(enforce_csrf_checks=True)
    if path in ACCOUNT:
        browser.force_login(user)
    assert browser.post(f"/en/{path}", FORM).status_code in {403, 405}


@pytest.mark.parametrize("path", ACCOUNT)
def test_nobody_sees_an_account_without_signing_in(path: str) -> None:
    answer = Browser().get(f"/en/{path}")
    assert answer.status_code in {302, 404}
    if answer.status_code == 302:
        assert answer["Location"].startswith(("/en/sign-in/", "/en/account/confirm/"))


@pytest.mark.parametrize("path", [*ACCOUNT, *OPEN])
def test_no_page_is_shown_inside_another_site_s(path: str) -> None:
    user, _ = client(ADA)
    browser = Browser()
    if path in ACCOUNT:
        browser.force_login(user)
    answer = browser.get(f"/en/{path}")
    assert answer["X-Frame-Options"] == "DENY"
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "there",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "\thttps://evil.example",
        "https://testserver@evil.example/",
    ],
)
def test_signing_in_leads_to_no_other_site(there: str) -> None:
    client(ADA)
    page = Browser().get("/en/sign-in/", {"next": there})
    assert page.status_code == 200
    answer = Browser().post("/en/sign-in/", FORM | {"next": there})
    assert answer["Location"] == "/en/applications/"
    out = Browser().post("/en/sign-out/", {"next": there})
    assert "evil" not in out["Location"]


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "localhost:x"]
)
def test_a_link_in_a_mail_leads_nowhere_but_here(host: str, mailoutbox: Mail) -> None:
    client(ADA)
    for path in ("password/forgotten/", "sign-up/"):
        form = {"email": ADA, "password1": PASSWORD}
        answer = Browser(raise_request_exception=False).post(
            f"/en/{path}", form, headers={"host": host}
        )
        assert answer.status_code == 400
    assert not mailoutbox
    headers = {"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
    Browser().post("/en/password/forgotten/", {"email": ADA}, headers=headers)
    assert link_in(mailoutbox).startswith("http://testserver/en/password/forgotten/")


def test_in_production_links_in_mails_are_safe(settings: Settings, mailoutbox: Mail) -> None:
    settings.ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
    client(ADA)
    Browser().post("/en/password/forgotten/", {"email": ADA})
    assert link_in(mailoutbox).startswith("https://testserver/")


def test_a_link_is_for_the_account_it_was_made_for(mailoutbox: Mail) -> None:
    client(ADA)
    zoe, _ = client("zoe@example.org", name="Zoé")
    Browser().post("/en/password/forgotten/", {"email": ADA})
    link = link_in(mailoutbox)
    user, _, key = link.rpartition("/forgotten/")[2].rstrip("/").partition("-")
    assert user != str(zoe.pk)
    for forged in (f"{zoe.pk}-{key}", f"{user}-{key}x", f"{user}-", "zzzzzzzzzzzzzz-x"):
        answer = Browser().get(f"/en/password/forgotten/{forged}/", follow=True)
        assert "Choose a new password</h1>" not in answer.content.decode()


def test_a_password_is_guessed_five_times_and_no_more() -> None:
    client(ADA)
    browser = Browser()
    for _ in range(5):
        browser.post("/en/sign-in/", FORM | {"password": "wrong"})
    locked = browser.post("/en/sign-in/", FORM)
    assert "There were too many attempts." in locked.content.decode()
    elsewhere = Browser(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.post("/en/sign-in/", FORM).status_code == 200


def test_many_accounts_are_not_guessed_from_one_address() -> None:
    client(ADA)
    for one in range(10):
        Browser().post("/en/sign-in/", {"login": f"a{one}@example.org", "password": "wrong"})
    locked = Browser().post("/en/sign-in/", FORM)
    assert "There were too many attempts." in locked.content.decode()
    assert Browser(REMOTE_ADDR="192.0.2.7").post("/en/sign-in/", FORM).status_code == 302


def test_who_signs_up_or_forgets_too_often_waits() -> None:
    for path, most in (("sign-up/", 20), ("password/forgotten/", 20)):
        cache.clear()
        answers = [
            Browser()
            .post(f"/en/{path}", {"email": f"a{one}@example.org", "password1": "short"})
            .status_code
            for one in range(most + 1)
        ]
        assert answers[-1] == 429
        assert 429 not in answers[:-1]


def test_a_code_of_the_app_opens_the_account_once(mailoutbox: Mail) -> None:
    _, secret = with_app(mailoutbox)
    code = app_code(secret)
    assert second_step(code) == 302
    assert second_step(code) == 200
    assert second_step(app_code(secret, steps=-4)) == 200


def test_codes_are_guessed_five_times_and_no_more(mailoutbox: Mail) -> None:
    _, secret = with_app(mailoutbox)
    cache.clear()
    for _ in range(5):
        second_step("000000")
    assert second_step(app_code(secret)) == 200


def test_spare_codes_are_shown_once_and_each_opens_once(mailoutbox: Mail) -> None:
    browser, _ = with_app(mailoutbox)
    shown = browser.get("/en/account/codes/").context["unused_codes"]
    assert len(set(shown)) == 10
    later = browser.get("/en/account/codes/").content.decode()
    assert not any(code in later for code in shown)
    assert second_step(shown[0]) == 302
    assert second_step(shown[0]) == 200


def test_the_secret_of_an_app_is_not_read_from_the_database(mailoutbox: Mail) -> None:
    _, secret = with_app(mailoutbox)
    for kept in Authenticator.objects.all():
        assert secret not in str(kept.data)


@pytest.mark.parametrize("credential", ["", "{}", "[]", "null", '{"id": "x"}', "not json", "\0"])
def test_a_passkey_that_is_none_opens_nothing(credential: str) -> None:
    answer = Browser().post("/en/sign-in/passkey/", {"credential": credential}, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0].startswith("/en/sign-in/")


def test_in_production_staff_come_by_the_department_s_own_service_alone(settings: Settings) -> None:
    officer()
    form = {"login": "officer@example.org", "password": FILED}
    assert Browser().post("/en/sign-in/", form)["Location"] == "/en/applications/"
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, production=True)
    browser = Browser()
    answer = browser.post("/en/sign-in/", form, follow=True)
    assert answer.redirect_chain == [("/en/sign-in/staff/", 302)]
    assert browser.get("/en/applications/").status_code == 302
    client(ADA)
    assert Browser().post("/en/sign-in/", FORM)["Location"] == "/en/applications/"


def test_production_passes_the_checks_for_it(tmp_path: Path) -> None:
    done = parvis(
        "manage",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        PARVIS_HOME=str(tmp_path),
        DATABASE_URL="postgresql:///d",
        PARVIS_PRODUCTION="1",
        PARVIS_SECRET_KEY="k" * 40 + "0123456789",
        PARVIS_ANCHOR_KEY="a" * 40,
        PARVIS_ALLOWED_HOSTS="parvis.example",
        PARVIS_OIDC_ISSUER="https://id.example",
        PARVIS_OIDC_ID="parvis",
        PARVIS_OIDC_SECRET="s",  # noqa: S106 - of nobody
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr
