"""Examples of values: one for each stretch of a column in which no cell changes its verdict."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from parvis.engines.rules.cells import Cell
from parvis.engines.rules.kinds import Kind, Sort, Value

_EARLIEST, _LATEST = date.min.toordinal(), date.max.toordinal()


def examples(kind: Kind, cells: Sequence[Cell]) -> list[Value]:
    """Return known values of a kind, at least one for each set of cells that can hold together."""
    if kind.sort is Sort.YES_NO:
        return [True, False]
    if kind.sort is Sort.CHOICE:
        return list(kind.options)
    low, high = kind.low, kind.high
    if kind.sort is Sort.DATE:
        low, high = Decimal(_EARLIEST), Decimal(_LATEST)
    ends = sorted({Decimal(end) for cell in cells for end in cell.bounds()} | {Decimal(0)})
    ends = [e for e in ends if (low is None or e >= low) and (high is None or e <= high)]
    ends = sorted({*ends, *(end for end in (low, high) if end is not None)})
    found: list[Decimal | None] = []
    if low is None:
        found.append(ends[0] - 1)
    for end, following in zip(ends, [*ends[1:], None], strict=True):
        found.append(end)
        if following is not None:
            found.append(_between(end, following, kind))
    if high is None:
        found.append(ends[-1] + 1)
    return [_as_value(one, kind) for one in found if one is not None]


def _between(low: Decimal, high: Decimal, kind: Kind) -> Decimal | None:
    """Return a number between two; None where the kind has none."""
    step = Decimal(1) if kind.sort in (Sort.WHOLE, Sort.DATE) else kind.step
    if step is None:
        return (low + high) / 2
    return low + step if low + step < high else None


def _as_value(found: Decimal, kind: Kind) -> Value:
    if kind.sort is Sort.DATE:
        return date.fromordinal(int(found))
    return int(found) if kind.sort is Sort.WHOLE else found
