"""Parts of a page that are the same for many: drawn once, and given again from memory."""

from collections import OrderedDict
from typing import TYPE_CHECKING

from django import template
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs

from parvis.web.templatetags.speaking import language_of

if TYPE_CHECKING:
    from collections.abc import Hashable

register = template.Library()
_MOST = 512
"""How many parts one tag keeps; they take some kilobytes each at most."""


class _Kept(Node):
    """Keeps what it has drawn by all that it was drawn from; the oldest goes first.

    A part sees nothing else of the page, so it cannot tell one person what is another's.
    """

    def __init__(self, given: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self._given = given
        self._drawn: OrderedDict[Hashable, str] = OrderedDict()

    def render(self, context: Context) -> str:
        """Return the part, drawn anew only for values or a language that it was not drawn for."""
        values = [value.resolve(context) for value in self._given.values()]
        # Words ready for HTML equal the same words that are not: their types tell them apart.
        key = (language_of(context), context.autoescape, *values, *map(type, values))
        part = self._drawn.get(key)
        if part is None:
            while len(self._drawn) >= _MOST:
                self._drawn.popitem(last=False)
            seen = dict(zip(self._given, values, strict=True))
            self._drawn[key] = part = self.nodelist.render(context.new(seen))
        return part


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
