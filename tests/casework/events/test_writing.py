"""Writing: never before it happened, never half, and one unbroken chain whoever writes at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection, transaction

from parvis.casework.applications import facts
from parvis.casework.events import log, verifying
from parvis.casework.events.facts import SubjectKind
from parvis.lib import clock
from tests.casework.events.planting import DAY, FIVE, begin, findings, no_anchors

STEP = facts.StepRecorded(section="medical")
APPLICATION = SubjectKind.APPLICATION


def test_what_has_not_happened_yet_is_refused_and_nothing_is_written(db: None) -> None:
    [id_] = begin(FIVE[:1])
    soon = clock.now() + timedelta(minutes=1)
    with pytest.raises(log.NotYet, match=r"application\.step-recorded"):
        log.append(id_, [STEP], kind=APPLICATION, by="user:1", at=soon)
    [head] = log.reserve(1)
    with pytest.raises(log.NotYet), transaction.atomic():
        log.write(
            [(head, [(DAY, STEP), (soon, STEP)])],
            kind=APPLICATION,
            by="user:1",
        )
    assert len(log.history(id_)) == 1
    assert log.history(head.subject_id) == []
    assert log.lock([id_, head.subject_id]).keys() == {id_}


def test_a_moment_without_its_offset_is_refused(db: None) -> None:
    [id_] = begin(FIVE[:1])
    with pytest.raises(TypeError):
        log.append(
            id_,
            [STEP],
            kind=APPLICATION,
            by="user:1",
            at=datetime(2024, 2, 1),  # noqa: DTZ001
        )


def test_two_times_are_kept_when_it_happened_and_when_we_learned_it(db: None) -> None:
    before = clock.now()
    [id_] = begin(FIVE)
    for one in log.history(id_):
        assert one.at < datetime(2024, 2, 1, tzinfo=UTC)
        assert before - timedelta(milliseconds=1) <= one.recorded_at <= clock.now()


def test_facts_come_back_in_the_order_in_which_we_learned_them(db: None) -> None:
    [id_] = begin(FIVE)
    log.append(id_, [STEP], kind=APPLICATION, by="user:1", at=DAY - timedelta(days=30))
    assert [one.fact for one in log.history(id_)] == [*FIVE, STEP]


def test_to_append_nothing_changes_nothing(db: None) -> None:
    [id_] = begin(FIVE)
    log.append(id_, [], kind=APPLICATION, by="user:1", at=DAY)
    assert len(log.history(id_)) == 5


def test_subjects_are_told_by_kind_in_order_and_in_batches(db: None) -> None:
    ids = begin(*[FIVE[:1]] * 7)
    begin(FIVE[:1], kind=SubjectKind.ENQUIRY)
    assert list(log.subjects(APPLICATION, 3)) == [ids[:3], ids[3:6], ids[6:]]


@pytest.mark.usefixtures("committed")
def test_writers_at_once_give_one_unbroken_chain(tmp_path: Path) -> None:
    ids = begin(FIVE[:1], FIVE[:1])
    writers, times = 4, 15
    together = Barrier(writers)

    def write(writer: int) -> None:
        try:
            together.wait()
            for n in range(times):
                at = DAY + timedelta(days=1, minutes=n)
                log.append(ids[n % 2], [STEP] * 2, kind=APPLICATION, by=f"user:{writer}", at=at)
        finally:
            connection.close()

    with ThreadPoolExecutor(writers) as pool:
        for done in [pool.submit(write, writer) for writer in range(writers)]:
            done.result()
    histories = [log.history(id_) for id_ in ids]
    assert sum(map(len, histories)) == 2 + writers * times * 2
    for history in histories:
        assert [one.seq for one in history] == list(range(1, len(history) + 1))
    assert {one.by for one in histories[0][1:]} == {f"user:{n}" for n in range(writers)}
    assert findings(no_anchors(tmp_path)) == []


@pytest.mark.usefixtures("committed")
def test_two_who_anchor_at_once_build_on_each_other(tmp_path: Path) -> None:
    anchors, rounds = no_anchors(tmp_path), 8
    together = Barrier(2)

    def anchor(_: int) -> None:
        try:
            for n in range(rounds):
                together.wait()
                begin(FIVE)
                verifying.anchor(anchors, at=DAY + timedelta(days=n))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(anchor, range(2)))
    report = verifying.verify(anchors, progress=lambda _: None)
    assert (report.findings, report.anchored, report.facts) == ([], 2 * rounds, 10 * rounds)


@pytest.mark.usefixtures("committed")
def test_a_verification_that_is_interrupted_ends_at_once(tmp_path: Path) -> None:
    begin(*[FIVE] * 20)

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verifying.verify(no_anchors(tmp_path), progress=interrupt)
    assert findings(no_anchors(tmp_path)) == []
