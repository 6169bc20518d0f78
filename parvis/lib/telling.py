"""Telling a page in one language: its texts as words, its parts as dictionaries or another way."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Any

from parvis.lib.text import Language, Text

Way = Callable[[Any, Language], Any]
"""How a value of one type is told."""
_PLAIN: frozenset[type[Any]] = frozenset((str, bool, int, float, type(None)))
"""Types whose values are told as they are."""


def as_it_is(value: Any, language: Language) -> Any:
    """Tell a value as it is."""
    return value


class Teller:
    """Tells pages; `ways` are for types that each reader of a page wants told otherwise.

    `part` is for parts of a page that have no way of their own; without it, each is a dictionary.
    The types of codes and of parts are learned as they come.
    """

    def __init__(self, ways: Mapping[type[Any], Way], *, part: Way | None = None) -> None:
        self._part = part
        self._ways: dict[type[Any], Way] = {
            **dict.fromkeys(_PLAIN, as_it_is),
            Text: lambda text, language: text.fr if language == "fr" else text.en,
            **ways,
        }

    def tell(self, value: Any, language: Language) -> Any:
        """Return a page, or a part of one, in this language."""
        return self._way(type(value))(value, language)

    def _way(self, kind: type[Any]) -> Way:
        if kind not in self._ways:
            if is_dataclass(kind):
                self._ways[kind] = self._part or self._by_its_fields(kind)
            elif issubclass(kind, StrEnum):
                self._ways[kind] = self._ways[StrEnum]
            else:
                raise TypeError(f"no page holds a {kind.__name__}")
        return self._ways[kind]

    def _by_its_fields(self, kind: Any) -> Way:
        names = [field.name for field in fields(kind)]
        # Of a single name it would not return a tuple.
        values_of: Callable[[Any], tuple[Any, ...]] = attrgetter(*names, names[0])
        ways = self._ways

        def told(value: Any, language: Language) -> dict[str, Any]:
            return {
                name: one
                if (kind := type(one)) in _PLAIN
                else (ways.get(kind) or self._way(kind))(one, language)
                for name, one in zip(names, values_of(value), strict=False)
            }

        return told
