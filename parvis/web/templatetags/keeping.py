"""Parts of a page that are the same for many: drawn once, and given again from memory."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

from django import template
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs

from parvis.web.templatetags.speaking import language_of

register = template.Library()
_PARTS, _LINES = 512, 16_384
"""What one tag keeps: parts take some kilobytes at most, the lines of a list some hundred bytes."""


class _Keeping(Node):
    """Keeps what it has drawn by all that it was drawn from; the oldest goes first.

    A part sees nothing else of the page, so it cannot tell one person what is another's.
    """

    def __init__(self, nodelist: NodeList, most: int) -> None:
        self.nodelist = nodelist
        self._most = most
        self._drawn: OrderedDict[Hashable, str] = OrderedDict()

    def _draw(self, context: Context, key: Hashable, values: dict[str, Any]) -> str:
        while len(self._drawn) >= self._most:
            self._drawn.popitem(last=False)
        self._drawn[key] = part = self.nodelist.render(context.new(values))
        return part


class _Kept(_Keeping):
    def __init__(self, given: dict[str, FilterExpression], nodelist: NodeList) -> None:
        super().__init__(nodelist, _PARTS)
        self._given = given

    def render(self, context: Context) -> str:
        """Return the part, drawn anew only for values or a language that it was not drawn for."""
        values = [value.resolve(context) for value in self._given.values()]
        # Words ready for HTML equal the same words that are not: their types tell them apart.
        key = (language_of(context), context.autoescape, *values, *map(type, values))
        part = self._drawn.get(key)
        if part is None:
            part = self._draw(context, key, dict(zip(self._given, values, strict=True)))
        return part


class _Each(_Keeping):
    def __init__(self, name: str, values: FilterExpression, nodelist: NodeList) -> None:
        super().__init__(nodelist, _LINES)
        self._name = name
        self._values = values

    def render(self, context: Context) -> str:
        """Return a line for each value, drawn anew only where it was not drawn before."""
        language, autoescape = language_of(context), context.autoescape
        lines = []
        for value in self._values.resolve(context):
            key = (language, autoescape, value, type(value))
            line = self._drawn.get(key)
            lines.append(self._draw(context, key, {self._name: value}) if line is None else line)
        return "".join(lines)


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
    return _Kept(given, _until(parser, "endkept"))


@register.tag
def each(parser: Parser, token: Token) -> Node:
    """Draw a line for each value of a list, by itself alone: `{% each line in month.lines %}`.

    As `kept`, for the lines of a list: few lists are alike, but most of their lines are.
    """
    _, name, *among = token.split_contents()
    if len(among) != 2 or among[0] != "in":  # noqa: PLR2004 - "in", and in what
        raise TemplateSyntaxError("say what each line is drawn from: {% each name in values %}")
    return _Each(name, parser.compile_filter(among[1]), _until(parser, "endeach"))


def _until(parser: Parser, end: str) -> NodeList:
    nodelist = parser.parse((end,))
    parser.delete_first_token()
    return nodelist
