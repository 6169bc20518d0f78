"""Texts in the language of the page, and the same page in the other language."""

import re

from django import template
from django.utils.translation import get_language

from parvis.lib.text import LANGUAGES, Text

register = template.Library()
_NEXT = re.compile(r"(next=(?:/|%2F))(?:en|fr)(?=/|%2F)")
"""Where to go after signing in, which has the language of the page before."""


@register.filter
def said(text: Text) -> str:
    """Return a text in the language of the page."""
    return text["fr" if get_language() == "fr" else "en"]


@register.simple_tag(takes_context=True)
def here_in(context: template.Context, language: str) -> str:
    """Return the address of this page in a language, with what was asked for."""
    first, _, rest = context["request"].get_full_path().removeprefix("/").partition("/")
    rest = _NEXT.sub(rf"\g<1>{language}", rest)
    # A page outside both languages (a mistyped address) has its other half at the front door.
    return f"/{language}/{rest}" if first in LANGUAGES else f"/{language}/"
