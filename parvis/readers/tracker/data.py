"""A page as data in one language: the one shape that the command line and the API both give."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any

from parvis.lib.dates import Day
from parvis.lib.text import Language, Text
from parvis.readers.tracker.page import FilePage

_Way = Callable[[Any, Language], Any]


def as_data(page: FilePage, language: Language) -> dict[str, Any]:
    """Return the page as JSON can hold it: codes, texts in this language, ISO 8601 dates."""
    return {"language": language, **plain(page, language)}


def plain(value: Any, language: Language) -> Any:
    """Return a part of a page as JSON can hold it."""
    return _way(type(value))(value, language)


def _as_it_is(value: Any, language: Language) -> Any:
    return value


def _in_iso(moment: date, language: Language) -> str:
    return moment.isoformat()


_WAYS: dict[type[Any], _Way] = {
    **dict.fromkeys((str, bool, int, float, type(None)), _as_it_is),
    **dict.fromkeys((date, datetime), _in_iso),
    Text: lambda text, language: text[language],
    Day: lambda day, language: day.on.isoformat(),
    tuple: lambda values, language: [plain(one, language) for one in values],
}
"""How a value of each type is told. The types of codes and of parts are learned as they come."""


def _way(kind: type[Any]) -> _Way:
    if kind not in _WAYS:
        _WAYS[kind] = _by_its_fields(kind) if is_dataclass(kind) else _by_its_code(kind)
    return _WAYS[kind]


def _by_its_code(kind: type[Any]) -> _Way:
    if not issubclass(kind, StrEnum):
        raise TypeError(f"no page holds a {kind.__name__}")
    return lambda code, language: code.value


def _by_its_fields(kind: Any) -> _Way:
    names = [field.name for field in fields(kind)]
    values_of: Callable[[Any], tuple[Any, ...]] = attrgetter(*names)

    def told(value: Any, language: Language) -> dict[str, Any]:
        return {
            name: _way(type(one))(one, language)
            for name, one in zip(names, values_of(value), strict=True)
        }

    return told
