"""A verification names every fault planted, with its number and place, and nothing else."""

import random  # noqa: TID251 - nothing under test sees it
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from parvis.casework.applications import facts
from parvis.casework.events import verifying
from parvis.casework.events.anchors import Anchors, AnchorsBroken
from tests.casework.events.planting import (
    DAY,
    FIVE,
    a_log,
    begin,
    cut,
    findings,
    grow,
    insert_after,
    named,
    no_anchors,
    rewrite,
    tamper,
)

pytestmark = pytest.mark.usefixtures("committed")
OTHER = facts.SectionExempted(section="medical")
CHANGE = "UPDATE events_event SET {} WHERE subject_id = %s AND seq = {}"
REMOVE = "DELETE FROM events_event WHERE subject_id = %s AND seq {}"

Plant = Callable[[int], None]


def by_sql(statement: str) -> Plant:
    return lambda id_: tamper(statement, id_)


PLANTED: dict[str, tuple[Plant, str]] = {
    "altered payload": (
        by_sql(CHANGE.format("""payload = '{"section":"biometrics"}'""", 3)),
        "{file}: fact 3 altered, or not written by Parvis",
    ),
    "payload that means the same": (
        by_sql(CHANGE.format("payload = (payload::text || ' ')::json", 2)),
        "{file}: fact 2 altered, or not written by Parvis",
    ),
    "altered moment": (
        by_sql(CHANGE.format("at = at - interval '1 microsecond'", 1)),
        "{file}: fact 1 altered, or not written by Parvis",
    ),
    "altered moment of learning": (
        by_sql(CHANGE.format("recorded_at = recorded_at + interval '1 second'", 5)),
        "{file}: fact 5 altered, or not written by Parvis",
    ),
    "altered kind": (
        by_sql(CHANGE.format("kind = 'application.withdrawn'", 5)),
        "{file}: fact 5 altered, or not written by Parvis",
    ),
    "altered version": (
        by_sql(CHANGE.format("version = 2", 4)),
        "{file}: fact 4 altered, or not written by Parvis",
    ),
    "altered author": (
        by_sql(CHANGE.format("by = 'user:9'", 2)),
        "{file}: fact 2 altered, or not written by Parvis",
    ),
    "altered digest": (
        by_sql(CHANGE.format("digest = set_byte(digest, 31, 255 - get_byte(digest, 31))", 5)),
        (
            "{file}: fact 5 altered, or not written by Parvis|"
            "{file}: its head is not the digest of its last fact"
        ),
    ),
    "first removed": (by_sql(REMOVE.format("= 1")), "{file}: fact 1 removed"),
    "one removed in the middle": (by_sql(REMOVE.format("= 3")), "{file}: fact 3 removed"),
    "several removed": (
        by_sql(REMOVE.format("IN (2, 3, 4)")),
        "{file}: facts 2 to 4 removed",
    ),
    "inserted": (
        lambda id_: insert_after(id_, OTHER, patched=False),
        "{file}: fact 6 inserted after its last",
    ),
    "last cut off": (lambda id_: cut(id_, 4, patched=False), "{file}: fact 5 cut off its end"),
    "tail cut off": (
        lambda id_: cut(id_, 2, patched=False),
        "{file}: facts 3 to 5 cut off its end",
    ),
    "all cut off": (lambda id_: cut(id_, 0, patched=False), "{file}: facts 1 to 5 cut off its end"),
    "subject's row removed": (
        by_sql("DELETE FROM events_subject WHERE id = %s"),
        "subject {id}: missing, though it has facts",
    ),
    "kind of subject altered": (
        by_sql("UPDATE events_subject SET kind = 'enquiry' WHERE id = %s"),
        "enquiry {id}: is called enquiry, and its first fact is application.received",
    ),
    "count raised": (
        by_sql("UPDATE events_subject SET facts = facts + 2 WHERE id = %s"),
        "{file}: facts 6 to 7 cut off its end",
    ),
    "head altered": (
        by_sql(
            "UPDATE events_subject SET head = set_byte(head, 0, 255 - get_byte(head, 0))"
            " WHERE id = %s"
        ),
        "{file}: its head is not the digest of its last fact",
    ),
    "head shortened": (
        by_sql("UPDATE events_subject SET head = substring(head FOR 5) WHERE id = %s"),
        "{file}: its head is not the digest of its last fact",
    ),
    "head emptied": (
        by_sql("UPDATE events_subject SET head = '' WHERE id = %s"),
        "{file}: its head is not the digest of its last fact",
    ),
}

