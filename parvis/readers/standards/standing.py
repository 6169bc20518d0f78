"""How the department stood on a day: what waited, and what was decided in the month to it.

Two measures that are easily confused. Of what *waits*, a part is still within its service standard:
the rest is the backlog. Of what was *decided*, a part was decided within it: that is what the aim
of the standard speaks of. A file without a standard is in neither; it is counted apart.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from parvis.lib.dates import day, months_before
from parvis.lib.text import Text
from parvis.readers.standards.models import Place, Reading
from parvis.readers.standards.totals import TotalAt, Totals, totals_at

NOT_COUNTED = Text(
    en="The applications have not been counted yet.",
    fr="Les demandes n’ont pas encore été comptées.",
)
NO_FILES = Text(en="There are no applications yet.", fr="Il n’y a encore aucune demande.")
_NO_OFFICE = Text(
    en="No application was ever at an office with this code. Check the code.",
    fr="Aucune demande n’est jamais passée par un bureau portant ce code. Vérifiez le code.",
)
MONTHS = 24
"""So many months are told, up to the one of the day."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Files received and not closed at the end of a day."""

    inventory: int
    """Those that have a service standard: within it, or late, which is the backlog."""
    within: int
    late: int
    without_standard: int

    @property
    def share(self) -> float | None:
        """The share within the standard; None where no file has one."""
        return self.within / self.inventory if self.inventory else None

    @property
    def files(self) -> int:
        """All that wait."""
        return self.inventory + self.without_standard


@dataclass(frozen=True, slots=True)
class Decided:
    """Files approved or refused in some days, each by the decision that stands."""

    count: int
    """Those that have a service standard."""
    within: int
    late: int
    without_standard: int

    @property
    def share(self) -> float | None:
        """The share decided within the standard; None where no file has one."""
        return self.within / self.count if self.count else None

    @property
    def files(self) -> int:
        """All that were decided."""
        return self.count + self.without_standard


@dataclass(frozen=True, slots=True)
class Standing:
    """Both measures of the same files."""

    waiting: Waiting
    decided: Decided


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month: what waited at its end, and what was decided in it, up to the day asked."""

    first: date
    last: date
    standing: Standing


@dataclass(frozen=True, slots=True)
class Survey:
    """How all stood on a day, and every split of it."""

    on: date
    since: date
    """The first day of decisions that count: the month to the day begins with it."""
    read_at: datetime
    """As of when the log was read."""
    whole: Standing
    programs: dict[str, Standing]
    offices: dict[str, Standing]
    """By code; the empty one is of files at no office."""
    months: tuple[Month, ...]


class NotTold(Exception):
    """There is no figure of a day; `reason` says why, in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def survey(
    on: date,
    *,
    now: datetime,
    program: str | None = None,
    office: str | None = None,
    months: int = MONTHS,
) -> Survey:
    """Return how files stood at the end of a day, of a program or an office alone where told.

    Two queries, whatever the day and the number of files. Raises `NotTold` where nothing is known
    of the day: it is to come, or before the first file, or nothing was counted yet; or of the
    office.
    """
    as_of, first_on = check_day(on, now)
    since = first_of_month_to(on)
    firsts = _firsts(on, months)
    days = {on, since - _DAY, *(first - _DAY for first in firsts)}
    found = [
        one
        for one in totals_at(sorted(days))
        if program in (None, one.program) and office in (None, one.office)
    ]
    if not found and office and not Place.objects.filter(office=office).exists():
        raise NotTold(_NO_OFFICE)
    lasts = [*(first - _DAY for first in firsts[1:]), on]
    whole = _by(found, lambda _: "")
    return Survey(
        on=on,
        since=since,
        read_at=as_of,
        whole=_standing(whole, "", since - _DAY, on),
        programs=_split(found, lambda one: one.program, since - _DAY, on),
        offices=_split(found, lambda one: one.office, since - _DAY, on),
        months=tuple(
            Month(first, last, _standing(whole, "", first - _DAY, last))
            for first, last in zip(firsts, lasts, strict=True)
            if last >= first_on
        ),
    )


def first_of_month_to(on: date) -> date:
    """Return the first day of the month to a day: the one after the same day a month before."""
    return months_before(on, 1) + _DAY


def today(now: datetime) -> date:
    """Return the department's day."""
    return now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def check_counted() -> datetime:
    """Return as of when the figures are; raise `NotTold` where nothing was counted yet."""
    return _counted()[0]


def _counted() -> tuple[datetime, date]:
    """Return as of when the figures are, and their first day."""
    reading = Reading.objects.filter(pk=1).first()
    if reading is None or reading.read_at is None:
        raise NotTold(NOT_COUNTED)
    if reading.first_on is None:
        raise NotTold(NO_FILES)
    return reading.read_at, reading.first_on


def check_day(on: date, now: datetime) -> tuple[datetime, date]:
    """Return as of when the figures are, and their first day; refuse a day out of their reach."""
    if on > today(now):
        raise NotTold(
            Text(
                en=f"{day(on).text.en} is still to come. Choose today or a day before.",
                fr=f"Le {day(on).text.fr} est à venir. Choisissez aujourd’hui ou un jour passé.",
            )
        )
    as_of, first_on = _counted()
    if on < first_on:
        first = day(first_on).text
        raise NotTold(
            Text(
                en=f"No application had come by then. The first came on {first.en}.",
                fr=f"Aucune demande n’était arrivée ce jour-là. La première date du {first.fr}.",
            )
        )
    return as_of, first_on


_Sums = dict[tuple[str, date], Totals]


def _firsts(on: date, months: int) -> list[date]:
    first = on.replace(day=1)
    return [months_before(first, back) for back in range(months - 1, -1, -1)]


def _by(found: Iterable[TotalAt], what: Callable[[TotalAt], str]) -> _Sums:
    sums: defaultdict[tuple[str, date], list[Totals]] = defaultdict(list)
    for one in found:
        sums[what(one), one.day].append(one.totals)
    return {key: Totals(*map(sum, zip(*some, strict=True))) for key, some in sums.items()}


def _split(
    found: Sequence[TotalAt], what: Callable[[TotalAt], str], before: date, on: date
) -> dict[str, Standing]:
    """Return the standing of each part that has files to tell of, by code."""
    sums = _by((one for one in found if one.day in (before, on)), what)
    parts = {code: _standing(sums, code, before, on) for code in sorted({code for code, _ in sums})}
    return {code: one for code, one in parts.items() if one.waiting.files or one.decided.files}


def _standing(sums: _Sums, code: str, before: date, on: date) -> Standing:
    then, now = sums.get((code, before), Totals()), sums.get((code, on), Totals())
    late = now.became_late - now.late_closed
    unmeasured = now.unmeasured_opened - now.unmeasured_closed
    inventory = now.opened - now.closed - unmeasured
    decided_late = now.decided_late - then.decided_late
    decided_unmeasured = now.decided_unmeasured - then.decided_unmeasured
    decided = now.decided - then.decided - decided_unmeasured
    return Standing(
        Waiting(inventory, inventory - late, late, unmeasured),
        Decided(decided, decided - decided_late, decided_late, decided_unmeasured),
    )
