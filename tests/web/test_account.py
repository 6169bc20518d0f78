"""Accounts: opened by anybody with an address, which is all that an answer ever tells."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from parvis.casework.notices.models import Preference
from parvis.casework.people.models import Client, User
from parvis.casework.people.roles import Role
from parvis.casework.people.services import register_client
from parvis.casework.people.shared import count
from parvis.lib.text import LANGUAGES
from tests.accounts import PASSWORD, code_in, link_in, signed_up
from tests.filing import PASSWORD as FILED
from tests.filing import RECEIVED, client, filed, officer

pytestmark = pytest.mark.django_db
ADA = "ada@example.org"
Mail = list[EmailMessage]
WARNED = {0x200B: "zero width", 0x202E: "right to left", 0x0007: "bell", 0x00AD: "soft hyphen"}


def told(answer: Any) -> str:
    """Return the words of a page, without what differs between any two askings."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return re.sub(r"\s+", " ", page)


def test_somebody_opens_an_account_and_is_a_person_from_outside(mailoutbox: Mail) -> None:
    browser = signed_up(mailoutbox, "Ada@Example.org")
    user = User.objects.get(email=ADA)
    assert (user.role, user.is_staff, user.joined_at is not None) == (Role.PERSON, False, True)
    assert not Client.objects.exists()
    page = browser.get("/en/applications/")
    assert "We have no application under your name yet." in told(page)


def test_an_address_that_is_not_proved_opens_nothing(mailoutbox: Mail) -> None:
    browser = Browser()
    browser.post("/en/sign-up/", {"email": ADA, "password1": PASSWORD})
    assert browser.get("/en/applications/").status_code == 302
    for _ in range(3):
        browser.post("/en/sign-up/code/", {"code": "WRONG1"})
    right = browser.post("/en/sign-up/code/", {"code": code_in(mailoutbox)})
    assert right["Location"].startswith("/en/sign-in/")
    assert browser.get("/en/applications/").status_code == 302


def test_a_code_opens_an_account_in_the_browser_that_asked_and_once(mailoutbox: Mail) -> None:
    signed_up(mailoutbox)
    for browser in (Browser(), Browser()):
        again = browser.post("/en/sign-up/code/", {"code": code_in(mailoutbox)})
        assert again["Location"].startswith("/en/sign-in/")
        assert browser.get("/en/applications/").status_code == 302


@pytest.mark.parametrize("language", LANGUAGES)
def test_signing_up_answers_alike_whether_or_not_the_address_has_an_account(
    mailoutbox: Mail, language: str
) -> None:
    client(ADA)
    pages = []
    for email in (ADA, "zoe@example.org"):
        browser = Browser()
        form = {"email": email, "password1": PASSWORD}
        answer = browser.post(f"/{language}/sign-up/", form, follow=True)
        pages.append((answer.redirect_chain, told(answer).replace(email, "…")))
        wrong = browser.post(f"/{language}/sign-up/code/", {"code": "WRONG1"})
        pages[-1] = (*pages[-1], wrong.status_code, told(wrong).replace(email, "…"))
    assert pages[0] == pages[1]
    assert len(mailoutbox) == 2
    assert "/password/forgotten/" in str(mailoutbox[0].body)


