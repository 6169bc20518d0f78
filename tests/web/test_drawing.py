"""Parts that Jinja2 draws speak the language of the page, escape, and fail where Django's would."""

import re
from datetime import date

import pytest
from django.template import Context, Template
from django.test import Client as Browser
from django.urls import set_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override
from jinja2 import UndefinedError
from markupsafe import Markup

from parvis.lib.dates import day
from parvis.lib.text import LANGUAGES, Language, Text
from parvis.programs.vocabulary import Turn
from parvis.web.compiling import _escaped, ways_in
from parvis.web.components.examples import example
from parvis.web.drawing import draw, shared_part
from parvis.web.showing import spoken
from parvis.web.templatetags.drawing import drawn
from tests.filing import OPEN, client, filed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_part_speaks_the_language_of_the_page(language: Language) -> None:
    with override(language):
        page = example().waiting
        told = draw("application", page=page, here="/here/", staff=False, token=None)
        assert gettext("What happened") in told
        assert page.file.headline[language] in told
        assert f'href="/{language}/applications/"' in told
        assert 'href="/here/answer/police-certificate/"' in told


def test_a_part_of_another_language_is_not_given_from_memory() -> None:
    told = []
    for language in ("en", "fr", "en"):
        with override(language):
            told.append(draw("dots", picture=example().picture))
            assert drawn("dots", picture=spoken(example().picture)) == told[-1]
    assert told[0] == told[2] != told[1]


def test_what_is_not_ready_for_html_is_escaped_and_what_is_is_not() -> None:
    assert "&lt;b&gt;" in draw("way", stops=("completed",), told="<b>")
    assert "<b>" in draw("way", stops=("completed",), told=SafeString("<b>"))


def test_a_name_that_nobody_gave_fails() -> None:
    with pytest.raises(AttributeError, match="status"):
        draw("sections", sections=(example().waiting,))
    with pytest.raises(UndefinedError, match="told"):
        draw("way", stops=("completed",))


def test_a_part_takes_what_it_has_a_name_for_and_no_more() -> None:
    assert draw("way", stops=("completed",), told="x")
    with pytest.raises(TypeError, match=r"stops.*whole"):
        draw("way", stops=("completed",), told="x", whole=True)
    with pytest.raises(TypeError, match="stops"):
        shared_part("way", None, (), "x", "y")


@pytest.mark.parametrize("told", [None, True, 0.5, b"x", ["x"]])
def test_what_no_page_shows_fails(told: object) -> None:
    with pytest.raises(TypeError, match="no page shows a"):
        draw("way", stops=("completed",), told=told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_texts_codes_and_numbers_are_put_out_in_the_language(language: Language) -> None:
    ways = ways_in(language)

    def say(value: object) -> str:
        return ways[type(value)](value)

    on = day(date(2024, 5, 1))
    assert say(on) == {"en": "1 May 2024", "fr": "1er mai 2024"}[language]
    assert say(on.on) == "2024-05-01"
    assert say(Text(en="a < b", fr="b > a")) == {"en": "a &lt; b", "fr": "b &gt; a"}[language]
    assert (say(Turn.CLIENT), say(3), say("'")) == ("client", "3", "&#x27;")
    assert say(Markup("<b>")) == say(SafeString("<b>")) == "<b>"


def test_a_template_of_django_s_takes_a_part_as_it_is() -> None:
    made = Template('{% load drawing %}{% drawn "way" stops=stops told=told %}')
    told = made.render(Context({"stops": ("completed",), "told": "&"}))
    assert told == draw("way", stops=("completed",), told="&")
    assert "&amp;" in told


def test_an_address_stands_where_the_site_does() -> None:
    given = {"page": example().waiting, "here": "/", "staff": False, "token": None}
    set_script_prefix("/parvis/")
    try:
        assert "/parvis/en/applications/" in draw("application", **given)
    finally:
        set_script_prefix("/")
    assert "/parvis/" not in draw("application", **given)


def test_a_shared_part_is_drawn_from_what_it_is_given_and_for_its_language() -> None:
    told = []
    for language in ("en", "fr", "en"):
        with override(language):
            told.append(shared_part("nav", None, False, False, False))
    assert told[0] == told[2] != told[1]
    assert "<b>" in shared_part("way", None, ("completed",), Markup("<b>"))
    assert "<b>" not in shared_part("way", None, ("completed",), "<b>")


def test_django_s_frame_and_jinja2_s_are_the_same() -> None:
    """But for the title and the middle: `base.html` is around one, `whole` around the other."""
    user, ada = client("ada@example.org")
    browser = Browser()
    browser.force_login(user)
    pages = [
        browser.get(f"/fr/{path}").content.decode()
        for path in ("applications/", f"applications/{filed(OPEN, client=ada).number}/")
    ]
    frames = [
        re.sub(r"(?s)<title>.*?</title>|<main.*</main>|href=\"/en/[^\"]*\"|\s+", "", one)
        for one in pages
    ]
    assert frames[0] == frames[1]


def test_what_somebody_sent_is_not_kept_in_memory() -> None:
    """An address, a name or a token is put out and forgotten; our own words are kept."""
    before = _escaped.cache_info().currsize
    ways = ways_in("en")
    assert ways[str]("?" + "&" * 9) == "?" + "&amp;" * 9
    assert _escaped.cache_info().currsize == before
    assert ways[Text](Text(en="Kept & said", fr="-")) == "Kept &amp; said"
    assert _escaped.cache_info().currsize == before + 1
