"""An assessment from what its file says: names resolved, steps in order, tables without a hole."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import Any

from parvis.engines.rules.kinds import WHOLE, YES_NO, Kind, Sort
from parvis.engines.rules.operations import OPERATIONS, Derived, total
from parvis.engines.rules.rules import Assessment, Rules, Step
from parvis.engines.rules.tables import Gives
from parvis.engines.rules.telling import RESERVED
from parvis.lib.text import Text
from parvis.programs.mistakes import Place
from parvis.programs.rules.derive import derive
from parvis.programs.rules.inputs import Asked, read_inputs
from parvis.programs.rules.schema import AssessmentSaid, TableSaid
from parvis.programs.rules.tables import TableAsRead, read_table


class Refused(Exception):
    """A file says something that cannot be; `errors` are places and what to do there."""

    def __init__(self, errors: list[tuple[Place, str]]) -> None:
        super().__init__(errors)
        self.errors = errors


@dataclass
class Scope:
    """What is known so far while an assessment is built."""

    said: AssessmentSaid
    assessments: Mapping[str, Assessment]
    """Those that this one may ask."""
    groups: dict[str, str] = field(default_factory=dict)
    """Names that stand for several, and the set that they go through."""
    kinds: dict[str, Kind] = field(default_factory=lambda: {"on": Kind(Sort.DATE)})
    labels: dict[str, Text] = field(default_factory=dict)
    leaves: dict[str, tuple[str, ...]] = field(default_factory=lambda: {"on": ()})
    wants: dict[str, tuple[str, ...]] = field(default_factory=dict)
    errors: list[tuple[Place, str]] = field(default_factory=list)

    def refuse(self, place: Place, message: str) -> None:
        """Note a mistake, and go on to find the others."""
        self.errors.append((place, message))

    def members(self, set_name: str | None) -> tuple[str | None, ...]:
        """Return the members of a set; of none, one that is nothing."""
        return (None,) if set_name is None else tuple(self.said.sets.get(set_name, {}))

    def resolve(self, name: str, member: str | None, each: str | None) -> tuple[str, ...]:
        """Return the names that a name stands for: a group's member, or all of them."""
        if name not in self.groups:
            return (name,)
        if member is not None and self.groups[name] == each:
            return (f"{name}.{member}",)
        return tuple(f"{name}.{one}" for one in self.members(self.groups[name]))

    def learn(
        self,
        name: str,
        kind: Kind,
        operands: tuple[str, ...],
        label: Text | None,
        wants: tuple[str, ...] | None = None,
    ) -> None:
        """Note a value's kind, the inputs on which it rests, and what it waits for."""
        self.kinds[name] = kind
        self.wants[name] = operands if wants is None else wants
        leaves = (leaf for operand in operands for leaf in self.leaves.get(operand, ()))
        self.leaves[name] = tuple(dict.fromkeys(leaves))
        if label:
            self.labels[name] = label


def build(said: AssessmentSaid, assessments: Mapping[str, Assessment]) -> Assessment:
    """Build an assessment; raise `Refused` with every mistake that is found."""
    scope = Scope(said, assessments)
    asked = read_inputs(scope)
    for group in ("tables", "totals", "outcomes"):
        for name in RESERVED.intersection(getattr(said, group)):
            scope.refuse((group, name), f"every result has a field {name!r}; choose another name")
    parts = _parts(scope)
    order = _order(scope, parts)
    steps: list[Step | TableAsRead] = []
    for name in order:
        steps += _read(scope, name, parts[name])
    if said.answer not in scope.kinds:
        scope.refuse(("answer",), f"{said.answer!r} is no total or outcome of this file")
    if said.rules_of is not None and said.rules_of not in asked.inputs:
        scope.refuse(("rules_of",), f"{said.rules_of!r} is no answer of this file")
    if scope.errors:
        raise Refused(scope.errors)
    days = sorted({day for table in said.tables.values() for day in table.since})
    return Assessment(
        code=said.code,
        name=said.name,
        limits=said.limits,
        editions=tuple(_edition(scope, asked, steps, day) for day in days),
        versions=said.versions,
        rules_of=said.rules_of,
    )


def _edition(
    scope: Scope, asked: Asked, steps: list[Step | TableAsRead], since: date
) -> Rules:  # fmt: skip
    in_force: list[Step] = []
    for step in steps:
        in_force += step.on(since) if isinstance(step, TableAsRead) else [step]
    said = scope.said
    tables = [
        _table_name(name, table)
        for name, table in said.tables.items()
        if table.gives is not Gives.REFUSE and not (table.gives is Gives.VALUE and table.quiet)
    ]
    outcomes = tuple(f"met.{name}" for name in said.outcomes)
    named = (*tables, *(f"points.{name}" for name in said.totals), *outcomes)
    return Rules(
        since=since,
        steps=tuple(in_force),
        kinds=scope.kinds,
        labels=scope.labels,
        inputs=asked.inputs,
        ways=asked.ways,
        leaves=scope.leaves,
        wants=scope.wants,
        answer=said.answer,
        totals=named if said.answer in named else (*named, said.answer),
        outcomes=outcomes,
    )


@dataclass(frozen=True)
class Part:
    """One thing in a file that gives values, and the names that it needs first."""

    place: Place
    said: Any
    needs: tuple[str, ...]


