"""How parts that Jinja2 draws become Python: more directly than templates of strangers may.

Three things are so here that Jinja2 cannot count on. A part is given frozen pages, whose fields
are read as Python reads them. Each environment speaks one language, so that messages are put in
when a part is compiled. And whatever is put out is said and escaped by the way of its type.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial
from html import escape
from operator import attrgetter
from types import CodeType
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext, override
from jinja2 import Environment, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from parvis.lib.dates import Day
from parvis.lib.text import Language, Text

_KEPT_READY = 20_000


class Compiled(Environment):
    """An environment in one language, whose parts are compiled to plain reading and calling."""

    def __init__(self, language: Language, **options: Any) -> None:
        self.ways = ways_in(language)
        self.part = part
        super().__init__(autoescape=True, **options)
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
    """Writes `page.file` as `page.file` and a call as a call; what is put out goes by its type."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("ways = environment.ways")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        if macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs:
            self.fail("a part names what it is given", macro_ref.node.lineno)
        names = tuple(one.name for one in macro_ref.node.args)
        self.write(f"environment.part(macro, {names!r})")

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
        self.write("(v if type(v := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(") is Markup else ways[type(v)](v))")


def part(macro: Callable[..., str], names: tuple[str, ...]) -> Callable[..., Markup]:
    """Return a compiled part, which takes what it is given in order or by these names.

    `TypeError` for what it has no name for. What it was not given, Jinja2 knows to be missing.
    """

    def drawn(*given: Any, **named: Any) -> Markup:
        if named or len(given) != len(names):
            given += tuple([named.pop(name, missing) for name in names[len(given) :]])
            if named or len(given) != len(names):
                raise TypeError(f"a part takes {names}, not {len(given)} and {sorted(named)}")
        return ready(macro(*given))

    return drawn


ready: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Marks what is in HTML already as such; `Markup` looks first whether it is."""


def ways_in(language: Language) -> Mapping[type[Any], Callable[[Any], str]]:
    """Return how anything that a page holds is put into HTML in a language; it is escaped.

    Days are written out, dates stand as machines read them. `TypeError` for what no page shows.
    Our own words are kept escaped; what somebody sent or asked for is not.
    """
    words_of = attrgetter(language)
    return _Ways(
        {
            Markup: str,
            SafeString: str,
            str: escape,
            int: str,
            date: date.isoformat,
            Text: lambda text: _escaped(words_of(text)),
            Day: lambda day: _escaped(words_of(day.text)),
        }
    )


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
