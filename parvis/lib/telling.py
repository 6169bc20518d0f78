"""Telling a page in one language: its texts as words, its parts as dictionaries or another way."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
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
        self._ways = _Ways(
            {
                **dict.fromkeys(_PLAIN, as_it_is),
                Text: lambda text, language: text.fr if language == "fr" else text.en,
                **ways,
            },
            part,
        )

    def tell(self, value: Any, language: Language) -> Any:
        """Return a page, or a part of one, in this language."""
        return self._ways[type(value)](value, language)


class _Ways(dict[type[Any], Way]):
    """How each type is told, which is worked out when a value of it comes first."""

    def __init__(self, known: Mapping[type[Any], Way], part: Way | None) -> None:
        super().__init__(known)
        self._part = part

    def __missing__(self, kind: type[Any]) -> Way:
        if is_dataclass(kind):
            self[kind] = self._part or self._by_its_fields(kind)
        elif issubclass(kind, StrEnum):
            self[kind] = self[StrEnum]
        else:
            raise TypeError(f"no page holds a {kind.__name__}")
        return self[kind]

    def _by_its_fields(self, kind: Any) -> Way:
        """Return how a part becomes a dictionary: compiled, as dataclasses compile what they do.

        To go through its fields one by one takes twice as long, and the API tells 150 of them.
        """
        told = ", ".join(
            f"{name!r}: v if type(v := value.{name}) in plain else ways[type(v)](v, language)"
            for name in (one.name for one in fields(kind))
        )
        made: dict[str, Any] = {"plain": _PLAIN, "ways": self}
        exec(f"def told(value, language): return {{{told}}}", made)  # noqa: S102 - names of fields
        way: Way = made["told"]
        return way
