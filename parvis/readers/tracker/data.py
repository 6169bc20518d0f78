"""A page as data in one language: the one shape that the command line and the API both give."""

from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any

from parvis.lib.dates import Day
from parvis.lib.text import Language, Text
from parvis.readers.tracker.page import FilePage

_Way = Callable[[Any, Language], Any]
_AS_THEY_ARE = (str, bool, int, float, type(None))


def as_data(page: FilePage, language: Language) -> dict[str, Any]:
    """Return the page as JSON can hold it: codes, texts in this language, ISO 8601 dates."""
    return {"language": language, **plain(page, language)}


def plain(value: Any, language: Language) -> Any:
    """Return a part of a page as JSON can hold it."""
    return _way(type(value))(value, language)


@cache
def _way(kind: Hashable) -> _Way:
    """Return how a value of this type is told; the types of a page are few and known."""
    assert isinstance(kind, type)  # noqa: S101 - `cache` takes a type for no key, to mypy
    if kind is Text:
        return lambda text, language: text.fr if language == "fr" else text.en
    if kind is Day:
        return lambda day, language: day.on.isoformat()
    if issubclass(kind, StrEnum):
        return lambda code, language: code.value
    if issubclass(kind, date | datetime):
        return lambda moment, language: moment.isoformat()
    if issubclass(kind, tuple):
        return lambda values, language: [plain(one, language) for one in values]
    if is_dataclass(kind):
        return _by_its_fields(kind)
    if kind in _AS_THEY_ARE:
        return lambda value, language: value
    raise TypeError(f"no page holds a {kind.__name__}")


def _by_its_fields(kind: type[Any]) -> _Way:
    names = [field.name for field in fields(kind)]
    values_of: Callable[[Any], tuple[Any, ...]] = attrgetter(*names)

    def told(value: Any, language: Language) -> dict[str, Any]:
        return {
            name: _way(type(one))(one, language)
            for name, one in zip(names, values_of(value), strict=True)
        }

    return told
