"""Every night each open file is read anew: dates are facts, told once, scored when they are due."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest

from parvis.casework.applications import facts, services
from parvis.casework.applications.models import Application
from parvis.casework.applications.replaying import differences
from parvis.casework.events import log
from parvis.jobs.estimates import giving
from parvis.jobs.estimates.giving import Given, give_all
from parvis.programs import loader
from parvis.readers.estimates.histories import caseload_of
from parvis.readers.estimates.models import KeptFigure, LearnedSetting, NewFigure
from parvis.readers.estimates.outlooks import HALF, MOST, SHARES
from tests.readers.estimates.planting import NOW, plant

if TYPE_CHECKING:
    from collections.abc import Callable

PROGRAM = "study-permit"
WAITING = 60
pytestmark = pytest.mark.django_db


def department(decided: int = 900, waiting: int = WAITING) -> None:
    """Plant files of two years that took one to three months, and some that wait."""
    chance = np.random.default_rng(11)
    past = []
    for days in np.sort(chance.integers(100, 730, decided))[::-1].tolist():
        received = NOW - timedelta(days=days)
        past.append((received, received + timedelta(days=int(chance.integers(30, 90)))))
    plant(past)
    plant((NOW - timedelta(days=one % 50 + 1), None) for one in range(waiting))


def give(now: datetime = NOW) -> Given:
    return give_all(now, lambda share: None)


def tellings() -> list[tuple[int, datetime, facts.DateGiven]]:
    ids = list(Application.objects.order_by("id").values_list("id", flat=True))
    return [
        (id_, one.at, one.fact)
        for id_, recorded in log.histories(ids)
        for one in recorded
        if isinstance(one.fact, facts.DateGiven)
    ]


def same_as_the_log() -> bool:
    return all(not wrong for _, wrong in differences())


def test_every_waiting_client_is_told_a_date_to_come_and_the_log_says_so() -> None:
    department()
    given = give()
    assert (given.waiting, given.dated, given.told) == (WAITING, WAITING, WAITING)
    told = tellings()
    assert len(told) == WAITING
    waiting = set(Application.objects.filter(closed_at=None).values_list("id", flat=True))
    assert {id_ for id_, _, _ in told} == waiting
    for _, at, fact in told:
        assert at == NOW
        assert at.date() <= fact.half_on <= fact.most_on <= at.date() + timedelta(days=120)
        assert 30 <= fact.decided <= fact.reached
        assert list(fact.dots) == sorted(fact.dots)
    assert same_as_the_log()


def test_the_same_day_again_tells_nobody_anything_new() -> None:
    department()
    give()
    assert give().told == 0
    assert give(NOW + timedelta(hours=3)).told == 0
    assert len(tellings()) == WAITING


def test_the_next_days_tell_few_and_no_date_that_has_passed_stays() -> None:
    department()
    give()
    assert give(NOW + timedelta(days=1)).told < WAITING / 2
    later = NOW + timedelta(days=40)
    give(later)
    for file in Application.objects.filter(closed_at=None):
        given = file.state.given
        assert given is not None
        assert given.half_on >= later.date() or given.at < NOW + timedelta(days=1)
    assert same_as_the_log()


def test_nobody_is_told_a_date_where_too_few_were_decided() -> None:
    department(decided=12, waiting=5)
    assert give() == Given(waiting=5, dated=0, told=0, scored=0)
    assert tellings() == []


def test_where_nothing_was_ever_decided_nobody_is_told() -> None:
    department(decided=0, waiting=5)
    assert give() == Given(waiting=5, dated=0, told=0, scored=0)


def test_one_that_was_killed_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    department()
    monkeypatch.setattr(giving, "_BATCH", 10)
    real: Callable[..., int] = giving.give_dates
    calls = []

    def killed_in_the_third(**what: object) -> int:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(**what)

    monkeypatch.setattr(giving, "give_dates", killed_in_the_third)
    with pytest.raises(KeyboardInterrupt):
        give()
    assert len(tellings()) == 20
    monkeypatch.setattr(giving, "give_dates", real)
    assert give().told == WAITING - 20
    told = [id_ for id_, _, _ in tellings()]
    assert len(told) == len(set(told)) == WAITING


def test_a_file_that_was_closed_in_between_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    department()
    real: Callable[..., int] = giving.give_dates
    file = Application.objects.filter(closed_at=None).order_by("id")[0]

    def after_a_withdrawal(**what: object) -> int:
        services.withdraw(application=file, by="test", at=NOW)
        return real(**what)

    monkeypatch.setattr(giving, "give_dates", after_a_withdrawal)
    assert give().told == WAITING - 1
    assert file.id not in {id_ for id_, _, _ in tellings()}


def test_telling_a_date_is_no_work_on_a_file() -> None:
    department()
    before = dict(Application.objects.values_list("id", "last_fact_at"))
    give()
    assert dict(Application.objects.values_list("id", "last_fact_at")) == before


def test_dates_are_scored_when_they_are_due_and_as_a_slow_count_has_it() -> None:
    department()
    give()
    files = Application.objects.filter(closed_at=None).order_by("id")
    for place, file in enumerate(files):
        if place % 3:
            at = NOW + timedelta(days=10 + place % 30)
            services.decide(application=file, outcome="approved", by="test", at=at)
    later = NOW + timedelta(days=45)
    give(later)
    zone = loader.program(PROGRAM).time_zone
    closed = dict(Application.objects.values_list("id", "closed_at"))
    for share, field in ((HALF, "half_on"), (MOST, "most_on")):
        due = [
            (getattr(fact, field), closed[id_])
            for id_, _, fact in tellings()
            if getattr(fact, field) < later.astimezone(zone).date()
        ]
        kept = [end is not None and end.astimezone(zone).date() <= on for on, end in due]
        rows = KeptFigure.objects.filter(program=PROGRAM, level=SHARES.index(share))
        assert sum(row.due for row in rows) == len(due) > 10
        assert sum(row.kept for row in rows) == sum(kept)
        assert 0 < sum(kept) < len(due)


def test_what_past_dates_teach_is_learned_once_a_month() -> None:
    department()
    give()
    first = {row.task: row.asked for row in LearnedSetting.objects.filter(program=PROGRAM)}
    assert set(first) == {"new", "open"}
    LearnedSetting.objects.filter(program=PROGRAM, task="open").update(by_load=True)
    give(NOW + timedelta(days=3))
    assert LearnedSetting.objects.get(program=PROGRAM, task="open").by_load
    give(datetime(2024, 2, 3, 12, tzinfo=UTC))
    [again] = LearnedSetting.objects.filter(program=PROGRAM, task="open")
    assert (again.learned_on.month, len(again.asked)) == (2, len(SHARES))


def test_new_applications_have_a_time_with_its_counts() -> None:
    department()
    give()
    [figure] = NewFigure.objects.filter(program=PROGRAM)
    assert figure.office == ""
    assert 45 <= figure.half_days <= 75 <= figure.most_days <= 95
    assert 200 < figure.decided <= figure.reached


def test_where_decisions_stopped_dates_are_told_to_be_less_sure_until_they_go_on() -> None:
    # Nothing is decided of what came in the last hundred days.
    department()
    give()
    assert {fact.unsure for _, _, fact in tellings()} == {True}
    assert NewFigure.objects.get(program=PROGRAM).unsure


def test_what_was_known_is_what_the_rows_say() -> None:
    department(decided=40, waiting=3)
    known = caseload_of(loader.program(PROGRAM))
    assert (np.diff(known.waits.received) >= 0).all()
    assert (known.waits.ended < 0).sum() == 3
    rows = {row.id: row for row in Application.objects.all()}
    zone = loader.program(PROGRAM).time_zone
    for id_, came, went in zip(*known.waits[:3], strict=True):
        row = rows[int(id_)]
        epoch = datetime(1970, 1, 1, tzinfo=UTC).date()
        assert (row.received_at.astimezone(zone).date() - epoch).days == came
        end = row.closed_at and (row.closed_at.astimezone(zone).date() - epoch).days
        assert went == (-1 if end is None else end)
    assert known.files.touches is not None
    assert len(known.files.touches.file) == 40 * 2 + 3
