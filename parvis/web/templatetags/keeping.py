"""Parts of a page that are the same for many: drawn once, and given again from memory."""

from typing import TYPE_CHECKING

from django import template
from django.template import Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Hashable

register = template.Library()
_KEPT_READY = 512
"""Parts kept by one tag; each takes some kilobytes at most."""


class _Kept(Node):
    def __init__(self, given: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self._given = given
        self.nodelist = nodelist
        self._drawn: dict[Hashable, str] = {}

    def render(self, context: template.Context) -> str:
        """Return the part, drawn anew only for values or a language that it was not drawn for."""
        values = {name: value.resolve(context) for name, value in self._given.items()}
        key = (get_language(), context.autoescape, *values.values())
        if key not in self._drawn:
            if len(self._drawn) >= _KEPT_READY:
                self._drawn.pop(next(iter(self._drawn)), None)
            # It sees nothing else of the page, so it cannot tell one person what is another's.
            self._drawn[key] = self.nodelist.render(context.new(values))
        return self._drawn[key]


@register.tag
def kept(parser: Parser, token: Token) -> Node:
    """Draw a part of a page from nothing but what it is given: `{% kept picture=page.picture %}`.

    What it is given is frozen and can be told apart: two that are equal are drawn alike. For parts
    that many pages share, such as a picture or a row of marks; not for what one person is told.
    """
    _, *told = token.split_contents()
    given = token_kwargs(told, parser)
    if told or not given:
        raise TemplateSyntaxError("say what the part is drawn from: {% kept name=value %}")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return _Kept(given, nodelist)
