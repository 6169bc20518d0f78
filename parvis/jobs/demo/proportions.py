"""How many files of each program shall wait, at a scale, and how many of them within standards.

**Of which files is the published share?** Of the whole inventory: whoever published it held every
file against something. Ours has a program without a standard (parents and grandparents), whose
files are neither within nor late. So the share that comes out at the published 57.46 % is that of
the files that have a standard, and the others are told apart, never counted as late.

Without them the permanent residence line weighs less than it did where the share was published,
and the three published shares would add up to more. So the shares of the two lines that were
published as whole percentages move by the same fifth of a point, and still round to them: 53 % and
56 %; that of citizenship, published as two numbers, stays: 80.3 %. Inside a line every program with
a standard has its line's share: none was published by program.

The permanent residence line also holds programs that the demo lacks (nominees, refugees). Its
inventory stands whole, divided among those that the demo has as their published inventories are.
"""

from collections.abc import Iterable, Mapping

from parvis.jobs.demo import published
from parvis.jobs.demo.assumed import HABITS
from parvis.jobs.demo.census import COUNTED_AT, Count
from parvis.jobs.demo.drawing import Wanted
from parvis.programs import loader

_AS_TWO_NUMBERS = "citizenship"
_NONE = Count()


def wanted(scale: float, there: Mapping[str, Count]) -> dict[str, Wanted]:
    """Return how many files of each program to add, given those that are there and count too."""
    waiting = _whole({code: scale * size for code, size in inventories().items()})
    measured = [code for code in waiting if _has_standard(code)]
    shares = line_shares()
    within = _whole(
        {code: waiting[code] * shares[HABITS[code].line] for code in measured},
        sum_of=published.WITHIN_SHARE * sum(waiting[code] for code in measured),
    )
    found = {}
    for code, count in waiting.items():
        have = there.get(code, _NONE)
        in_time = within.get(code, 0)
        found[code] = Wanted(
            within=max(in_time - have.within, 0),
            late=max(count - in_time - have.late - have.unmeasured, 0),
            share=shares[HABITS[code].line] if code in within else None,
        )
    return found


def inventories() -> dict[str, float]:
    """Return the inventory of each program, as if the demo's were all the programs of its line."""
    weights: dict[str, float] = {}
    for habits in HABITS.values():
        weights[habits.line] = weights.get(habits.line, 0.0) + habits.weight
    return {
        code: published.LINES[habits.line].inventory * habits.weight / weights[habits.line]
        for code, habits in HABITS.items()
    }


def line_shares() -> dict[str, float]:
    """Return the share within standards of each line's files that have one."""
    sizes: dict[str, float] = {}
    for code, size in inventories().items():
        if _has_standard(code):
            sizes[HABITS[code].line] = sizes.get(HABITS[code].line, 0.0) + size
    shares = {line: one.within / one.inventory for line, one in published.LINES.items()}
    surplus = sum(
        size * (shares[line] - published.WITHIN_SHARE) for line, size in sizes.items()
    ) / sum(size for line, size in sizes.items() if line != _AS_TWO_NUMBERS)
    return {
        line: share if line == _AS_TWO_NUMBERS else share - surplus
        for line, share in shares.items()
    }


def _has_standard(code: str) -> bool:
    return loader.standard_on(loader.program(code), COUNTED_AT.date()) is not None


def _whole(parts: Mapping[str, float], sum_of: float | None = None) -> dict[str, int]:
    """Return the parts as whole numbers that add up: the largest remainders are rounded up."""
    rounded = {code: int(part) for code, part in parts.items()}
    left = round(sum(parts.values()) if sum_of is None else sum_of) - sum(rounded.values())
    for code in _by_remainder(parts.items())[: max(left, 0)]:
        rounded[code] += 1
    return rounded


def _by_remainder(parts: Iterable[tuple[str, float]]) -> list[str]:
    return [code for code, _ in sorted(parts, key=lambda part: -(part[1] % 1))]