ONLY_AN_ANCHOR_TELLS: dict[str, tuple[Plant, str]] = {
    "tail cut off, head and count patched": (
        lambda id_: cut(id_, 2, patched=True),
        "{file}: 5 facts were anchored, and 2 are here",
    ),
    "whole chain rewritten": (
        lambda id_: rewrite(id_, [*FIVE[:4], facts.Withdrawn()]),
        "{file}: fact 5 is not the one anchored",
    ),
    "whole chain rewritten and longer": (
        lambda id_: rewrite(id_, [FIVE[0], OTHER, *FIVE[1:], OTHER]),
        "{file}: fact 5 is not the one anchored",
    ),
    "subject and facts removed": (
        lambda id_: remove_all(id_),  # noqa: PLW0108 - it is defined below
        "subject {id}: missing, though 5 facts of it were anchored",
    ),
}


def remove_all(id_: int) -> None:
    tamper("DELETE FROM events_event WHERE subject_id = %s", id_)
    tamper("DELETE FROM events_subject WHERE id = %s", id_)


def told(expected: str, id_: int) -> list[str]:
    return expected.format(file=named(id_), id=id_).split("|")


@pytest.mark.parametrize("plant", PLANTED)
@pytest.mark.parametrize("anchored", [False, True], ids=["", "anchored"])
def test_what_was_planted_is_named_and_nothing_else(
    plant: str, anchored: bool, tmp_path: Path
) -> None:
    [first, *_] = a_log()
    a_log()
    anchors = no_anchors(tmp_path)
    if anchored:
        verifying.anchor(anchors, at=DAY)
    act, expected = PLANTED[plant]
    act(first)
    found = findings(anchors)
    if not anchored:
        assert found == told(expected, first)
    assert set(told(expected, first)) <= set(found)
    assert all(
        one.startswith((named(first), f"subject {first}:", f"enquiry {first}:")) for one in found
    )


@pytest.mark.parametrize("plant", ONLY_AN_ANCHOR_TELLS)
def test_what_is_consistent_in_itself_only_an_anchor_tells(plant: str, tmp_path: Path) -> None:
    [first, *_] = a_log()
    anchors = no_anchors(tmp_path)
    verifying.anchor(anchors, at=DAY)
    act, expected = ONLY_AN_ANCHOR_TELLS[plant]
    act(first)
    assert findings(no_anchors(tmp_path / "none")) == []
    assert findings(anchors) == told(expected, first)


@pytest.mark.parametrize("plant", ONLY_AN_ANCHOR_TELLS)
def test_an_anchor_made_after_the_tampering_does_not_cover_it_up(
    plant: str, tmp_path: Path
) -> None:
    [first, second, _] = a_log()
    anchors = no_anchors(tmp_path)
    verifying.anchor(anchors, at=DAY)
    act, expected = ONLY_AN_ANCHOR_TELLS[plant]
    act(first)
    grow(second, OTHER)
    with suppress(AnchorsBroken):  # to refuse is as good
        verifying.anchor(anchors, at=DAY + timedelta(days=1))
    assert told(expected, first)[0] in findings(anchors)


def test_a_log_that_nobody_touched_is_sound(tmp_path: Path) -> None:
    anchors = no_anchors(tmp_path)
    assert findings(anchors) == []
    assert verifying.anchor(anchors, at=DAY) is None
    [first, second, _] = a_log()
    assert findings(anchors) == []
    assert verifying.anchor(anchors, at=DAY) is not None
    assert verifying.anchor(anchors, at=DAY) is None
    grow(first, OTHER)
    begin(FIVE)
    assert findings(anchors) == []
    assert verifying.anchor(anchors, at=DAY + timedelta(days=1)) is not None
    grow(first, OTHER, OTHER)
    grow(second, OTHER)
    told_so_far: list[int] = []
    report = verifying.verify(anchors, progress=told_so_far.append)
    assert (report.findings, report.facts, report.subjects) == ([], 19, 5)
    assert report.anchored == 5
    assert told_so_far[-1] == 19


def test_several_faults_are_all_named_in_the_order_of_the_files(tmp_path: Path) -> None:
    [first, second, third] = a_log()
    tamper(CHANGE.format("by = 'user:9'", 2), first)
    tamper(CHANGE.format("by = 'user:9'", 4), first)
    tamper(REMOVE.format("= 2"), second)
    insert_after(third, OTHER, patched=False)
    assert findings(no_anchors(tmp_path)) == [
        f"{named(first)}: fact 2 altered, or not written by Parvis",
        f"{named(first)}: fact 4 altered, or not written by Parvis",
        f"{named(second)}: fact 2 removed",
        f"{named(third)}: fact 2 inserted after its last",
    ]


