"""Parts of pages that Jinja2 draws: those of the tracker, which is asked for more than any other.

Each is a macro in a file of its name, `parvis/web/drawn/dots.html`; Django's templates take them by
`{% drawn "dots" picture=row.picture %}`. Compiled, they cost a third of what Django's engine takes
(ADR 0023). A name that nobody gave fails, here as everywhere.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language
from jinja2 import PackageLoader, StrictUndefined
from markupsafe import Markup

from parvis.lib.text import Language
from parvis.web.compiling import Compiled, ready

_KEPT = 512
"""How many parts that many pages share are kept of each language; they take some kilobytes each."""


def draw(name: str, language: Language | None = None, /, **given: Any) -> Markup:
    """Return the part of this name, ready for HTML; in the language of the request by itself."""
    return _part(name, language or _language())(**given)


def shared_part(name: str, language: Language | None = None, /, *given: Any) -> Markup:
    """Return a part that many pages share, from memory; it sees only what it is given."""
    kept: Any = _environment(language or _language()).globals["kept"]
    part: Markup = kept(name, *given)
    return part


def _language() -> Language:
    return "fr" if get_language() == "fr" else "en"


@cache
def _part(name: str, language: Language) -> Callable[..., Markup]:
    found: Callable[..., Markup] = getattr(
        _environment(language).get_template(f"{name}.html").module, name
    )
    return found


@cache
def _environment(language: Language) -> Compiled:
    """Return where parts in one language are drawn, which is the request's whenever they are."""

    @lru_cache(maxsize=_KEPT, typed=True)
    def kept(name: str, *parts: Any) -> Markup:
        """Return a part that many pages share, from memory; it sees only what it is given."""
        return _part(name, language)(*parts)

    environment = Compiled(
        language,
        loader=PackageLoader("parvis.web", "drawn"),
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals = {
        "kept": kept,
        "language": language,
        "said": lambda value: ready(environment.ways[type(value)](value)),
        "static": cache(static),
        "url": lambda name: _address(name, language, get_script_prefix()),
    }
    return environment


@cache
def _address(name: str, language: Language, prefix: str) -> str:
    """Return the address of a page without parts, where the site stands and in this language."""
    return reverse(name)
