"""Texts in the language of the page, and the same page in the other language.

`translate` and `url` are Django's own. Where nothing but the language can change what they say,
which is nearly everywhere, they say it from memory: to work it out anew takes 8 and 18 µs, thirty
times on a page. Load this library after `i18n`.
"""

from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from django import template
from django.template import Node
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import get_script_prefix, get_urlconf
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from parvis.lib.text import Text
from parvis.web.language import other_than, page_in

register = template.Library()
_KEPT_READY = 16_384
_LANGUAGE = "parvis.language"


@register.filter(needs_autoescape=True)
def said(text: Text, autoescape: bool = False) -> str:
    """Return a text in the language of the page, ready for HTML where a template asks for it."""
    words = text.fr if get_language() == "fr" else text.en
    return _escaped(words) if autoescape else words


@lru_cache(maxsize=_KEPT_READY)
def _escaped(words: str) -> SafeString:
    return escape(words)


def language_of(context: template.Context) -> str | None:
    """Return the language in which a template is drawn, asked of Django once for each template."""
    render: Any = context.render_context
    language: str | None = render.get(_LANGUAGE)
    if language is None:
        language = render[_LANGUAGE] = get_language()
    return language


@register.simple_tag(takes_context=True)
def here_elsewhere(context: template.Context) -> str:
    """Return the address of this page in the other language."""
    return page_in(other_than(language_of(context)), context["request"])


class _Kept(Node):
    """A tag that says the same whenever the language, and where the site stands, are the same."""

    child_nodelists = ()

    def __init__(self, node: Node) -> None:
        self._node = node
        self._said: dict[Hashable, str] = {}

    def render(self, context: template.Context) -> str:
        """Return what Django's tag says, asked once."""
        now = (language_of(context), context.autoescape, *self._where())
        if now not in self._said:
            self._said[now] = self._node.render(context)
        return self._said[now]

    def _where(self) -> tuple[Hashable, ...]:
        return ()


class _KeptAddress(_Kept):
    def _where(self) -> tuple[Hashable, ...]:
        return get_script_prefix(), get_urlconf()


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Say a message in the language of the page; kept where it is a plain one, said at once."""
    node = do_translate(parser, token)
    plain = (
        isinstance(node, TranslateNode)
        and not (node.asvar or node.noop or node.message_context or node.filter_expression.filters)
        and node.filter_expression.var.literal is not None
    )
    return _Kept(node) if plain else node


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Say the address of a page; kept where it has no parts and no namespace."""
    node = django_url(parser, token)
    name = node.view_name
    plain = (
        isinstance(node, URLNode)
        and not (node.args or node.kwargs or node.asvar or name.filters)
        and isinstance(name.var, str)
        and ":" not in name.var
    )
    return _KeptAddress(node) if plain else node
