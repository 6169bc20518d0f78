"""Plain values: frozen to whoever writes code, and quick to make."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast, dataclass_transform

Kind = TypeVar("Kind", bound=type[Any])


@dataclass_transform(frozen_default=True, eq_default=True, field_specifiers=(field,))
def value(*, kw_only: bool = False) -> Callable[[Kind], Kind]:
    """Make a class a dataclass whose fields the type checker lets nobody change.

    Python's own `frozen` says so once more for each field of each value that is made, which takes
    thrice as long; a page is a hundred values. Use that one where values are few.
    """

    def made(kind: Kind) -> Kind:
        # With slots it is another class of the same name.
        return cast("Kind", dataclass(slots=True, unsafe_hash=True, kw_only=kw_only)(kind))

    return made
