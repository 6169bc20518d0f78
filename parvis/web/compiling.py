"""How parts that Jinja2 draws become Python: more directly than templates of strangers may.

Three things are so here that Jinja2 cannot count on. A part is given frozen pages, whose fields
are read as Python reads them. Each environment speaks one language, so that messages are put in
when a part is compiled. And `finalize` says and escapes whatever is put out, so nothing else does.
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import lru_cache
from html import escape
from operator import attrgetter
from types import CodeType
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext, override
from jinja2 import Environment, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from parvis.lib.dates import Day
from parvis.lib.text import Language, Text

_KEPT_READY = 20_000


class Compiled(Environment):
    """An environment in one language, whose parts are compiled to plain reading and calling."""

    def __init__(self, language: Language, **options: Any) -> None:
        self.say = sayer(language)
        super().__init__(autoescape=True, finalize=self.say, **options)
        self.code_generator_class = _Plainly
        self._language = language

    def compile(self, source: Any, *where: Any, **how: Any) -> CodeType:  # type: ignore[override]
        """Compile a part once its messages are in it."""
        tree = self.parse(source, *where)
        with override(self._language):
            compiled: CodeType = super().compile(_Messages().visit(tree), *where, **how)
        return compiled


class _Messages(NodeTransformer):
    """Puts what `_("…")` says in its place. Our own words are ready for HTML, as in Django."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        if not (isinstance(node.node, nodes.Name) and node.node.name == "_"):
            return self.generic_visit(node)
        [message] = node.args
        words = Markup(gettext(message.as_const()))  # noqa: S704 - our own words
        return nodes.Const(words, lineno=node.lineno)


class _Plainly(CodeGenerator):
    """Writes `page.file` as `page.file`, a call as a call, and has `finalize` alone put out."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        self.visit(node.node, frame)
        if node.dyn_args or node.dyn_kwargs:
            self.fail("a part is called with what it is given, one by one", node.lineno)
        self.write("(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.finalize(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")


def sayer(language: Language) -> Callable[[Any], str]:
    """Return how anything that a page holds is put into HTML in a language; it is escaped.

    Days are written out, dates stand as machines read them. `TypeError` for what no page shows.
    Our own words are kept escaped; what somebody sent or asked for is not.
    """
    words_of = attrgetter(language)
    ways = _Ways(
        {
            Markup: lambda ready: ready,
            SafeString: lambda ready: ready,
            str: escape,
            int: str,
            date: date.isoformat,
            Text: lambda text: _escaped(words_of(text)),
            Day: lambda day: _escaped(words_of(day.text)),
        }
    )
    return lambda value: ways[type(value)](value)


class _Ways(dict[type[Any], Callable[[Any], str]]):
    """How values of each type are put out; those of codes are learned as they come."""

    def __missing__(self, kind: type[Any]) -> Callable[[Any], str]:
        if issubclass(kind, Undefined):
            return str  # which fails, and says what nobody gave
        if not issubclass(kind, StrEnum):
            raise TypeError(f"no page shows a {kind.__name__}")
        self[kind] = _escaped
        return _escaped


@lru_cache(maxsize=_KEPT_READY)
def _escaped(words: str) -> str:
    """Return words of ours ready for HTML: the same ones come again and again."""
    return escape(words)
