"""Showing a page: told in the language of its address, part by part as a template asks for it."""

from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import RequestContext
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from parvis.lib.dates import Day
from parvis.lib.telling import Teller, Way, as_it_is
from parvis.lib.text import Language, Text


def show(request: HttpRequest, template: str, page: Any, *, status: int = 200) -> HttpResponse:
    """Return a page; its template gets words, numbers and codes, and days as `iso` and `text`."""
    context = RequestContext(request, {"page": spoken(page)})
    drawn = get_template(template).template.render(context)  # type: ignore[attr-defined]  # Django's
    # Its dictionaries hold it, too: let go, it goes at once, and nobody has to search for it.
    context.dicts.clear()
    return HttpResponse(drawn, status=status)


def spoken(page: Any) -> Any:
    """Return a page in the language of the request."""
    return tell(page, "fr" if get_language() == "fr" else "en")


class Spoken:
    """A part of a page, of which a template is told no more than the fields that it asks for.

    Two are equal where their parts are, so that what was drawn for one can be given for the other.
    """

    __slots__ = ("_language", "_part")

    def __init__(self, part: Any, language: Language) -> None:
        self._part = part
        self._language = language

    def __getitem__(self, name: str) -> Any:
        """Return a field, told: this is how a template asks first."""
        return tell(getattr(self._part, name), self._language)

    def __hash__(self) -> int:
        return hash(self._part)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Spoken):
            return NotImplemented
        return bool(self._part == other._part) and self._language == other._language


def as_it_came(told: Any) -> Any:
    """Return a part of a page as it was before a template was to be told it."""
    if isinstance(told, tuple):
        return tuple(map(as_it_came, told))
    return told._part if isinstance(told, Spoken) else told  # noqa: SLF001 - of this module


@lru_cache(maxsize=20_000)
def _escaped(words: str) -> SafeString:
    """Return our own words ready for HTML: the same ones come again and again."""
    return conditional_escape(words)


def _ways(language: Language) -> dict[type[Any], Way]:
    return {
        Text: lambda text: _escaped(text[language]),
        Day: lambda day: {"iso": day.on.isoformat(), "text": _escaped(day.text[language])},
        StrEnum: as_it_is,
        datetime: as_it_is,
    }


tell = Teller(_ways, many=tuple, part=Spoken).tell