def test_two_facts_that_changed_places_are_named(tmp_path: Path) -> None:
    [first, *_] = a_log()
    tamper(
        "UPDATE events_event SET seq = -seq + 105 WHERE subject_id = %s AND seq IN (2, 3)", first
    )
    tamper("UPDATE events_event SET seq = seq - 100 WHERE subject_id = %s AND seq > 100", first)
    found = findings(no_anchors(tmp_path))
    assert {
        f"{named(first)}: fact {seq} altered, or not written by Parvis" for seq in (2, 3)
    } <= set(found)


def test_a_fact_moved_to_another_file_is_named_there_and_here(tmp_path: Path) -> None:
    [first, second, _] = a_log()
    statement = "UPDATE events_event SET subject_id = %s WHERE subject_id = %s AND seq = 4"
    tamper(statement, second, first)
    assert findings(no_anchors(tmp_path)) == [
        f"{named(first)}: fact 4 removed",
        f"{named(second)}: fact 4 altered, or not written by Parvis",
        f"{named(second)}: fact 4 inserted after its last",
    ]


@pytest.fixture
def four_anchors(tmp_path: Path) -> Anchors:
    """Return four anchors, a day apart."""
    anchors = no_anchors(tmp_path)
    [first, *_] = a_log()
    for day in range(4):
        assert verifying.anchor(anchors, at=DAY + timedelta(days=day)) is not None
        grow(first, OTHER)
    assert findings(anchors) == []
    return anchors


@pytest.mark.parametrize("place", range(4))
def test_an_anchor_altered_in_any_byte_is_named(four_anchors: Anchors, place: int) -> None:
    path = four_anchors.files()[place]
    whole = path.read_bytes()
    chance = random.Random(place)  # noqa: S311
    body = whole.index(b"\n") + 1
    for at in [*chance.sample(range(body), 20), *chance.sample(range(body, len(whole)), 5)]:
        for other in (whole[at] ^ 1, whole[at] ^ 0x80):
            path.write_bytes(whole[:at] + bytes([other]) + whole[at + 1 :])
            found = findings(four_anchors)
            assert len(found) == 1, (at, other)
            assert path.name in found[0]


@pytest.mark.parametrize(
    "instead",
    [
        b"",
        b"\n",
        b"[]\n",
        b"null",
        b'{"n": 1, "at": "", "before": "", "seal": "\\u00e9"}\n',
        b"\xff",
    ],
)
def test_an_anchor_that_is_no_anchor_is_named(four_anchors: Anchors, instead: bytes) -> None:
    path = four_anchors.files()[1]
    path.write_bytes(instead)
    [found] = findings(four_anchors)
    assert path.name in found


@pytest.mark.parametrize("place", range(3))
def test_an_anchor_that_is_missing_is_named_once(four_anchors: Anchors, place: int) -> None:
    gone, *_, after = four_anchors.files()[place : place + 2]
    gone.unlink()
    assert findings(four_anchors) == [f"an anchor is missing before {after.name}"]


def test_anchors_in_another_order_are_named(four_anchors: Anchors) -> None:
    one, other = four_anchors.files()[1:3]
    words = one.read_bytes(), other.read_bytes()
    other.write_bytes(words[0])
    one.write_bytes(words[1])
    assert findings(four_anchors)


def test_anchors_sealed_with_another_key_are_named(four_anchors: Anchors) -> None:
    found = findings(Anchors(four_anchors.folder, b"another"))
    assert [one.split(" ")[1] for one in found] == [path.name for path in four_anchors.files()]
    assert all("another key" in one for one in found)


def test_nothing_is_anchored_on_top_of_anchors_that_do_not_hold(four_anchors: Anchors) -> None:
    path = four_anchors.files()[0]
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(AnchorsBroken, match=path.name):
        verifying.anchor(four_anchors, at=DAY)
    assert len(four_anchors.files()) == 4


def test_an_anchor_holds_only_what_grew(four_anchors: Anchors) -> None:
    sizes = [len(path.read_bytes().partition(b"\n")[2]) for path in four_anchors.files()]
    assert sizes == [4 * 28, 28, 28, 28]


def test_a_subject_called_something_else_is_named(tmp_path: Path) -> None:
    [first, *_] = a_log()
    tamper("UPDATE events_subject SET kind = 'client' WHERE id = %s", first)
    said = f"client {first}: is called client, and its first fact is application.received"
    assert findings(no_anchors(tmp_path)) == [said]
