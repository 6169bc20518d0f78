"""Telling a page in one language: its texts as words, its parts as dictionaries or another way."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any

from parvis.lib.dates import Day
from parvis.lib.text import LANGUAGES, Language, Text

Way = Callable[[Any], Any]
"""How a value of one type is told, in one language."""
_PLAIN: frozenset[type[Any]] = frozenset((str, bool, int, float, type(None)))
"""Types whose values are told as they are."""


AS_JSON: Mapping[type[Any], Way] = {
    date: date.isoformat,
    datetime: datetime.isoformat,
    Day: lambda day: day.on.isoformat(),
    StrEnum: str.__str__,
}
"""How codes and dates stand in JSON: as text, dates after ISO 8601."""


def as_it_is(value: Any) -> Any:
    """Tell a value as it is."""
    return value


class Teller:
    """Tells pages; `ways` says for a language how types are told that each reader wants otherwise.

    `many` is what several values become; `part` is for parts of a page that have no way of their
    own: without it, each is a dictionary. The types of codes and of parts are learned as they come.
    """

    def __init__(
        self,
        ways: Callable[[Language], Mapping[type[Any], Way]],
        *,
        many: Callable[[Iterable[Any]], Any],
        part: Callable[[Any, Language], Any] | None = None,
    ) -> None:
        self._ways = {
            language: _Ways(
                {
                    **dict.fromkeys(_PLAIN, as_it_is),
                    Text: attrgetter(language),
                    **ways(language),
                },
                many,
                part and _in(language, part),
            )
            for language in LANGUAGES
        }

    def tell(self, value: Any, language: Language) -> Any:
        """Return a page, or a part of one, in this language."""
        return self._ways[language][type(value)](value)


def _in(language: Language, part: Callable[[Any, Language], Any]) -> Way:
    return lambda value: part(value, language)


class _Ways(dict[type[Any], Way]):
    """How each type is told, which is worked out when a value of it comes first."""

    def __init__(
        self,
        known: Mapping[type[Any], Way],
        many: Callable[[Iterable[Any]], Any],
        part: Way | None,
    ) -> None:
        super().__init__(known)
        self[tuple] = lambda values: many(
            [one if type(one) in _PLAIN else self[type(one)](one) for one in values]
        )
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
            f"{name!r}: v if type(v := value.{name}) in plain else ways[type(v)](v)"
            for name in (one.name for one in fields(kind))
        )
        made: dict[str, Any] = {"plain": _PLAIN, "ways": self}
        exec(f"def told(value): return {{{told}}}", made)  # noqa: S102 - names of fields
        way: Way = made["told"]
        return way
