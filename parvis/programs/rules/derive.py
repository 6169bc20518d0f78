"""Derived values from what a file says of them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from parvis.engines.rules.kinds import WHOLE, Kind
from parvis.engines.rules.operations import OPERATIONS, Derived, chosen, constant
from parvis.engines.rules.rules import Ask
from parvis.programs.mistakes import Place
from parvis.programs.rules.schema import DerivedSaid

if TYPE_CHECKING:
    from parvis.programs.rules.build import Scope


class _Here(NamedTuple):
    """Where a derived value is said, and of which member of what."""

    place: Place
    member: str | None
    each: str | None


ASKING = {"ask", "for", "with"}


def derive(scope: "Scope", name: str, said: DerivedSaid) -> Iterator[Derived | Ask]:
    """Yield the steps that give a derived value, once for each member where it has `each`."""
    place: Place = ("derived", name)
    extra = said.model_extra or {}
    word = next(iter(extra), None)
    for member in scope.members(said.each):
        full = name if member is None else f"{name}.{member}"
        here = _Here(place, member, said.each)
        if word == "ask":
            yield from _ask(scope, full, extra, here)
            continue
        if word == "choose":
            step = _choose(scope, full, extra, here)
        elif word in OPERATIONS and len(extra) == 1:
            step = None
            operands = []
            for one in extra[word] if isinstance(extra[word], list) else [extra[word]]:
                if isinstance(one, int) and not isinstance(one, bool):
                    operands.append(f"#{one}")
                    yield constant(f"#{one}", one, WHOLE)
                    scope.learn(f"#{one}", WHOLE, (), None)
                else:
                    operands += scope.resolve(str(one), member, said.each)
            step = _operation(scope, full, word, tuple(operands), place)
        else:
            known = ", ".join(sorted((*OPERATIONS, "choose", "ask")))
            scope.refuse(place, f"say one operation and its operands; operations: {known}")
            return
        if step is None:
            return
        yield step
        wants = step.operands[:1] if word == "first_known" else None
        scope.learn(full, step.kind, step.operands, said.label, wants)


def _operation(
    scope: "Scope", name: str, word: str, operands: tuple[str, ...], place: Place
) -> Derived | None:
    operation = OPERATIONS[word]
    if operation.operands is not None and len(operands) != operation.operands:
        scope.refuse((*place, word), f"wants {operation.operands} operands, not {len(operands)}")
        return None
    kinds = [scope.kinds.get(operand, WHOLE) for operand in operands]
    return Derived(name, operands, operation.kind(kinds), operation.of, word)


def _choose(scope: "Scope", name: str, extra: dict[str, Any], here: _Here) -> Derived | None:
    (selector,) = scope.resolve(str(extra["choose"]), here.member, here.each)
    options = scope.kinds.get(selector, Kind(WHOLE.sort)).options
    cases = {key: one for key, one in extra.items() if key != "choose"}
    if set(cases) != set(options):
        wanted = ", ".join(options) or "none: it is not a choice"
        scope.refuse(here.place, f"give one value for each choice of {selector} ({wanted})")
        return None
    operands = tuple(
        scope.resolve(str(cases[option]), here.member, here.each)[0] for option in options
    )
    kind = scope.kinds.get(operands[0], WHOLE)
    return chosen(name, (selector, *operands), tuple(options), kind)


def _ask(
    scope: "Scope",
    name: str,
    extra: dict[str, Any],
    here: _Here,
) -> Iterator[Derived | Ask]:
    """Yield the step that asks another assessment for one of its values."""
    code, gives, given = (extra.get(key) for key in ("ask", "for", "with"))
    if not isinstance(given, dict) or not isinstance(gives, str) or set(extra) - ASKING:
        scope.refuse(here.place, "asking another assessment needs ask, for and with")
        return
    try:
        other = scope.assessments[str(code)]
    except LookupError as error:
        scope.refuse((*here.place, "ask"), str(error))
        return
    rules = other.editions[-1]
    pairs = []
    for key, of in given.items():
        if of == "each" and here.member is not None:
            resolved = f"#{here.member}"
            yield constant(resolved, here.member, rules.kinds.get(key, WHOLE))
            scope.learn(resolved, rules.kinds.get(key, WHOLE), (), None)
        else:
            resolved = scope.resolve(str(of), here.member, here.each)[0]
        if key not in rules.inputs:
            known = ", ".join(rules.inputs)
            scope.refuse((*here.place, "with"), f"{key!r} is no answer of {code}; it asks: {known}")
            return
        pairs.append((key, resolved))
    if gives not in rules.kinds:
        scope.refuse((*here.place, "for"), f"{gives!r} is no value of {code}")
        return
    names = tuple(of for _, of in pairs)
    day = dict(pairs).get(other.rules_of or "")
    needs = tuple(of for of in names if of != day)
    yield Ask(name, other, gives, tuple(pairs), needs, day, rules.kinds[gives])
    scope.learn(name, rules.kinds[gives], names, None)
