"""Failing and forbidden are pages too, in both languages, and say nothing about the machine."""

import pytest
from django.template.loader import render_to_string
from django.test import Client as Browser
from django.test import RequestFactory
from django.utils.translation import override
from django.views import defaults

from tests.filing import officer

SAID = {
    403: ("You may not see this page", "Vous ne pouvez pas voir cette page"),
    404: ("We cannot find this page", "Nous ne trouvons pas cette page"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "said"), [("en", 0), ("fr", 1)])
def test_a_page_that_does_not_exist(language: str, said: int) -> None:
    answer = Browser().get(f"/{language}/nothing/")
    assert answer.status_code == 404
    assert SAID[404][said] in answer.content.decode()


@pytest.mark.django_db
def test_an_address_outside_both_languages_is_answered_in_the_browsers() -> None:
    answer = Browser().get("/nothing", headers={"accept-language": "fr-CA"})
    assert SAID[404][1] in answer.content.decode()
    assert 'href="/en/"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "said"), [("en", 0), ("fr", 1)])
def test_a_page_that_one_may_not_see(language: str, said: int, rf: RequestFactory) -> None:
    request = rf.get(f"/{language}/")
    request.user = officer()
    with override(language):
        answer = defaults.permission_denied(request, PermissionError())
    assert answer.status_code == 403
    assert SAID[403][said] in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"), [("en", "Allow cookies"), ("fr", "Autorisez les témoins")]
)
def test_a_form_without_its_token(language: str, said: str) -> None:
    browser = Browser(enforce_csrf_checks=True)
    answer = browser.post(f"/{language}/sign-in/", {"login": "ada@example.org"})
    assert answer.status_code == 403
    assert said in answer.content.decode()


def test_a_failure_of_ours_says_so_in_both_languages_and_needs_nothing() -> None:
    told = render_to_string("500.html")
    assert "Something went wrong on our side" in told
    assert "Un problème est survenu de notre côté" in told


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "said"), [("en", "Too many"), ("fr", "Trop de tentatives")])
def test_too_many_attempts(language: str, said: str, rf: RequestFactory) -> None:
    request = rf.get(f"/{language}/")
    request.user = officer()
    with override(language):
        assert said in render_to_string("429.html", request=request)