def _parts(scope: Scope) -> dict[str, Part]:
    """Return what gives each name; a table is under its own name, with a prefix for what it gives.

    Groups are noted first, so that a name can be resolved wherever it stands.
    """
    said = scope.said
    found: dict[str, Part] = {}

    def add(name: str, place: Place, what: Any, needs: Iterable[str], each: str | None) -> None:
        if name in found or name in scope.kinds:
            scope.refuse(place, f"{name!r} is taken already; choose another name")
            return
        if each is not None:
            if each not in said.sets:
                scope.refuse((*place, "each"), f"{each!r} is no set; sets: {_listed(said.sets)}")
                return
            scope.groups[name] = each
        found[name] = Part(place, what, tuple(needs))

    for name, derived in said.derived.items():
        needs = tuple(_words(derived.model_extra or {}))
        add(name, ("derived", name), derived, needs, derived.each)
    for name, table in said.tables.items():
        needs = (*table.columns, *table.across)
        if isinstance(table.at_most, str):
            needs = (*needs, table.at_most)
        add(_table_name(name, table), ("tables", name), table, needs, table.each)
    for name, sum_ in said.totals.items():
        cap = (sum_.at_most,) if isinstance(sum_.at_most, str) else ()
        add(f"points.{name}", ("totals", name), sum_, (*map(_points, sum_.sum), *cap), None)
    for name, outcome in said.outcomes.items():
        needs = tuple(map(_met, outcome.all or outcome.any or ()))
        add(f"met.{name}", ("outcomes", name), outcome, needs, None)
    return found


def _table_name(name: str, table: TableSaid) -> str:
    prefix = {Gives.POINTS: "points.", Gives.MET: "met.", Gives.REFUSE: "refuse."}
    return prefix.get(table.gives, "") + name


def _order(scope: Scope, parts: dict[str, Part]) -> list[str]:
    known = {*parts, *scope.kinds, *scope.groups}
    # A table of points also says whether it is met.
    also = {f"met.{name.removeprefix('points.')}": name for name in parts if "points." in name}
    graph: dict[str, list[str]] = {}
    for name, part in parts.items():
        needed = [also.get(need, need) if need not in known else need for need in part.needs]
        for need in needed:
            if need not in known and not _is_member(scope, need):
                scope.refuse(part.place, f"{need!r} is no answer and no value here; check its name")
        graph[name] = [_group_of(scope, need) for need in needed if _group_of(scope, need) in parts]
    if scope.errors:
        raise Refused(scope.errors)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = " → ".join(error.args[1])
        place = parts[error.args[1][0]].place
        raise Refused([(place, f"goes round in a circle: {circle}")]) from None
    return list(dict.fromkeys(one for name in graph for one in _before(name, graph)))


def _before(name: str, graph: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield what a name needs and then the name: the order of the file, where it can be kept."""
    for need in graph[name]:
        yield from _before(need, graph)
    yield name


def _is_member(scope: Scope, name: str) -> bool:
    group, _, member = name.rpartition(".")
    return group in scope.groups and member in scope.members(scope.groups[group])


def _group_of(scope: Scope, name: str) -> str:
    return name.rpartition(".")[0] if _is_member(scope, name) else name


def _read(scope: Scope, name: str, part: Part) -> list[Step | TableAsRead]:
    if part.place[0] == "derived":
        return list(derive(scope, name, part.said))
    if part.place[0] == "tables":
        return _read_table(scope, str(part.place[1]), part)
    if part.place[0] == "totals":
        cap = part.said.at_most
        of = tuple(map(_points, part.said.sum))
        scope.learn(name, WHOLE, of, part.said.label)
        return [total(name, of, cap)]
    word = "all" if part.said.all else "any"
    needs = tuple(map(_met, part.said.all or part.said.any))
    scope.learn(name, YES_NO, needs, part.said.label)
    return [Derived(name, needs, YES_NO, OPERATIONS[word].of, word)]


def _read_table(scope: Scope, name: str, part: Part) -> list[Step | TableAsRead]:
    table: TableSaid = part.said
    found: list[Step | TableAsRead] = [
        read_table(scope, name, table, member) for member in scope.members(table.each)
    ]
    if table.each is None or table.gives not in (Gives.POINTS, Gives.MET):
        return found
    members = [f"{name}.{member}" for member in scope.members(table.each)]
    met = tuple(f"met.{one}" for one in members)
    scope.learn(f"met.{name}", YES_NO, met, table.title)
    found.append(Derived(f"met.{name}", met, YES_NO, OPERATIONS["all"].of, "all"))
    if table.gives is Gives.POINTS:
        points = tuple(f"points.{one}" for one in members)
        scope.learn(f"points.{name}", WHOLE, points, table.title)
        found.append(total(f"points.{name}", points, table.at_most))
    return found


def _points(name: str) -> str:
    return name if name.startswith("points.") else f"points.{name}"


def _met(name: str) -> str:
    return name if name.startswith("met.") else f"met.{name}"


def _words(extra: Mapping[str, Any]) -> Iterable[str]:
    """Return every name that a derived value may mean as an operand."""
    for key, value in extra.items():
        if key in ("ask", "for"):
            continue
        if key == "with":
            yield from (one for one in value.values() if isinstance(one, str) and one != "each")
        else:
            yield from (one for one in (value if isinstance(value, list) else [value])
                        if isinstance(one, str))  # fmt: skip


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"
