"""Parts of pages that Jinja2 draws: those of the tracker, which is asked for more than any other.

Each is a macro in a file of its name, `parvis/web/drawn/dots.html`; Django's templates take them by
`{% drawn "dots" picture=row.picture %}`. Compiled, they cost a third of what Django's engine takes
(ADR 0023). A name that nobody gave fails, here as everywhere.
"""

from functools import cache, lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, gettext
from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup

from parvis.lib.text import Language

_KEPT = 512
"""How many parts that many pages share are kept of each language; they take some kilobytes each."""


def draw(name: str, **given: Any) -> Markup:
    """Return the part of this name in the language of the request, ready for HTML."""
    return Markup(_macro(name, "fr" if get_language() == "fr" else "en")(**given))  # noqa: S704


@cache
def _macro(name: str, language: Language) -> Macro:
    found: Macro = getattr(_environment(language).get_template(f"{name}.html").module, name)
    return found


@cache
def _environment(language: Language) -> Environment:
    """Return where parts in one language are drawn, which is the request's whenever they are."""

    @lru_cache(maxsize=_KEPT, typed=True)
    def kept(name: str, *parts: Any) -> Markup:
        """Return a part that many pages share, from memory; it sees only what it is given."""
        return Markup(_macro(name, language)(*parts))  # noqa: S704 - escaped by its macro

    environment = Environment(
        loader=PackageLoader("parvis.web", "drawn"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals = {
        "_": cache(lambda message: Markup(gettext(message))),  # noqa: S704 - our own words
        "kept": kept,
        "static": cache(static),
        "url": lambda name: _address(name, language, get_script_prefix()),
    }
    return environment


@cache
def _address(name: str, language: Language, prefix: str) -> str:
    """Return the address of a page without parts, where the site stands and in this language."""
    return reverse(name)
