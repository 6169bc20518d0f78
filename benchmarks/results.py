"""What was measured, kept in results.json: measure again and only those rows change."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.timing import cores
from parvis.lib import clock

KEPT_IN = Path(__file__).parent / "results.json"
_DIGITS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One number, and what it is held against. Its group stands before its name's last dot."""

    name: str
    value: float
    unit: str
    baseline: float | None
    ratio: float | None
    cores: int
    on: str


def result(
    name: str,
    value: float,
    unit: str,
    *,
    baseline: float | None = None,
    ratio: float | None = None,
) -> Result:
    """Return a number measured here and today, with as many digits as it deserves."""
    return Result(
        name=name,
        value=_short(value),
        unit=unit,
        baseline=None if baseline is None else _short(baseline),
        ratio=None if ratio is None else _short(ratio),
        cores=cores(),
        on=clock.now().date().isoformat(),
    )


def kept(path: Path = KEPT_IN) -> list[Result]:
    """Return the results kept so far."""
    return [Result(**told) for told in json.loads(path.read_text())] if path.exists() else []


def keep(fresh: Sequence[Result], path: Path = KEPT_IN) -> list[Result]:
    """Put fresh results in the place of the old ones of the same groups; return all."""
    again = {_group(one) for one in fresh}
    others = [one for one in kept(path) if _group(one) not in again]
    every = sorted([*others, *fresh], key=lambda one: one.name)
    path.write_text(json.dumps([asdict(one) for one in every], indent=2) + "\n")
    return every


def _group(one: Result) -> str:
    return one.name.rpartition(".")[0]


def _short(value: float) -> float:
    """Return a number with four significant digits; whole where they end before the point."""
    short = float(f"{value:.{_DIGITS}g}")
    return int(short) if short.is_integer() else short
