"""The published time: exact, of decided files only, of whole days in the program's time zone."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import numpy as np
import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from parvis.casework.applications import decided as looking_up
from parvis.casework.applications import services
from parvis.casework.applications.models import Application
from parvis.programs import loader
from parvis.programs.schema import PublishedTime
from parvis.readers.estimates.figures import Figure
from parvis.readers.estimates.models import DOTS, ENOUGH, PublishedFigure
from parvis.readers.estimates.published import look_back, reach, refresh
from tests.filing import REFUSE, filed
from tests.readers.estimates.planting import (
    LATELY,
    NOW,
    SINCE,
    TORONTO,
    UNTIL,
    decided,
    plant,
)

MOMENT = timedelta(microseconds=1)


def figure(program: str = "study-permit", now: datetime = NOW) -> Figure:
    [found] = [one for one in refresh(now) if one.program == program]
    return found


@given(st.lists(st.integers(0, 900), min_size=1, max_size=200))
def test_a_share_is_reached_where_numpy_says(days: list[int]) -> None:
    counts = {one: days.count(one) for one in days}
    for hundredths in (5, 50, 80, 95, 100):
        expected = np.percentile(days, hundredths, method="inverted_cdf")
        assert reach(counts, Fraction(hundredths, 100)) == expected
    assert sum(one <= reach(counts, Fraction(4, 5)) for one in days) * 5 >= len(days) * 4


def test_of_no_files_there_is_no_share() -> None:
    with pytest.raises(ValueError, match="of no files"):
        reach({}, Fraction(1, 2))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_the_figure_is_that_of_the_planted_files(seed: int) -> None:
    chance = np.random.default_rng(seed)
    days = chance.gamma(2, 40, 60 + seed).astype(int).tolist()
    decided(days[::2])
    decided(days[1::2], outcome="no")
    found = figure()
    assert (found.files, found.share) == (len(days), 0.8)
    assert found.days == np.percentile(days, 80, method="inverted_cdf")
    middles = [(2 * n + 1) * 2.5 for n in range(DOTS)]
    assert found.dots == tuple(np.percentile(days, middles, method="inverted_cdf").tolist())


@pytest.mark.django_db
def test_16_of_the_20_dots_are_within_the_published_time() -> None:
    decided(range(1, 101))
    found = figure()
    assert found.days == 80
    assert sum(one <= found.days for one in found.dots) == 16


@pytest.mark.django_db
def test_the_window_is_whole_days_in_the_programs_time_zone() -> None:
    came = SINCE - timedelta(days=40)
    edges = [SINCE - MOMENT, SINCE, UNTIL - MOMENT, UNTIL]
    plant([(came, at.astimezone(UTC)) for at in edges])
    found = figure()
    assert found.files == 2
    assert (found.decided_from, found.decided_to) == (date(2023, 9, 22), date(2024, 1, 11))
    assert found.as_of == date(2024, 1, 12)


@pytest.mark.django_db
def test_days_are_those_of_the_calendar_there() -> None:
    late = datetime(2024, 1, 3, 23, 30, tzinfo=TORONTO)
    plant([(late, late + timedelta(hours=1))] * 20 + [(late, late + timedelta(minutes=5))] * 20)
    assert figure().dots == (0,) * 10 + (1,) * 10


@pytest.mark.parametrize(
    ("today", "rule", "first"),
    [
        (date(2024, 1, 12), {"months": 6}, date(2023, 7, 12)),
        (date(2024, 8, 31), {"months": 6}, date(2024, 2, 29)),
        (date(2024, 3, 1), {"months": 14}, date(2023, 1, 1)),
        (date(2024, 1, 12), {"weeks": 8}, date(2023, 11, 17)),
    ],
)
def test_one_looks_back_so_far_and_not_on_today(
    today: date, rule: dict[str, int], first: date
) -> None:
    told = PublishedTime(share=0.8, source="unverified", **rule)
    assert look_back(told, today) == (first, today - timedelta(days=1))


@pytest.mark.django_db
@pytest.mark.parametrize("outcome", ["back", "silent", "unknown"])
def test_what_was_not_decided_does_not_count(outcome: str) -> None:
    decided([10] * ENOUGH)
    decided([300] * 100, outcome=outcome)
    assert (figure().files, figure().days) == (ENOUGH, 10)


@pytest.mark.django_db
def test_what_still_waits_does_not_count() -> None:
    decided([10] * ENOUGH)
    plant([(LATELY - timedelta(days=300), None)] * 100)
    assert (figure().files, figure().days) == (ENOUGH, 10)


@pytest.mark.django_db
def test_a_reopened_file_counts_by_its_last_decision_and_not_while_it_is_open() -> None:
    now = NOW + timedelta(days=30)
    again = filed(REFUSE, ("reopen", {}), REFUSE)
    filed(REFUSE, ("reopen", {}))
    assert figure(now=now).files == 1
    row = PublishedFigure.objects.get(program="study-permit")
    assert row.days is None
    plant([(LATELY - timedelta(days=3), LATELY)] * 29)
    found = figure(now=now)
    assert (found.files, set(found.dots)) == (30, {3})
    services.reopen(application=again, by="test", at=again.closed_at + timedelta(days=1))
    assert figure(now=now).files == 29


@pytest.mark.django_db
def test_fewer_than_thirty_give_no_time_and_never_zero() -> None:
    decided([10] * (ENOUGH - 1))
    assert (figure().files, figure().days, figure().dots) == (ENOUGH - 1, None, ())
    decided([10])
    assert (figure().files, figure().days, len(figure().dots)) == (ENOUGH, 10, DOTS)


@pytest.mark.django_db
def test_programs_do_not_mix() -> None:
    decided([10] * 40)
    decided([90] * 40, program="work-permit")
    assert (figure().days, figure("work-permit").days) == (10, 90)
    assert figure("visitor-visa").files == 0


@pytest.mark.django_db
def test_a_second_refresh_changes_nothing_and_what_has_gone_goes() -> None:
    decided([10] * 40)
    PublishedFigure.objects.create(
        program="gone",
        as_of=date(2024, 1, 2),
        decided_from=date(2024, 1, 1),
        decided_to=date(2024, 1, 1),
        share=0.8,
        files=0,
        days=None,
        dots=[],
    )
    first = refresh(NOW)
    kept = list(PublishedFigure.objects.order_by("program").values())
    assert refresh(NOW) == first
    assert list(PublishedFigure.objects.order_by("program").values()) == kept
    assert [row["program"] for row in kept] == sorted(loader.all_programs())


@pytest.mark.django_db
def test_the_database_keeps_no_time_of_too_few_files() -> None:
    refresh(NOW)
    rows = PublishedFigure.objects.filter(program="study-permit")
    for wrong in ({"days": 10}, {"files": 40}, {"decided_to": date(2024, 1, 12)}, {"share": 8}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


MUTANTS = {
    "counts files taken back": ("a.status IN ('approved', 'refused')", "TRUE"),
    "counts files still waiting": (
        "a.closed_at >= w.since AND a.closed_at < w.until",
        "coalesce(a.closed_at, w.since) >= w.since AND coalesce(a.closed_at, w.since) < w.until",
    ),
    "begins a day late": ("a.closed_at >= w.since", "a.closed_at >= w.since + interval '1 day'"),
    "ends with today": ("a.closed_at < w.until", "a.closed_at < w.until + interval '1 day'"),
    "counts days in UTC": ("AT TIME ZONE w.zone", "AT TIME ZONE 'UTC'"),
    "counts from the last fact": ("a.received_at AT", "a.last_fact_at AT"),
    "mixes programs": ("a.program = w.program AND", ""),
}


@pytest.mark.django_db
@pytest.mark.parametrize("fault", MUTANTS)
def test_each_planted_fault_moves_the_figure(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    late = datetime(2024, 1, 3, 23, 30, tzinfo=TORONTO)
    decided(range(31))
    plant([(late, late + timedelta(hours=h)) for h in range(40)])
    plant([(SINCE - timedelta(days=90), SINCE), (SINCE - timedelta(days=90), UNTIL)])
    plant([(LATELY - timedelta(days=300), None)] * 20)
    decided([200] * 20, outcome="back")
    decided([99] * 40, program="work-permit")
    right = figure()
    old, new = MUTANTS[fault]
    query = looking_up.DAYS_TO_DECISION
    assert old in query
    faulty = query.replace(old, new)
    if fault == "counts files still waiting":
        faulty = faulty.replace("a.status IN ('approved', 'refused')", "a.status <> 'withdrawn'")
        faulty = faulty.replace("a.closed_at >= a.received_at", "TRUE")
        faulty = faulty.replace("(a.closed_at AT", "(coalesce(a.closed_at, w.until) AT")
    monkeypatch.setattr(looking_up, "DAYS_TO_DECISION", faulty)
    assert figure() != right


@pytest.mark.django_db
def test_files_that_ended_before_they_came_are_left_out() -> None:
    """Another system's clock may have been wrong; a time below zero would be nonsense."""
    decided([10] * 40)
    row = Application.objects.order_by("id")[0]
    Application.objects.filter(pk=row.pk).update(received_at=LATELY + timedelta(days=9))
    assert (figure().files, min(figure().dots)) == (39, 10)
