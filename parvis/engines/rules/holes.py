"""What a table leaves open: values for which it has no row, or more than one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parvis.engines.rules.domains import examples
from parvis.engines.rules.kinds import Kind, Value
from parvis.engines.rules.tables import Row


@dataclass(frozen=True, slots=True)
class Hole:
    """Values for which a table has no row, or more than one."""

    values: tuple[Value, ...]
    rows: tuple[Row, ...]
    """The rows that all hold; empty where none does."""


def holes(kinds: Sequence[Kind], rows: Sequence[Row]) -> Iterator[Hole]:
    """Yield one example of each gap and each overlap of a table's rows.

    An unknown value needs no row: where none wants it, the finding is unknown. But no two rows
    may want the same values, unknown or not.
    """
    yield from _holes(tuple(kinds), tuple(rows), (), set())


def _holes(
    kinds: tuple[Kind, ...],
    rows: tuple[Row, ...],
    values: tuple[Value, ...],
    seen: set[tuple[int, bool, tuple[int, ...]]],
) -> Iterator[Hole]:
    place = len(values)
    if not rows:
        if None not in values:
            yield Hole(values + tuple(examples(kind, ())[0] for kind in kinds[place:]), ())
        return
    if place == len(kinds):
        if len(rows) > 1:
            yield Hole(values, rows)
        return
    among = tuple(row.cells[place] for row in rows)
    # Where the same rows are left, the rest of the table is the same: looked at once.
    for value in (*examples(kinds[place], among), None):
        left = tuple(row for row in rows if row.cells[place].holds(value))
        known = None not in values and value is not None
        key = (place, known, tuple(map(id, left)))
        if key not in seen:
            seen.add(key)
            yield from _holes(kinds, left, (*values, value), seen)
