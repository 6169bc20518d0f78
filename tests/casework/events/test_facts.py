"""Facts: codes and references only, kept as they were written, skipped where they are unknown."""

import dataclasses
import re
import types
import typing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.casework.applications import facts
from parvis.casework.applications.state import fold
from parvis.casework.events import copying, log, rows
from parvis.casework.events.facts import Fact, Source, SubjectKind, Unknown, decode
from parvis.casework.people import facts as people
from parvis.programs.vocabulary import Outcome
from tests.casework.anything import ANY_FACT, KINDS, MOMENTS, WORDS
from tests.casework.events.planting import DAY, FIVE, begin, findings, grow, no_anchors

CODES = {
    *("program", "programs", "section", "document", "office", "language", "kind", "kinds", "acts"),
    *("way", "wish", "code", "like", "channel", "line", "topic", "proof", "reason", "ease"),
    *("solved",),
}
"""Words of our own data, never anybody's."""
THEIRS = {"number", "contact"}
"""What another system calls the file, or the call."""
OURS = {"terms"}
"""What the department says of a service of its own."""
REFERENCES = {
    *("client", "user", "application", "applications", "mandate", "firm", "message"),
    *("agent", "attachment", "into", "delivery"),
}
CHANCES = {"confidence"}
COUNTS = {"reached", "decided", "dots", "repeats"}
"""How many files, days, or messages."""
DIGESTS = {"files"}
"""What stands for contents that are kept elsewhere, and can be erased there."""


def test_the_kinds_of_both_rooms_are_among_these() -> None:
    assert {facts.Received, facts.Decided, people.ClientRegistered} <= set(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.KIND)
def test_a_fact_holds_codes_references_and_dates_never_words_about_a_person(
    kind: type[Fact],
) -> None:
    for name, told in typing.get_type_hints(kind).items():
        if typing.get_origin(told) is typing.ClassVar:
            continue
        is_union = isinstance(told, types.UnionType)
        for one in typing.get_args(told) if is_union else [told]:
            assert (
                one in {type(None), bool, date, datetime, Outcome, Source}
                or (one is str and name in CODES | THEIRS | OURS)
                or (one is float and name in CHANCES)
                or (one is int and name in REFERENCES | COUNTS)
                or (one == tuple[int, ...] and name in REFERENCES | COUNTS)
                or (one == tuple[str, ...] and name in CODES | DIGESTS)
            ), f"{kind.KIND} keeps {name} as {one}"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.KIND)
def test_a_fact_has_a_dotted_kind_and_never_changes(kind: type[Fact]) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z]+(-[a-z]+)*", kind.KIND)
    assert kind.KIND.split(".")[0] in set(SubjectKind)
    assert dataclasses.fields(kind)[0].name == "source"
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_no_two_facts_share_a_kind_and_version() -> None:
    assert len({(kind.KIND, kind.VERSION) for kind in KINDS}) == len(KINDS)


def test_what_is_not_said_is_not_written() -> None:
    assert facts.StepRecorded().encoded.payload[4:] == b"{}"
    assert facts.StepRecorded(section="medical").encoded.payload[4:] == b'{"section":"medical"}'


@given(ANY_FACT)
def test_any_fact_is_read_back_as_it_was_written(fact: Fact) -> None:
    kind, version, payload = fact.encoded
    assert decode(kind[4:].decode(), version, payload[4:]) == fact


OF_AN_APPLICATION = ANY_FACT.filter(lambda fact: fact.KIND.startswith("application."))


@pytest.mark.usefixtures("committed")
def test_any_facts_at_any_time_by_anybody_are_kept_and_are_sound(tmp_path: Path) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(st.lists(st.tuples(MOMENTS, OF_AN_APPLICATION), max_size=4), max_size=4),
        WORDS.filter(lambda by: "\0" not in by),
    )
    def kept(chains: list[list[tuple[datetime, Fact]]], by: str) -> None:
        told = [
            (head, [(at, fact) for at, fact in chain])
            for head, chain in zip(log.reserve(len(chains)), chains, strict=True)
        ]
        log.write(told, kind=SubjectKind.APPLICATION, by=by)
        for head, happened in told:
            found = log.history(head.subject_id)
            assert [(one.at, one.fact, one.by) for one in found] == [
                (at, fact, by) for at, fact in happened
            ]
            assert [one.seq for one in found] == list(range(1, len(happened) + 1))

    kept()
    assert findings(no_anchors(tmp_path)) == []


LATER = [("application.foreseen", 1), ("application.received", 2), ("", 1)]


@pytest.mark.usefixtures("committed")
def test_facts_of_a_later_release_are_kept_are_sound_and_are_skipped(tmp_path: Path) -> None:
    [id_] = begin(FIVE[:1])
    before = fold((one.at, one.fact) for one in log.history(id_))
    for kind, version in LATER:
        with transaction.atomic():
            head = log.lock([id_])[id_]
            at, encoded = DAY, rows.encode(kind, version, b'{"new":[1,{"deep":null}]}')
            place = (id_, head.facts + 1)
            row, digest = rows.row(rows.envelope(at, "user:1"), place, at, encoded, head.digest)
            copying.into(f"events_event ({rows.COLUMNS})", [row])
            _move_head(id_, place[1], digest)
    history = log.history(id_)
    assert [one.fact for one in history[1:]] == [
        Unknown(kind=kind, version=version) for kind, version in LATER
    ]
    grow(id_, facts.Acknowledged())
    assert findings(no_anchors(tmp_path)) == []
    after = fold((one.at, one.fact) for one in log.history(id_)[:-1])
    assert before is not None
    assert after == dataclasses.replace(before, last_fact_at=DAY)


def _move_head(id_: int, count: int, digest: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE events_subject SET facts = %s, head = %s WHERE id = %s", [count, digest, id_]
        )


def test_a_fact_of_another_release_with_fields_that_are_new_is_read() -> None:
    assert decode("application.withdrawn", 1, '{"reason":"moved"}') == facts.Withdrawn()


def test_the_place_of_a_row_and_its_digest_are_read_from_its_bytes() -> None:
    at = DAY + timedelta(microseconds=1)
    fact = FIVE[0]
    row, digest = rows.row(rows.envelope(at, "é"), (2**40, 7), at, fact.encoded, rows.NO_FACT)
    assert rows.place_of(row) == (2**40, 7)
    assert rows.digest_of(row, rows.NO_FACT) == (digest, digest)
