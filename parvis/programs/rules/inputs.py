"""The answers that an assessment asks for, and the ways in which people can change them."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel import Locale
from pydantic import TypeAdapter

from parvis.engines.rules.kinds import Kind, Sort
from parvis.engines.rules.rules import Input, Way
from parvis.lib.text import Text
from parvis.programs.lines import read_lines
from parvis.programs.mistakes import Place
from parvis.programs.rules.schema import InputSaid, KindSaid

if TYPE_CHECKING:
    from parvis.programs.rules.build import Scope


@dataclass(frozen=True)
class Asked:
    """What is asked, and how answers can change."""

    inputs: dict[str, Input]
    ways: tuple[Way, ...]


def read_inputs(scope: "Scope") -> Asked:
    """Return the inputs by name, those with `each` once for every member."""
    inputs: dict[str, Input] = {}
    said = scope.said.inputs
    for name, one in said.items():
        place: Place = ("inputs", name)
        kind = read_kind(scope, one, place)
        if one.each is not None:
            if one.each not in scope.said.sets:
                scope.refuse((*place, "each"), f"{one.each!r} is no set of this file")
                continue
            scope.groups[name] = one.each
        for member in scope.members(one.each):
            full = name if member is None else f"{name}.{member}"
            label = _of_member(scope, one.label, one.each, member)
            inputs[full] = Input(
                name=full,
                kind=kind,
                label=label,
                ask=_of_member(scope, one.ask, one.each, member) if one.ask else None,
                help=one.help,
                assumed=one.assumed,
                assumed_because=one.assumed_because,
                future=one.future,
                member=member,
                all_of_them=_all_of_them(one.label) if member else None,
                instead_of=_instead_of(scope, one, member, place),
                typical=one.typical,
                share=one.share,
            )
            scope.learn(full, kind, (), label)
            scope.leaves[full] = (full,)
    ways = tuple(
        _way(scope, name, one) for name, one in said.items() if one.change is not None
    )  # fmt: skip
    return Asked(inputs, ways)


def _instead_of(scope: "Scope", said: InputSaid, member: str | None, place: Place) -> str | None:
    if said.instead_of is None:
        return None
    other = scope.said.inputs.get(said.instead_of)
    if other is None:
        scope.refuse((*place, "instead_of"), f"{said.instead_of!r} is no answer of this file")
    return f"{said.instead_of}.{member}" if other and other.each else said.instead_of


def read_kind(scope: "Scope", said: KindSaid, place: Place) -> Kind:
    """Return the kind that a file describes."""
    if said.kind == "country":
        return Kind(Sort.CHOICE, options=countries(), former=former_countries())
    options: dict[str, Text] = said.options or {}
    if said.options_of is not None:
        other = scope.said.inputs.get(said.options_of)
        found = scope.said.sets.get(said.options_of) or (other.options if other else None)
        if not found:
            scope.refuse((*place, "options_of"), f"{said.options_of!r} is no set and no choice")
        options = found or {}
    if said.kind is Sort.CHOICE and not options:
        scope.refuse(place, "a choice needs its options; add them, each with its words")
    parts = getattr(said, "parts", None) or {}
    if said.kind is Sort.LIST and not parts:
        scope.refuse(place, "a list needs its parts; say what each record holds")
    return Kind(
        sort=said.kind,
        low=said.low,
        high=said.high,
        step=said.step,
        options=options,
        parts={part: read_kind(scope, one, (*place, "parts", part)) for part, one in parts.items()},
    )


def _way(scope: "Scope", name: str, said: InputSaid) -> Way:
    change = said.change
    assert change is not None  # noqa: S101 - for the reader; the caller asked
    group = said.each
    writes = tuple(
        name if member is None else f"{name}.{member}" for member in scope.members(group)
    )
    start = change.reads or name
    reads = tuple(
        start if member is None else f"{start}.{member}" for member in scope.members(group)
    )
    kind = read_kind(scope, said, ("inputs", name))
    until: Any = change.until
    if isinstance(until, float):
        until = Decimal(str(until))
    return Way(
        name=name,
        writes=writes,
        reads=reads,
        kind=kind,
        says=change.says,
        says_one=change.says_one,
        only_up=change.to == "up",
        until=until,
        when_given=change.when == "given",
        unless=change.unless,
    )


def _of_member(scope: "Scope", text: Text | None, each: str | None, member: str | None) -> Any:
    if text is None or each is None or member is None:
        return text
    word = scope.said.sets[each][member]
    return Text(text.en.replace("{each}", word.en), text.fr.replace("{each}", word.fr))


_EACH = ", {each}"


def _all_of_them(label: Text) -> Text | None:
    """Return how all are called whose label ends in the member: your language, reading."""
    if not (label.en.endswith(_EACH) and label.fr.endswith(_EACH)):
        return None
    return Text(label.en.removesuffix(_EACH), label.fr.removesuffix(_EACH))


_FORMER = Path(__file__).parent / "data" / "_former_countries.yaml"
_NO_STATE = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ", "AC", "CP", "DG", "EA", "IC", "TA", "CQ"}
"""Codes that Babel names and that are no nationality: unions, the outlying, the invented."""


@cache
def former_countries() -> dict[str, Text]:
    """Return the countries that no longer exist by the code that they had, with their names."""
    return TypeAdapter(dict[str, Text]).validate_python(read_lines(_FORMER).data)


@cache
def countries() -> dict[str, Text]:
    """Return every country and territory by its ISO code, with its names."""
    en, fr = (Locale.parse(tag).territories for tag in ("en_CA", "fr_CA"))
    return {
        code: Text(str(en[code]), str(fr[code]))
        for code in sorted(en)
        if len(code) == 2 and code.isalpha() and code not in _NO_STATE and code in fr  # noqa: PLR2004
    }
