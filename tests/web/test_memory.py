"""What pages say from memory is what Django would say, in every language and for every value."""

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client as Browser
from django.test import RequestFactory
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override

from parvis.lib.text import LANGUAGES, Language, Text
from parvis.web.headers import SafeHeaders
from parvis.web.templatetags.speaking import said


def drawn(source: str, **values: object) -> str:
    """Return what a template says, asked twice: the second time it may remember."""
    made = Template("{% load i18n speaking %}" + source)
    first = made.render(Context(values))
    assert made.render(Context(values)) == first
    return first


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_and_an_address_are_those_of_the_language(language: Language) -> None:
    with override(language):
        assert drawn('{% translate "Sign out" %}') == gettext("Sign out")
        assert drawn("{% url 'home' %}") == reverse("home")


def test_one_template_speaks_both_languages_in_turn() -> None:
    made = Template("{% load i18n speaking %}{% translate 'Sign out' %} {% url 'home' %}")
    told = []
    for language in ("en", "fr", "en"):
        with override(language):
            told.append(made.render(Context()))
    assert told[0] == told[2] != told[1]


def test_what_is_not_plain_is_asked_anew() -> None:
    assert drawn("{% translate said %}", said="Sign out") == "Sign out"
    assert drawn("{% translate 'Sign out' as out %}{{ out }}") == "Sign out"
    source = "{% url 'application' number %}"
    made = Template("{% load speaking %}" + source)
    told = [made.render(Context({"number": number})) for number in ("P1", "P2")]
    assert [one.split("/")[-2] for one in told] == ["P1", "P2"]


def test_a_text_is_escaped_for_html_and_for_nothing_else() -> None:
    text = Text(en="<b> & co", fr="<i> & cie")
    assert drawn("{{ text|said }}", text=text) == "&lt;b&gt; &amp; co"
    assert drawn("{% autoescape off %}{{ text|said }}{% endautoescape %}", text=text) == "<b> & co"
    assert said(text) == "<b> & co"
    assert not isinstance(said(text), SafeString)


def test_a_static_file_keeps_the_address_of_its_content() -> None:
    first = staticfiles_storage.url("parvis.css")
    assert staticfiles_storage.url("parvis.css") == first
    assert first != "/static/parvis.css"


def test_a_page_s_policy_is_the_settings_unless_a_view_has_its_own() -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        response = HttpResponse()
        if request.path == "/own":
            response._csp_update = {"img-src": "https://example.org"}  # noqa: SLF001 - django-csp's way
        return response

    middleware = SafeHeaders(answer)
    plain = middleware(RequestFactory().get("/")).headers["content-security-policy"]
    own = middleware(RequestFactory().get("/own")).headers["content-security-policy"]
    assert plain == Browser().get("/en/").headers["content-security-policy"]
    assert "default-src 'none'" in plain
    assert "https://example.org" in own
