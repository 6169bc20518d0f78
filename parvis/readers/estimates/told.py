"""What is told of how long files take: plain values, every sentence in both languages."""

from dataclasses import dataclass
from enum import StrEnum

from parvis.lib.dates import Day
from parvis.lib.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A figure as it is told: none of its values where there is none."""

    sentences: tuple[Text, ...]
    basis: tuple[Text, ...] = ()
    """How it was counted, for those who want to know."""
    share: float | None = None
    days: int | None = None
    """Within so many days that share of the files was decided."""
    time: Text | None = None
    """The same in the unit people use, rounded up."""
    files: int | None = None
    decided_from: Day | None = None
    decided_to: Day | None = None
    as_of: Day | None = None
    dots: tuple[int, ...] = ()
    """Twenty lengths in days, each for a twentieth of the decided files, the shortest first."""


class Known(StrEnum):
    """Whether a program has a published time."""

    KNOWN = "known"
    TOO_FEW = "too_few"
    """Fewer than thirty files were decided lately: no time is given."""
    NOT_YET = "not_yet"
    """Nothing has been counted yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLine(Told):
    """The published time of one program."""

    program: str
    name: Text
    line: str
    """The line of business that the program belongs to."""
    code: Known
