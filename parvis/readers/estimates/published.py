"""Count how long decided files took, the published way, and keep what was counted.

For each program: the days within which 80 % of the files were decided that were decided in the last
months (or weeks), from receipt to last decision, every calendar day counted. It looks back on files
that are finished. Of those who still wait, fewer than 80 % are decided within it; whoever shows it
says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from django.db import transaction

from parvis.casework.applications.decided import DecidedIn, days_to_decision
from parvis.lib.dates import months_before
from parvis.programs import loader
from parvis.programs.schema import Program, PublishedTime
from parvis.readers.estimates.figures import Figure, shelf
from parvis.readers.estimates.models import DOTS, ENOUGH, PublishedFigure

_KEPT = [field.name for field in fields(Figure) if field.name != "program"]


def refresh(now: datetime) -> list[Figure]:
    """Count anew for every program, keep that and nothing older; return it by program.

    One pass over the files. Idempotent: on the same day and from the same files, the same.
    """
    counted = _count(loader.all_programs().values(), now)
    rows = [PublishedFigure(**one.columns) for one in counted]
    with transaction.atomic():
        PublishedFigure.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["program"], update_fields=_KEPT
        )
        PublishedFigure.objects.exclude(program__in=[one.program for one in counted]).delete()
    shelf.forget()
    return counted


def reach(counts: Mapping[int, int], share: Fraction) -> int:
    """Return the fewest days within which at least this share of the files was decided.

    Whole numbers throughout: no rounding can move it. `counts` are files by days, at least one.
    """
    wanted, reached = share * sum(counts.values()), 0
    for days in sorted(counts):
        reached += counts[days]
        if reached >= wanted:
            return days
    raise ValueError("a share of the files is at most all of them, and of no files there is none")


def look_back(rule: PublishedTime, today: date) -> tuple[date, date]:
    """Return the first and the last day of decisions that count: whole days, so today is none."""
    if rule.months is not None:
        first = months_before(today, rule.months)
    else:
        first = today - timedelta(weeks=rule.weeks or 0)
    return first, today - timedelta(days=1)


def _count(programs: Iterable[Program], now: datetime) -> list[Figure]:
    rules = []
    for program in programs:
        today = now.astimezone(program.time_zone).date()
        if (rule := loader.published_time_on(program, today)) is not None:
            rules.append((program, rule, today))
    counts = days_to_decision([_decided_in(*one) for one in rules])
    return [_figure(program, rule, today, counts[program.code]) for program, rule, today in rules]


def _decided_in(program: Program, rule: PublishedTime, today: date) -> DecidedIn:
    first, _ = look_back(rule, today)
    since, until = (
        datetime.combine(day, time(), tzinfo=program.time_zone) for day in (first, today)
    )
    return DecidedIn(program.code, program.time_zone, since, until)


def _figure(
    program: Program, rule: PublishedTime, today: date, counts: Mapping[int, int]
) -> Figure:
    first, last = look_back(rule, today)
    files = sum(counts.values())
    told = files >= ENOUGH
    # Told from decimals as they were written: 0.8 is four fifths.
    share = Fraction(str(rule.share))
    return Figure(
        program=program.code,
        as_of=today,
        decided_from=first,
        decided_to=last,
        share=rule.share,
        files=files,
        days=reach(counts, share) if told else None,
        dots=tuple(reach(counts, Fraction(2 * n + 1, 2 * DOTS)) for n in range(DOTS))
        if told
        else (),
    )