def test_asking_for_a_new_password_answers_alike(mailoutbox: Mail) -> None:
    client(ADA)
    pages = []
    for email in (ADA, "zoe@example.org"):
        answer = Browser().post("/en/password/forgotten/", {"email": email}, follow=True)
        pages.append((answer.redirect_chain, told(answer)))
    assert pages[0] == pages[1]
    assert [mail.to for mail in mailoutbox] == [[ADA], ["zoe@example.org"]]


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what grows whenever a password is hashed: nothing else takes long."""
    hashed: list[str] = []
    hasher = type(get_hasher())
    for name in ("encode", "verify"):
        was: Callable[..., Any] = getattr(hasher, name)

        def count(*args: Any, was: Callable[..., Any] = was) -> Any:
            hashed.append("once")
            return was(*args)

        monkeypatch.setattr(hasher, name, count)
    return hashed


def test_signing_up_hashes_as_often_whether_or_not_the_address_has_an_account(
    hashed: list[str],
) -> None:
    client(ADA)
    for email in (ADA, "zoe@example.org"):
        hashed.clear()
        Browser().post("/en/sign-up/", {"email": email, "password1": PASSWORD})
        assert hashed == ["once"], email


def test_signing_in_answers_alike_and_hashes_as_often(hashed: list[str]) -> None:
    client(ADA)
    pages, work = [], []
    for email in (ADA, "zoe@example.org"):
        hashed.clear()
        answer = Browser().post("/en/sign-in/", {"login": email, "password": "wrong"})
        pages.append((answer.status_code, told(answer).replace(email, "…")))
        work.append(len(hashed))
    assert pages[0] == pages[1]
    assert work == [1, 1]


@pytest.mark.usefixtures("passwords_as_they_are")
def test_passwords_are_kept_by_argon2id_above_what_owasp_asks_for() -> None:
    user, _ = client(ADA)
    kind, parameters = user.password.removeprefix("argon2$").split("$")[0], user.password
    found = re.search(r"m=(\d+),t=(\d+),p=(\d+)", parameters)
    assert found is not None
    memory, passes, lanes = map(int, found.groups())
    assert kind == "argon2id"
    # Any one of these is enough: OWASP, Password Storage Cheat Sheet.
    least = ((47_104, 1), (19_456, 2), (12_288, 3), (9_216, 4), (7_168, 5))
    assert any(memory >= enough and passes > often for enough, often in least)
    assert lanes == 1


def test_a_new_password_opens_the_account_and_ends_every_session(mailoutbox: Mail) -> None:
    browser = signed_up(mailoutbox)
    Browser().post("/en/password/forgotten/", {"email": ADA})
    link = link_in(mailoutbox)
    other = Browser()
    page = other.get(link, follow=True)
    assert "Choose a new password" in told(page)
    assert "password/forgotten" in page.redirect_chain[-1][0]
    new = {"password1": "quite-another-password", "password2": "quite-another-password"}
    done = other.post(page.redirect_chain[-1][0], new, follow=True)
    assert "You are signed out everywhere." in told(done)
    assert browser.get("/en/applications/").status_code == 302
    assert "This link no longer works" in told(Browser().get(link, follow=True))
    signed_in = Browser().post("/en/sign-in/", {"login": ADA, "password": "quite-another-password"})
    assert signed_in.status_code == 302
    assert "The password of your account was changed." in str(mailoutbox[-1].body)


def test_a_new_password_needs_the_old_one(mailoutbox: Mail) -> None:
    browser = signed_up(mailoutbox)
    elsewhere = Browser()
    elsewhere.post("/en/sign-in/", {"login": ADA, "password": PASSWORD})
    form = {"password1": "quite-another-password", "password2": "quite-another-password"}
    wrong = browser.post("/en/account/password/", {"oldpassword": "wrong", **form})
    assert "This is not your password now." in told(wrong)
    done = browser.post("/en/account/password/", {"oldpassword": PASSWORD, **form}, follow=True)
    assert done.redirect_chain == [("/en/account/", 302)]
    assert elsewhere.get("/en/account/").status_code == 302


def test_an_address_is_changed_by_whoever_knows_the_password_and_reads_the_new_one(
    mailoutbox: Mail,
) -> None:
    browser = signed_up(mailoutbox)
    asked = browser.post("/en/account/address/", {"email": "new@example.org", "action_add": "1"})
    assert "/account/confirm/" in asked["Location"]
    browser.post(asked["Location"], {"password": PASSWORD})
    if mailoutbox[-1].to != ["new@example.org"]:
        browser.post("/en/account/address/", {"email": "new@example.org", "action_add": "1"})
    assert mailoutbox[-1].to == ["new@example.org"]
    user = User.objects.get()
    assert user.email == ADA
    Preference.objects.create(user=user, email_failed=ADA, listed_at=RECEIVED)
    browser.post("/en/sign-up/code/", {"code": code_in(mailoutbox)})
    assert User.objects.get().email == "new@example.org"
    assert [one.email for one in EmailAddress.objects.all()] == ["new@example.org"]
    # Nothing reached them at the old one: they are off the list of those to look for.
    assert Preference.objects.get().listed_at is None
    assert mailoutbox[-1].to == [ADA]
    assert "was changed" in str(mailoutbox[-1].body)


def test_an_address_that_two_people_share_is_one_account(mailoutbox: Mail) -> None:
    """The first to open it has it; the second is told by mail, and needs an address of their own.

    Their two client records stay apart: an account is one client (test_linking).
    """
    signed_up(mailoutbox)
    cache.clear()  # a code may be asked for every ten seconds
    second = Browser()
    second.post("/en/sign-up/", {"email": ADA, "password1": "what-the-second-would-have"})
    assert "It has one already." in str(mailoutbox[-1].body)
    assert User.objects.count() == 1
    signed_in = Browser().post(
        "/en/sign-in/", {"login": ADA, "password": "what-the-second-would-have"}
    )
    assert signed_in.status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_chose_a_language_is_written_to_in_it(mailoutbox: Mail, language: str) -> None:
    browser = signed_up(mailoutbox)
    chosen = browser.post("/en/account/language/", {"language": language}, follow=True)
    assert chosen.redirect_chain == [(f"/{language}/account/", 302)]
    assert User.objects.get().language == language
    Browser().post("/en/password/forgotten/", {"email": ADA})
    hello = {"en": "Hello,", "fr": "Bonjour,"}[language]
    assert str(mailoutbox[-1].body).startswith(hello)
    for there in ("/en/account/", "/fr/account/"):
        answer = Browser().post(
            f"/en/sign-in/?next={there}", {"login": ADA, "password": PASSWORD, "next": there}
        )
        assert answer["Location"] == f"/{language}/account/"


def test_a_language_that_we_do_not_write_is_not_chosen(mailoutbox: Mail) -> None:
    browser = signed_up(mailoutbox)
    assert browser.post("/en/account/language/", {"language": "de"}).status_code == 422
    assert User.objects.get().language == ""


def test_a_file_comes_into_the_account_by_what_only_its_client_knows(mailoutbox: Mail) -> None:
    browser = signed_up(mailoutbox)
    record = register_client(name="Zoë Nuñez", language="fr", user=None, by="test", at=RECEIVED)
    number = filed(client=record.id).number
    form = {"number": number, "name": "Zoë Nuñez", "received_on": "2024-01-13"}
    browser.get("/en/account/")  # tells that the address is confirmed, once
    wrong = browser.post("/en/account/application/", form)
    none = browser.post("/en/account/application/", form | {"number": "P0000000422"})
    assert (wrong.status_code, none.status_code) == (422, 422)
    typed = [f'value="{one}"' for one in (number, "P0000000422")]
    assert told(none).replace(typed[1], "…") == told(wrong).replace(typed[0], "…")
    right = form | {"received_on": "2024-01-12"}
    done = browser.post("/en/account/application/", right, follow=True)
    assert done.redirect_chain == [("/en/applications/", 302)]
    assert number in told(done)
    assert browser.get(f"/en/applications/{number}/").status_code == 200


def test_after_five_wrong_tries_nobody_tries_again(mailoutbox: Mail) -> None:
    browser = signed_up(mailoutbox)
    form = {"number": "P0000000422", "name": "Zoë", "received_on": "2024-01-12"}
    answers = [browser.post("/en/account/application/", form).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_what_was_not_told_counts_as_no_try(mailoutbox: Mail) -> None:
    browser = signed_up(mailoutbox)
    for _ in range(7):
        lacks = browser.post("/en/account/application/", {"name": "\u202e", "received_on": "x"})
        assert lacks.status_code == 422
    assert "Give your name." in told(lacks)
    assert "Give the day" in told(lacks)


def test_staff_bring_no_file_into_their_account() -> None:
    browser = Browser()
    browser.force_login(officer())
    assert browser.get("/en/account/application/").status_code == 404
    assert "Add your application" not in told(browser.get("/en/account/"))


def test_where_somebody_is_signed_in_is_listed_and_ended_at_once(mailoutbox: Mail) -> None:
    browser = signed_up(mailoutbox)
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604"
    phone, tablet = Browser(HTTP_USER_AGENT=agent), Browser()
    for other in (phone, tablet):
        other.post("/en/sign-in/", {"login": ADA, "password": PASSWORD})
    page = told(browser.get("/en/account/devices/"))
    # Two browsers of one name are told apart by when they signed in.
    assert re.search(r"Signed in on \d+ \w+ \d{4} at \d\d:\d\d\.", page)
    assert "Safari on iPhone" in page
    assert page.count("This is where you are now.") == 1
    mallory = Browser()
    mallory.force_login(officer())
    [id_] = re.findall(r'Safari on iPhone.*?name="device" value="(\d+)"', page)
    mallory.post("/en/account/devices/", {"device": id_})
    assert phone.get("/en/account/").status_code == 200
    browser.post("/en/account/devices/", {"device": id_})
    assert phone.get("/en/account/").status_code == 302
    assert tablet.get("/en/account/").status_code == 200
    browser.post("/en/account/devices/", {"device": "others"})
    assert tablet.get("/en/account/").status_code == 302
    assert browser.get("/en/account/").status_code == 200


@pytest.mark.parametrize("hidden", WARNED, ids=WARNED.values())
def test_an_address_that_hides_something_is_refused(hidden: int, mailoutbox: Mail) -> None:
    for email in (f"ad{chr(hidden)}a@example.org", f"ada@exam{chr(hidden)}ple.org"):
        answer = Browser().post("/en/sign-up/", {"email": email, "password1": PASSWORD})
        assert answer.status_code == 200
    assert not mailoutbox
    assert not User.objects.exists()


def test_an_address_that_looks_like_another_is_refused(mailoutbox: Mail) -> None:
    answer = Browser().post(
        "/en/sign-up/", {"email": "ada@ex\u0430mple.org", "password1": PASSWORD}
    )
    assert "This address mixes alphabets." in told(answer)
    assert not mailoutbox


def test_an_ordinary_page_takes_no_more_queries_for_all_this(
    mailoutbox: Mail, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = signed_up(mailoutbox)
    browser.get("/en/applications/")
    with django_assert_num_queries(3):
        browser.get("/en/applications/")


def test_what_was_tried_is_counted_where_every_process_sees_it() -> None:
    assert settings.CACHES["default"]["BACKEND"].endswith("SharedCache")
    assert cache.get("nothing", "none") == "none"
    assert cache.add("a", 1, 60)
    assert not cache.add("a", 2, 60)
    assert cache.get("a") == 1
    cache.set("a", [3], -1)
    assert cache.get("a") is None
    assert cache.add("a", 4)
    assert cache.touch("a", 60)
    assert cache.delete("a")
    assert not cache.delete("a")
    assert not cache.touch("a")
    cache.set("b", 5, None)
    cache.clear()
    assert cache.get("b") is None
    assert [count("c", for_s=60), count("c", for_s=60), count("d", for_s=-1)] == [1, 2, 1]
    assert count("d", for_s=60) == 1
    assert FILED != PASSWORD
