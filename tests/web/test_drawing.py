"""Parts that Jinja2 draws speak the language of the page, escape, and fail where Django's would."""

import pytest
from django.template import Context, Template
from django.urls import set_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override
from jinja2 import UndefinedError

from parvis.lib.text import LANGUAGES, Language
from parvis.web.components.examples import example
from parvis.web.drawing import draw
from parvis.web.showing import spoken

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_part_speaks_the_language_of_the_page(language: Language) -> None:
    with override(language):
        page = spoken(example().waiting)
        told = draw("application", page=page, here="/here/", staff=False)
        assert gettext("What happened") in told
        assert page["file"]["headline"] in told
        assert f'href="/{language}/applications/"' in told
        assert 'href="/here/answer/police-certificate/"' in told


def test_a_part_of_another_language_is_not_given_from_memory() -> None:
    told = []
    for language in ("en", "fr", "en"):
        with override(language):
            told.append(draw("dots", picture=spoken(example().picture)))
    assert told[0] == told[2] != told[1]


def test_what_is_not_ready_for_html_is_escaped_and_what_is_is_not() -> None:
    assert "&lt;b&gt;" in draw("way", stops=("completed",), told="<b>")
    assert "<b>" in draw("way", stops=("completed",), told=SafeString("<b>"))


def test_a_name_that_nobody_gave_fails() -> None:
    with pytest.raises(UndefinedError):
        draw("sections", sections=({"name": "no status"},))


def test_a_template_of_django_s_takes_a_part_as_it_is() -> None:
    made = Template('{% load drawing %}{% drawn "way" stops=stops told=told %}')
    told = made.render(Context({"stops": ("completed",), "told": "&"}))
    assert told == draw("way", stops=("completed",), told="&")
    assert "&amp;" in told


def test_an_address_stands_where_the_site_does() -> None:
    page = spoken(example().waiting)
    set_script_prefix("/parvis/")
    try:
        assert "/parvis/en/applications/" in draw("application", page=page, here="/", staff=False)
    finally:
        set_script_prefix("/")
    assert "/parvis/" not in draw("application", page=page, here="/", staff=False)
