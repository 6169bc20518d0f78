"""A table from what its file says: cells read, sources found, gaps and overlaps refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from parvis.engines.rules.cells import ANY, Cell, CellRefused, read_cell
from parvis.engines.rules.holes import holes
from parvis.engines.rules.kinds import WHOLE, YES_NO, Kind, Sort, Value
from parvis.engines.rules.operations import constant
from parvis.engines.rules.placeholders import placeholders, renamed, uneven
from parvis.engines.rules.rules import Step
from parvis.engines.rules.tables import Gives, Row, Source, Table
from parvis.programs.mistakes import Place
from parvis.programs.rules.inputs import read_kind
from parvis.programs.rules.schema import RowSaid, TableSaid, VersionSaid

if TYPE_CHECKING:
    from parvis.lib.text import Text
    from parvis.programs.rules.build import Scope


@dataclass(frozen=True)
class TableAsRead:
    """A table of one member with all its versions."""

    versions: dict[date, Table]
    before: tuple[Step, ...]
    """What stands in its place on days before the first version."""

    def on(self, day: date) -> list[Step]:
        """Return the steps that are in force on a day."""
        since = max((start for start in self.versions if start <= day), default=None)
        return list(self.before) if since is None else [self.versions[since]]


@dataclass(frozen=True)
class _Reading:
    """One table of one member while it is read."""

    scope: "Scope"
    name: str
    said: TableSaid
    columns: tuple[str, ...]
    """As the file names them."""
    full: tuple[str, ...]
    """As they are called of this member."""
    kinds: tuple[Kind, ...]
    gives: Kind
    names: Mapping[str, str]
    """What a text of this member means by a name that goes through the set."""
    first: bool
    """Whether mistakes are told: of the first member only, they are the same for all."""

    def refuse(self, place: Place, message: str) -> None:
        """Note a mistake once."""
        if self.first:
            self.scope.refuse(("tables", self.name, *place), message)


def read_table(scope: "Scope", name: str, said: TableSaid, member: str | None) -> TableAsRead:
    """Read one table, of one member where it has `each`."""
    first = member is None or member == scope.members(said.each)[0]
    columns = (*said.columns, *said.across)
    full = tuple(scope.resolve(column, member, said.each)[0] for column in columns)
    kinds = tuple(scope.kinds.get(column, WHOLE) for column in full)
    gives = _gives(scope, name, said)
    names = {
        group: scope.resolve(group, member, said.each)[0]
        for group, set_name in scope.groups.items()
        if set_name == said.each
    }
    reading = _Reading(scope, name, said, columns, full, kinds, gives, names, first)
    full_name = name if member is None else f"{name}.{member}"
    word = scope.said.sets[said.each][member] if said.each and member else None
    if said.gives is Gives.REFUSE and said.refuses not in scope.said.inputs:
        reading.refuse(("refuses",), "missing; name the answer that is at fault")
    for text_place in ("title", "because", "because_not"):
        _check_text(reading, (text_place,), getattr(said, text_place))
    versions = {
        since: Table(
            name=full_name,
            title=said.title,
            gives=said.gives,
            columns=full,
            kinds=kinds,
            rows=tuple(_rows(reading, version, ("since", since.isoformat()))),
            member=word,
            unknown=said.unknown,
            quiet=said.quiet,
            refuses=said.refuses,
        )
        for since, version in sorted(said.since.items())
    }
    if said.gives is Gives.POINTS:
        scope.learn(f"points.{full_name}", WHOLE, full, said.title)
        scope.learn(f"met.{full_name}", YES_NO, full, said.title)
        before: tuple[Step, ...] = (
            constant(f"points.{full_name}", 0, WHOLE),
            constant(f"met.{full_name}", None, YES_NO),
        )
    elif said.gives is Gives.MET:
        scope.learn(f"met.{full_name}", YES_NO, full, said.title)
        before = (constant(f"met.{full_name}", None, YES_NO),)
    elif said.gives is Gives.VALUE:
        scope.learn(full_name, gives, full, said.title)
        before = (constant(full_name, None, gives),)
    else:
        before = ()
    return TableAsRead(versions, before)


def _gives(scope: "Scope", name: str, said: TableSaid) -> Kind:
    if said.gives is not Gives.VALUE:
        return WHOLE
    if said.value is None:
        scope.refuse(("tables", name, "value"), "missing; say of what kind the values are")
        return WHOLE
    return read_kind(scope, said.value, ("tables", name, "value"))


def _rows(reading: _Reading, version: VersionSaid, place: Place) -> Iterator[Row]:
    rows: list[Row] = []
    whole = True
    for index, said in enumerate(version.rows):
        here: Place = (*place, "rows", index)
        for found in _of_row(reading, version, said, here, index + 1):
            whole = whole and found is not None
            if found is not None:
                rows.append(found)
    if whole:
        _check_holes(reading, rows, place)
    yield from rows


def _check_holes(reading: _Reading, rows: list[Row], place: Place) -> None:
    for hole in holes(reading.kinds, rows):
        example = ", ".join(
            f"{column}: {_as_typed(value)}"
            for column, value in zip(reading.columns, hole.values, strict=True)
        )
        if not hole.rows:
            reading.refuse(place, f"a gap: no row for {example}; add one")
            continue
        numbers = sorted({row.number for row in hole.rows})
        which = " and ".join(f"{number}" for number in numbers)
        last = numbers[-1] - 1
        reading.refuse((*place, "rows", last), f"rows {which} overlap at {example}; keep one")


def _as_typed(value: Value) -> str:
    if value is None:
        return "unknown"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _of_row(
    reading: _Reading, version: VersionSaid, said: RowSaid, place: Place, number: int
) -> Iterator[Row | None]:
    cells = _cells(reading, version, said, place)
    source = _source(reading, version, said, place)
    _check_text(reading, (*place, "because"), said.because)
    across = next(iter(reading.said.across.items()), None)
    sides = across[1] if across else [None]
    points = said.points if isinstance(said.points, list) else [said.points] * len(sides)
    if len(points) != len(sides):
        reading.refuse((*place, "points"), f"there are {len(sides)} columns across; give as many")
        yield None
        return
    for side, given in zip(sides, points, strict=True):
        row_cells = cells
        if across and cells is not None:
            try:
                row_cells = (*cells, read_cell(side, reading.kinds[-1], frozenset()))
            except CellRefused as refused:
                reading.refuse(("across", across[0]), str(refused))
                row_cells = None
        outcome = _outcome(reading, said, given, place)
        if row_cells is None or source is None or outcome is None:
            yield None
            continue
        met = outcome["met"]
        because = said.because or (reading.said.because_not if met is False else None)
        because = because or reading.said.because
        if because is None and reading.said.gives is not Gives.REFUSE and not reading.said.quiet:
            reading.refuse(place, "has no words; add because, here or to the table")
        yield Row(
            number=number,
            cells=row_cells,
            source=source,
            because=renamed(because, reading.names) if because else None,
            unverified=said.unverified or version.unverified or source.unverified,
            **outcome,
        )


def _outcome(
    reading: _Reading, said: RowSaid, points: int | None, place: Place
) -> dict[str, Any] | None:
    gives = reading.said.gives
    given: dict[Gives, Any] = {
        Gives.POINTS: points,
        Gives.MET: said.met,
        Gives.VALUE: said.value,
        Gives.REFUSE: said.refuse,
    }
    for other, what in given.items():
        if other is not gives and what is not None and (gives, other) != (Gives.POINTS, Gives.MET):
            reading.refuse((*place, other.value), f"this table gives {gives.value}; remove it")
    if gives is Gives.REFUSE:
        return {"met": None, "refuse": said.refuse}
    if given[gives] is None:
        reading.refuse((*place, gives.value), f"missing; this table gives {gives.value}")
        return None
    if gives is Gives.POINTS:
        assert points is not None  # noqa: S101 - for the reader; it was looked at above
        return {"points": points, "met": points > 0 if said.met is None else said.met}
    if gives is Gives.MET:
        return {"met": said.met}
    if not _fits(said.value, reading.gives):
        reading.refuse((*place, "value"), f"{said.value!r} is not what this table's values are")
        return None
    return {"met": True if said.value != "none" else None, "value": said.value}


def _fits(value: Value, kind: Kind) -> bool:
    if kind.sort is Sort.CHOICE:
        return value in kind.options
    return isinstance(value, bool) == (kind.sort is Sort.YES_NO) and isinstance(value, int)


def _cells(
    reading: _Reading, version: VersionSaid, said: RowSaid, place: Place
) -> tuple[Cell, ...] | None:
    extra = said.model_extra or {}
    good = True
    for key in extra:
        if key not in reading.said.columns:
            reading.refuse((*place, key), "no column of this table; add it to columns or remove it")
            good = False
    cells = []
    for column, kind in zip(reading.said.columns, reading.kinds, strict=False):
        if column not in extra:
            cells.append(ANY)
            continue
        try:
            cells.append(read_cell(extra[column], kind, _named(version, column)))
        except CellRefused as refused:
            reading.refuse((*place, column), str(refused))
            good = False
    return tuple(cells) if good else None


def _named(version: VersionSaid, column: str) -> frozenset[str]:
    """Return the choices that any row of a version names in a column."""
    found: set[str] = set()
    for row in version.rows:
        said = (row.model_extra or {}).get(column)
        found.update(one for one in (said if isinstance(said, list) else [said]) if one)
    return frozenset(found)


def _source(reading: _Reading, version: VersionSaid, said: RowSaid, place: Place) -> Source | None:
    code = said.source or version.source
    if code is None:
        reading.refuse(place, "has no source; name one here or for the version")
        return None
    known = reading.scope.said.sources
    if code not in known:
        at = (*place, "source") if said.source else (*place[:2], "source")
        reading.refuse(at, f"{code!r} is no source; sources: {', '.join(sorted(known)) or 'none'}")
        return None
    source = known[code]
    return Source(source.name, source.url, source.on, source.unverified)


def _check_text(reading: _Reading, place: Place, text: "Text | None") -> None:
    if text is None:
        return
    for name in sorted(uneven(text)):
        reading.refuse(place, f"{{{name}}} stands in one language only; put it in both")
    for name in sorted(placeholders(text)):
        known = reading.columns + tuple(reading.scope.kinds) + ("each", "points")
        if name not in known and name not in reading.scope.groups:
            reading.refuse(place, f"{{{name}}} is no answer and no value here; check its name")
