"""What is told of how long files take: plain values, every sentence in both languages."""

from enum import StrEnum

from parvis.lib.dates import Day
from parvis.lib.text import Text
from parvis.lib.values import value


@value(kw_only=True)
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


@value(kw_only=True)
class OfficeTime:
    """How long an application takes that comes to one office today, where that differs."""

    office: str
    name: Text
    half_days: int
    half_time: Text
    most_days: int
    most_time: Text
    reached: int
    decided: int


@value(kw_only=True)
class NewTime:
    """How long an application takes that comes today: none of its values where that is unknown."""

    code: Known
    sentences: tuple[Text, ...]
    basis: tuple[Text, ...] = ()
    half_days: int | None = None
    """Within so many days half of them are decided, from receipt."""
    half_time: Text | None = None
    """The same in the unit people use, the nearest."""
    most_days: int | None = None
    """Within so many days four in five of them are decided."""
    most_time: Text | None = None
    reached: int | None = None
    """Applications of the last twelve months that it rests on."""
    decided: int | None = None
    """How many of these were decided."""
    unsure: bool = False
    """Decisions have slowed down lately."""
    wide: bool = False
    """The two times are far apart."""
    as_of: Day | None = None
    dots: tuple[int, ...] = ()
    """Twenty lengths in days, each for a twentieth of the new applications, the shortest first."""
    offices: tuple[OfficeTime, ...] = ()
    """Those where it takes clearly longer or shorter than everywhere."""


@value(kw_only=True)
class TimeLine(Told):
    """The times of one program: of a new application, and as a look back the published one."""

    program: str
    name: Text
    line: str
    """The line of business that the program belongs to."""
    code: Known
    new: NewTime
