"""What kind of value an answer is, and what may stand in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from parvis.lib.dates import day
from parvis.lib.text import Text


class Record(Mapping[str, Any]):
    """One entry of a list: its parts by name, never changed, so that results can be remembered."""

    __slots__ = ("_parts",)

    def __init__(self, parts: Mapping[str, Any]) -> None:
        self._parts = dict(parts)

    def __getitem__(self, part: str) -> Any:
        return self._parts[part]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def __hash__(self) -> int:
        return hash(frozenset(self._parts.items()))


Value = bool | int | Decimal | str | date | tuple[Record, ...] | None
"""One answer; None is one that nobody gave. A list is of records, by the names of its parts."""


class Sort(StrEnum):
    """The sorts of values that answers and tables know."""

    WHOLE = "whole"
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    CHOICE = "choice"
    DATE = "date"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of value with its limits; limits that are None are not there."""

    sort: Sort
    low: Decimal | None = None
    high: Decimal | None = None
    step: Decimal | None = None
    options: Mapping[str, Text] = field(default_factory=dict)
    """The choices in their order, each with its words."""
    parts: Mapping[str, "Kind"] = field(default_factory=dict)
    """Of a list: what each record holds."""
    former: Mapping[str, Text] = field(default_factory=dict)
    """Choices that there once were: who makes one is told that it is gone."""

    @property
    def is_number(self) -> bool:
        """Whether values of this kind are compared by size."""
        return self.sort in (Sort.WHOLE, Sort.DECIMAL, Sort.DATE)


YES_NO = Kind(Sort.YES_NO)
WHOLE = Kind(Sort.WHOLE)
DECIMAL = Kind(Sort.DECIMAL)
DATE = Kind(Sort.DATE)
_YES, _NO = Text("yes", "oui"), Text("no", "non")
_UNKNOWN = Text("not known", "inconnu")


def number(value: Any) -> Any:
    """Return what a value is compared by: a day by its ordinal, everything else by itself."""
    return value.toordinal() if isinstance(value, date) else value


def written(value: Value, kind: Kind) -> Text:
    """Return a value as people write it, in both languages."""
    if value is None:
        return _UNKNOWN
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, date):
        return day(value).text
    if isinstance(value, str):
        return kind.options.get(value) or Text(value, value)
    if isinstance(value, tuple):
        return Text(str(len(value)), str(len(value)))
    plain = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return Text(plain, plain.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ","))
