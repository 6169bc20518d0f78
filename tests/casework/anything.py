"""Any fact of any kind, at any time, with any text in it."""

import dataclasses
import types
import typing
from collections.abc import Iterator
from datetime import UTC, date, datetime

from hypothesis import strategies as st

# Imported so that their facts are known.
from parvis.casework.applications import facts as _applications  # noqa: F401
from parvis.casework.enquiries import facts as _enquiries  # noqa: F401
from parvis.casework.events.facts import Fact, Source
from parvis.casework.lines import facts as _lines  # noqa: F401
from parvis.casework.mandates import facts as _mandates  # noqa: F401
from parvis.casework.people import facts as _people  # noqa: F401
from parvis.programs.vocabulary import Outcome


def kinds(cls: type[Fact] = Fact) -> Iterator[type[Fact]]:
    """Yield the classes of facts that this release knows."""
    for kind in cls.__subclasses__():
        if "KIND" in vars(kind) and kind.__module__.startswith("parvis."):
            yield kind
        yield from kinds(kind)


KINDS = sorted(kinds(), key=lambda kind: (kind.KIND, kind.VERSION))
WORDS = st.text(st.characters(codec="utf-8"), max_size=40)
_MAYBE = st.none() | WORDS
_SOURCES = st.none() | st.builds(
    Source, activity=WORDS, lifecycle=_MAYBE, outcome=_MAYBE, n=st.integers(1, 10**6)
)
MOMENTS = st.datetimes(
    datetime(1900, 1, 2),  # noqa: DTZ001 - the zone is told apart
    datetime(2024, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
_BY_TYPE: dict[object, st.SearchStrategy[object]] = {
    str: WORDS,
    bool: st.booleans(),
    int: st.integers(1, 2**63 - 1),
    float: st.floats(0, 1),
    datetime: MOMENTS,
    date: st.dates(date(1900, 1, 1)),
    tuple[str, ...]: st.lists(WORDS, max_size=3).map(tuple),
    tuple[int, ...]: st.lists(st.integers(0, 10_000), max_size=20).map(tuple),
    Outcome: st.sampled_from(Outcome),
    Source: _SOURCES,
    type(None): st.none(),
}


def built(kind: type[Fact], **said: st.SearchStrategy[object]) -> st.SearchStrategy[Fact]:
    """Return facts of a kind, with any value of its type for what is not said."""
    for field in dataclasses.fields(kind):
        told = typing.get_type_hints(kind)[field.name]
        parts = typing.get_args(told) if isinstance(told, types.UnionType) else [told]
        said.setdefault(field.name, st.one_of([_BY_TYPE[part] for part in parts]))
    return st.builds(kind, **said)


ANY_FACT = st.one_of([built(kind) for kind in KINDS])
