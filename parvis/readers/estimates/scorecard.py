"""Of the dates that we gave, how many we kept: over twelve whole months, by program and month."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Min

from parvis.lib.dates import months_before
from parvis.programs import loader
from parvis.readers.estimates.models import ENOUGH, KeptFigure
from parvis.readers.estimates.outlooks import HALF, MOST, SHARES
from parvis.readers.estimates.shelf import Shelf

MONTHS = 12
_BY_LIKELIHOOD = sorted(range(len(SHARES)), key=SHARES.__getitem__)


@dataclass(frozen=True, slots=True)
class Score:
    """The dates of one kind that fell due, and those that were kept; `said` is the likelihood."""

    said: float
    due: int
    kept: int

    @property
    def share(self) -> float | None:
        """Return the share that was kept; None where too few fell due to say."""
        return self.kept / self.due if self.due >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class Scores:
    """The two dates that a client is told in words: for half of files alike, for four in five."""

    half: Score
    most: Score


@dataclass(frozen=True, slots=True)
class Month:
    """What fell due in a month, its first day and its last."""

    first: date
    last: date
    scores: Scores


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The dates that fell due from one day to another, as they were counted on a third."""

    program: str | None
    as_of: date | None
    """None where no date was ever scored; then there are no months either."""
    whole: Scores
    programs: Mapping[str, Scores]
    """Those of which a date fell due, by code."""
    months: tuple[Month, ...]
    likelihoods: tuple[Score, ...]
    """Every date that is told, the twenty dots as well, the least likely first."""


class _Row(NamedTuple):
    program: str
    month: date
    level: int
    due: int
    kept: int


class _Counted(NamedTuple):
    as_of: date | None
    rows: tuple[_Row, ...]


def scorecard(now: datetime, program: str | None = None) -> Scorecard:
    """Return the scores of all programs or of one; two short queries in five minutes.

    The last month is the last that was over when the dates were scored. What was scored on a later
    day than it is now, by another clock, is not told.
    """
    counted = shelf.at(now)
    today = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    as_of = counted.as_of if counted.as_of and counted.as_of <= today else None
    rows = [row for row in counted.rows if as_of and program in (None, row.program)]
    both = [row for row in rows if SHARES[row.level] in (HALF, MOST)]
    codes = sorted({row.program for row in both})
    levels = _sums(rows)
    return Scorecard(
        program=program,
        as_of=as_of,
        whole=_scores(both),
        programs={code: _scores(row for row in both if row.program == code) for code in codes},
        months=tuple(
            Month(first, last, _scores(row for row in both if row.month == first))
            for first, last in _months(as_of)
        ),
        likelihoods=tuple(Score(SHARES[level], *levels[level]) for level in _BY_LIKELIHOOD),
    )


def _read() -> _Counted:
    """Return what was scored in the twelve months, of the programs that there are."""
    known = KeptFigure.objects.filter(program__in=loader.all_programs())
    as_of = known.aggregate(as_of=Min("as_of"))["as_of"]
    if as_of is None:
        return _Counted(None, ())
    months = [first for first, _ in _months(as_of)]
    rows = known.filter(month__in=months).order_by("program", "month", "level")
    return _Counted(as_of, tuple(_Row(*row) for row in rows.values_list(*_Row._fields)))


shelf = Shelf(_read)


def _months(as_of: date | None) -> list[tuple[date, date]]:
    """Return the first and the last day of the months that were over by then, oldest first."""
    if as_of is None:
        return []
    firsts = [months_before(as_of.replace(day=1), back) for back in range(MONTHS, -1, -1)]
    return [(first, after - timedelta(days=1)) for first, after in pairwise(firsts)]


def _scores(rows: Iterable[_Row]) -> Scores:
    sums = _sums(rows)
    half, most = (Score(share, *sums[SHARES.index(share)]) for share in (HALF, MOST))
    return Scores(half, most)


def _sums(rows: Iterable[_Row]) -> dict[int, tuple[int, int]]:
    """Return the dates due and kept by level; none of a level that is not among the rows."""
    due, kept = Counter[int](), Counter[int]()
    for row in rows:
        due[row.level] += row.due
        kept[row.level] += row.kept
    return {level: (due[level], kept[level]) for level in range(len(SHARES))}
