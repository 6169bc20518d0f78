"""What a fact is: past tense, frozen, versioned, references and codes only."""

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from typing import Any, ClassVar, TypeVar

import orjson
from pydantic import TypeAdapter

from parvis.casework.events.rows import Encoded, encode


class SubjectKind(StrEnum):
    """What a fact can be about."""

    APPLICATION = "application"
    CLIENT = "client"
    ENQUIRY = "enquiry"
    LINE = "line"
    ACCOUNT = "account"
    DOOR = "door"


@dataclass(frozen=True, kw_only=True)
class Source:
    """Which event of another system a fact was read from; `n`, from 1, tells equal ones apart."""

    activity: str
    lifecycle: str | None = None
    outcome: str | None = None
    n: int = 1


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened to a subject. Fields left at None are not written."""

    KIND: ClassVar[str]
    VERSION: ClassVar[int] = 1

    source: Source | None = None

    @cached_property
    def encoded(self) -> Encoded:
        """Return the kind, version and payload as the log keeps them."""
        values = {name: v for name in self._names() if (v := getattr(self, name)) is not None}
        payload = orjson.dumps(values, option=orjson.OPT_SORT_KEYS)
        return encode(self.KIND, self.VERSION, payload)

    @classmethod
    @cache
    def _names(cls) -> tuple[str, ...]:
        return tuple(field.name for field in fields(cls))

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if (name := cls.__dict__.get("KIND")) is not None:
            _KINDS[name, cls.VERSION] = cls


@dataclass(frozen=True, kw_only=True)
class Unknown(Fact):
    """A fact of a kind or version that this release does not know: kept, shown as such, skipped."""

    kind: str
    version: int


Known = TypeVar("Known", bound=Fact)
_KINDS: dict[tuple[str, int], type[Fact]] = {}
_ADAPTERS: dict[type[Fact], TypeAdapter[Any]] = {}
_KEPT_READY = 16_384
"""Facts hold codes, so that most of them are alike; those last read are kept, some megabytes."""


@lru_cache(maxsize=_KEPT_READY)
def decode(kind: str, version: int, payload: str | bytes) -> Fact:
    """Return the fact that was kept under this kind and version, or an `Unknown` one."""
    cls = _KINDS.get((kind, version))
    if cls is None:
        return Unknown(kind=kind, version=version)
    return read(cls, payload)


def read(kind: type[Known], payload: str | bytes) -> Known:
    """Return the fact of a kind that this payload says."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    fact: Known = _ADAPTERS[kind].validate_json(payload)
    return fact
