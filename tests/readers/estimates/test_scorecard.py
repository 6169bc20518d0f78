"""Of the dates that we gave, how many we kept: as a slow count of the facts has it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from parvis.casework.applications.facts import DateGiven
from parvis.casework.applications.giving import record_given
from parvis.casework.applications.models import Application
from parvis.casework.events import log
from parvis.programs import loader
from parvis.readers.estimates.histories import caseload_of
from parvis.readers.estimates.models import ENOUGH, KeptFigure
from parvis.readers.estimates.outlooks import HALF, MOST, SHARES
from parvis.readers.estimates.scorecard import Score, Scorecard, scorecard
from parvis.readers.estimates.shelf import forget_all
from tests.readers.estimates.planting import NOW, TORONTO, plant
from tests.readers.estimates.promising import CAME, TODAY, Wait, promised, score

pytestmark = pytest.mark.django_db
PROGRAMS = ("study-permit", "work-permit")
Counts = Counter[tuple[str, date, int]]


def card(now: datetime = NOW, program: str | None = None) -> Scorecard:
    forget_all()
    return scorecard(now, program)


def due_and_kept(found: Score) -> tuple[int, int]:
    return found.due, found.kept


def slow_count(today: date) -> tuple[Counts, Counts]:
    """Count the facts one by one: dates due and dates kept, by program, month and level."""
    due, kept = Counts(), Counts()
    for file in Application.objects.order_by("id"):
        closed = file.closed_at and file.closed_at.astimezone(TORONTO).date()
        came = file.received_at.astimezone(TORONTO).date()
        for _, fact in log.facts_of(DateGiven, [file.id]):
            dates = [came + timedelta(days=dot) for dot in fact.dots]
            for level, on in enumerate((*dates, fact.half_on, fact.most_on)):
                if on < today:
                    where = (file.program, on.replace(day=1), level)
                    due[where] += 1
                    kept[where] += closed is not None and closed <= on
    return due, kept


@pytest.fixture
def _told_at_random() -> None:
    chance = np.random.default_rng(7)
    for program in PROGRAMS:
        came = [CAME + timedelta(days=int(one)) for one in chance.integers(-200, 300, 80)]
        took = chance.gamma(2, 40, 80).astype(int).tolist()
        ends = [day + timedelta(days=one) for day, one in zip(came, took, strict=True)]
        plant(
            [(day, end if end < NOW else None) for day, end in zip(came, ends, strict=True)],
            program=program,
        )
        known = caseload_of(loader.program(program))
        told = {}
        for id_, received in zip(known.waits.id, known.files.received, strict=True):
            first = date(1970, 1, 1) + timedelta(days=int(received))
            told[int(id_)] = list(_tellings(first, chance))
        record_given(told=told, by="test")
        score(program=program)


def _tellings(came: date, chance: np.random.Generator) -> Iterator[tuple[datetime, DateGiven]]:
    for nth in range(int(chance.integers(0, 4))):
        dots = tuple(sorted(chance.integers(1, 260, 20).tolist()))
        half, most = came + timedelta(days=dots[9]), came + timedelta(days=dots[15])
        fact = DateGiven(half_on=half, most_on=most, dots=dots, reached=50, decided=40)
        yield datetime(2024, 1, 2, 3 + nth, tzinfo=TORONTO), fact


@pytest.mark.usefixtures("_told_at_random")
@pytest.mark.parametrize("program", [None, *PROGRAMS])
def test_the_scores_are_those_of_a_slow_count_of_the_facts(program: str | None) -> None:
    due, kept = slow_count(TODAY)
    found = card(program=program)
    codes = PROGRAMS if program is None else (program,)
    months = [one.first for one in found.months]
    assert [(one.first, one.last) for one in found.months][:: len(months) - 1] == [
        (date(2023, 1, 1), date(2023, 1, 31)),
        (date(2023, 12, 1), date(2023, 12, 31)),
    ]

    def counted(among: tuple[str, ...], when: list[date], level: int) -> tuple[int, int]:
        where = [(code, month, level) for code in among for month in when]
        return sum(due[one] for one in where), sum(kept[one] for one in where)

    half, most = SHARES.index(HALF), SHARES.index(MOST)
    assert due_and_kept(found.whole.most) == counted(codes, months, most)
    assert due_and_kept(found.whole.half) == counted(codes, months, half)
    assert tuple(found.programs) == codes
    for code, scores in found.programs.items():
        assert due_and_kept(scores.most) == counted((code,), months, most)
    for month in found.months:
        assert due_and_kept(month.scores.half) == counted(codes, [month.first], half)
    assert [one.said for one in found.likelihoods] == sorted(SHARES)
    for one in found.likelihoods:
        assert due_and_kept(one) == counted(codes, months, SHARES.index(one.said))
    assert found.whole.most.due > ENOUGH
    assert found.whole.most.share == found.whole.most.kept / found.whole.most.due


def test_a_date_that_was_replaced_still_counts() -> None:
    promised([Wait(50, [30, 60])] * 40)
    score()
    assert due_and_kept(card().whole.most) == (80, 40)


@pytest.mark.parametrize(("took", "kept"), [(59, 1), (60, 1), (61, 0), (None, 0)])
def test_a_date_is_kept_where_the_file_was_closed_by_the_end_of_its_day(
    took: int | None, kept: int
) -> None:
    promised([Wait(took, [60])])
    score()
    assert due_and_kept(card().whole.most) == (1, kept)


@pytest.mark.parametrize("outcome", ["yes", "no", "back", "silent", "unknown"])
def test_however_a_file_ends_its_date_is_kept_by_its_end(outcome: str) -> None:
    promised([Wait(50, [60])], outcome=outcome)
    score()
    assert due_and_kept(card().whole.most) == (1, 1)


def test_a_date_is_due_once_its_day_has_passed_and_not_when_the_file_is_decided() -> None:
    on = CAME.date() + timedelta(days=60)
    promised([Wait(10, [60])])
    assert score(on) == 0
    assert not KeptFigure.objects.exists()
    assert score(on + timedelta(days=1)) == 1


def test_a_month_is_told_once_it_is_over() -> None:
    promised([Wait(10, [60])] * 40)  # they fall due on 11 March
    score(date(2023, 3, 31))
    before = card()
    assert (before.whole.most.due, before.months[-1].first) == (0, date(2023, 2, 1))
    score(date(2023, 4, 1))
    after = card()
    assert (after.whole.most.due, after.months[-1].last) == (40, date(2023, 3, 31))


def test_what_fell_due_more_than_twelve_months_ago_is_told_no_more() -> None:
    promised([Wait(10, [20])] * 40)  # on 30 January
    score(date(2024, 1, 31))
    assert card(NOW + timedelta(days=30)).whole.most.due == 40
    score(date(2024, 2, 1))
    assert card(NOW + timedelta(days=30)).whole.most.due == 0


def test_nothing_is_told_before_anything_was_scored() -> None:
    found = card()
    assert (found.as_of, found.months, found.programs) == (None, (), {})
    assert due_and_kept(found.whole.most) == (0, 0)
    assert {one.due for one in found.likelihoods} == {0}


def test_fewer_than_thirty_dates_have_no_share() -> None:
    promised([Wait(10, [60])] * (ENOUGH - 1))
    score()
    assert (card().whole.most.due, card().whole.most.share) == (ENOUGH - 1, None)
    promised([Wait(90, [60])])
    score()
    assert card().whole.most.share == (ENOUGH - 1) / ENOUGH


def test_a_score_of_a_day_to_come_is_not_told() -> None:
    promised([Wait(10, [60])])
    score()
    assert card(NOW - timedelta(days=1)).as_of is None
    assert card().as_of == TODAY


def test_the_months_end_where_the_program_scored_first_was_scored() -> None:
    promised([Wait(10, [60])])
    promised([Wait(10, [60])], program="work-permit")
    score(date(2023, 12, 31))
    score(program="work-permit")
    assert (card().as_of, card().months[-1].last) == (date(2023, 12, 31), date(2023, 11, 30))


def test_a_program_that_is_gone_is_left_out() -> None:
    promised([Wait(10, [60])])
    score()
    row = KeptFigure.objects.order_by("id")[0]
    row.pk, row.program, row.as_of = None, "gone", date(2023, 12, 30)
    row.save()
    assert tuple(card().programs) == ("study-permit",)
    assert card().as_of == TODAY


def test_a_process_reads_them_once_in_five_minutes_and_anew_where_they_were_scored(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    promised([Wait(10, [60])])
    score()
    with django_assert_num_queries(2):
        for _ in range(3):
            assert scorecard(NOW).whole.most.due == 1
        scorecard(NOW + timedelta(minutes=4), "study-permit")
    with django_assert_num_queries(2):
        scorecard(NOW + timedelta(minutes=5))
    promised([Wait(10, [60])])
    score()
    assert scorecard(NOW).whole.most.due == 2


def test_scoring_again_changes_nothing() -> None:
    promised([Wait(50, [30, 60, 400])] * 3)
    assert score() == score() == 6
    assert card().whole.most.due == 6


def test_the_database_keeps_no_score_that_cannot_be() -> None:
    promised([Wait(10, [60])])
    score()
    for wrong in ({"kept": 2}, {"due": 0}, {"month": TODAY}, {"kept": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            KeptFigure.objects.update(**wrong)
