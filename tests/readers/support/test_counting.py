"""The counts are what the facts say, however they came and however they were cut into countings."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from parvis.casework.contacts.services import record
from parvis.casework.enquiries.facts import (
    CallNoted,
    EnquiryAnswered,
    EnquiryAvoided,
    EnquiryMerged,
    EnquiryRated,
    EnquiryReceived,
    EnquiryTransferred,
    RatingAsked,
    TopicSet,
)
from parvis.casework.events import log
from parvis.casework.events.facts import Fact, SubjectKind
from parvis.readers.support import counting
from parvis.readers.support.counting import Counted, count
from parvis.readers.support.data import as_data
from parvis.readers.support.figures import (
    NOT_COUNTED,
    NotTold,
    every_day,
    line_figures,
    same_days_of,
    support_figures,
    year_before,
)
from parvis.readers.support.models import Cell, Reading, Wait
from parvis.readers.support.waits import bucket_of, percentile
from tests.casework.contacts.telling import ABANDONED, ANSWERED, TURNED_AWAY, call
from tests.casework.lines.opening import opened
from tests.filing import RECEIVED

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 2, 1, 12, tzinfo=UTC)
DAY = date(2024, 1, 12)
BY_MAIL = EnquiryReceived(channel="email", line="general", language="en", topic="status")
BY_PHONE = EnquiryReceived(channel="phone", line="general", language="en")
ANSWER = EnquiryAnswered(message=1)
SATISFIED = EnquiryRated(solved="yes", ease="yes")


TOLD: dict[str, Any] = {"source": "acd", "at": NOW}


def enquiry(*happened: tuple[int, Fact]) -> int:
    """Write an enquiry; each fact so many hours after the first moment."""
    [head] = log.reserve(1)
    facts = [(RECEIVED + timedelta(hours=hours), fact) for hours, fact in happened]
    log.write([(head, facts)], kind=SubjectKind.ENQUIRY, by="test")
    return head.subject_id


def more(id_: int, *facts: Fact, hours: int = 0) -> None:
    at = RECEIVED + timedelta(hours=hours)
    log.append(id_, facts, kind=SubjectKind.ENQUIRY, by="test", at=at)


def kept() -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """Return what is counted, without what is counted as nothing."""
    cells = Cell.objects.values_list("day", "channel", "line", "language", "topic", *MEASURES)
    waits = Wait.objects.values_list("day", "channel", "line", "bucket", "answers")
    return {one for one in cells if any(one[5:])}, {one for one in waits if one[-1]}


MEASURES = counting.MEASURES


def test_calls_and_what_was_written_are_counted_by_channel_and_line() -> None:
    record(call("c1", ANSWERED, line="general", language="en"), source="acd", at=NOW)
    record(call("c2", ABANDONED, line="general", language="fr"), source="acd", at=NOW)
    record(call("c3", TURNED_AWAY, line="ukraine", language="fr"), source="acd", at=NOW)
    enquiry((0, BY_MAIL), (48, ANSWER))
    enquiry((0, BY_MAIL))
    enquiry((3, EnquiryAvoided(line="general", language="fr", topic="status")))
    assert count(NOW) == Counted(10, 3)
    found = support_figures(DAY, DAY + timedelta(days=2))
    assert (found.whole.received, found.whole.answered, found.whole.avoided) == (5, 2, 1)
    assert (found.whole.calls, found.whole.calls_answered, found.whole.left) == (3, 1, 1)
    assert found.whole.answer_rate == pytest.approx(1 / 3)
    assert (found.whole.written, found.whole.written_answered) == (2, 1)
    assert {code: one.received for code, one in found.lines.items()} == {"general": 4, "ukraine": 1}
    assert {code: one.received for code, one in found.topics.items()} == {"": 3, "status": 2}
    assert {code: one.received for code, one in found.languages.items()} == {"en": 3, "fr": 2}
    assert {code: one.received for code, one in found.channels.items()} == {
        "phone": 3,
        "email": 2,
        "form": 0,
    }
    assert {day: (one.received, one.answered) for day, one in found.days.items()} == {
        DAY: (5, 1),
        DAY + timedelta(days=2): (0, 1),
    }
    only = support_figures(DAY, DAY, line="ukraine")
    assert (only.whole.received, only.whole.answered) == (1, 0)


def test_what_people_said_at_the_end_is_counted_by_line_and_language_when_they_were_asked() -> None:
    asks = RatingAsked(message=2)
    french = EnquiryReceived(channel="form", line="ukraine", language="fr")
    enquiry((0, BY_MAIL), (1, ANSWER), (73, asks), (99, SATISFIED))
    enquiry((0, BY_MAIL), (1, ANSWER), (73, asks), (99, EnquiryRated(solved="yes", ease="partly")))
    enquiry((0, french), (1, EnquiryTransferred(line="general")), (2, ANSWER), (73, asks))
    id_ = enquiry((0, french), (1, ANSWER), (73, asks))
    count(NOW)
    more(id_, EnquiryRated(solved="no", ease="no"), SATISFIED, hours=800)
    count(NOW)
    found = support_figures(DAY, DAY + timedelta(days=5))
    whole = found.whole
    assert (whole.rating_asked, whole.rated, whole.satisfied) == (4, 3, 1)
    assert whole.satisfied_share == pytest.approx(1 / 3)
    said = {code: (one.rating_asked, one.rated, one.satisfied) for code, one in found.lines.items()}
    assert said == {"general": (3, 2, 1), "ukraine": (1, 1, 0)}
    said = {
        code: (one.rating_asked, one.rated, one.satisfied) for code, one in found.languages.items()
    }
    assert said == {"en": (2, 2, 1), "fr": (2, 1, 0)}
    assert found.days[DAY + timedelta(days=3)].rated == 3
    told = as_data(found)
    assert told["satisfaction"] == {
        "asked": 4,
        "answered": 3,
        "satisfied": 1,
        "satisfied_share": 0.3333,
    }
    assert [one["satisfaction"]["asked"] for one in told["languages"]] == [2, 2]
    none = support_figures(DAY, DAY)
    assert (none.whole.satisfied_share, as_data(none)["satisfaction"]["asked"]) == (None, 0)


def test_a_day_is_one_where_the_department_is() -> None:
    late = datetime(2024, 1, 13, 3, tzinfo=UTC)
    record(call("c1", ANSWERED, since=late), source="acd", at=NOW)
    count(NOW)
    assert list(support_figures(DAY, DAY + timedelta(days=1)).days) == [DAY]


def test_what_is_learned_later_is_counted_when_it_happened_and_in_place_of_what_was() -> None:
    record(call("c1", ANSWERED[:2], line="general"), source="acd", at=NOW)
    id_ = enquiry((0, BY_MAIL))
    count(NOW)
    assert support_figures(DAY, DAY).whole.calls_open == 1
    record(call("c1", ANSWERED[2:], line="general"), source="acd", at=NOW)
    more(id_, TopicSet(topic="fees", language="fr"), EnquiryTransferred(line="ukraine"))
    more(id_, ANSWER, ANSWER, hours=5)
    assert count(NOW) == Counted(2, 1)
    found = support_figures(DAY, DAY)
    assert (found.whole.received, found.whole.answered, found.whole.calls_open) == (2, 2, 0)
    assert found.topics.keys() == {"", "fees"}
    assert {code: (one.received, one.answered) for code, one in found.lines.items()} == {
        "general": (2, 1),
        "ukraine": (0, 1),
    }
    assert count(NOW) == Counted(0, 0)


def test_what_is_merged_is_one_with_another_and_a_call_that_is_told_is_counted_once() -> None:
    enquiry((0, BY_MAIL), (1, EnquiryMerged(into=1)))
    enquiry((0, BY_PHONE), (0, CallNoted(contact="c1", counts=False)), (1, ANSWER))
    count(NOW)
    assert support_figures(DAY, DAY).whole.received == 0
    record(call("c1", ANSWERED, line="general", language="en"), source="acd", at=NOW)
    count(NOW)
    found = support_figures(DAY, DAY).whole
    assert (found.received, found.calls, found.calls_answered, found.noted) == (1, 1, 1, 0)


def test_a_call_that_an_agent_alone_tells_of_is_counted_from_their_note() -> None:
    record(call("c1", ANSWERED, line="general"), source="acd", at=NOW)
    id_ = enquiry((0, BY_PHONE), (0, CallNoted(counts=True)))
    enquiry((0, replace(BY_PHONE, channel="walk-in")), (0, ANSWER))
    count(NOW)
    more(id_, ANSWER, hours=5)
    count(NOW)
    found = support_figures(DAY, DAY)
    assert (found.whole.calls, found.whole.calls_answered, found.whole.noted) == (2, 2, 1)
    assert (found.whole.written, found.whole.written_answered) == (1, 1)
    assert found.channels.keys() == {"phone", "walk-in"}
    # Nobody knows how long they waited who were noted alone.
    data = as_data(found)["calls"]
    assert (data["noted_by_agents"], data["mean_wait_s"]) == (1, 60)
    before = kept()
    count(NOW, all_anew=True)
    assert kept() == before


@pytest.mark.parametrize("seed", range(4))
def test_however_it_is_cut_and_shuffled_it_comes_to_what_a_counting_anew_says(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "_EVENTS", 5)
    rng = np.random.default_rng(seed)
    ways = [ANSWERED, ABANDONED, TURNED_AWAY, [("offered", 0), ("callback", 30), ("ended", 31)]]
    events = [
        event
        for n in range(30)
        for event in call(
            f"c{n}",
            ways[int(rng.integers(4))],
            since=RECEIVED - timedelta(hours=int(rng.integers(90))),
            line=str(rng.choice(["general", "ukraine"])),
            method=str(rng.choice(["INBOUND", "TRANSFER", "CALLBACK"], p=[0.7, 0.2, 0.1])),
            initial_contact_id=f"c{n - n % 3}",
        )
    ]
    shuffled = [events[n] for n in rng.permutation(len(events))]
    enquiries = [enquiry((int(n), BY_MAIL)) for n in rng.integers(0, 90, 6)]
    for start in range(0, len(shuffled), 13):
        record(shuffled[start : start + 13], source="acd", at=NOW)
        id_ = enquiries[int(rng.integers(6))]
        some = [ANSWER, EnquiryTransferred(line="ukraine"), TopicSet(topic="fees", language="fr")]
        some += [RatingAsked(message=1), SATISFIED]
        more(id_, some[int(rng.integers(5))], hours=100)
        count(NOW)
    before = kept()
    assert before[0]
    count(NOW, all_anew=True)
    assert kept() == before


def test_a_counting_that_fails_half_way_is_made_up_by_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(counting, "_EVENTS", 3)
    record([*call("c1", ANSWERED), *call("c2", ANSWERED)], source="acd", at=NOW)

    def fail(share: float) -> None:
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        count(NOW, progress=fail)
    assert Reading.objects.get().read_at is None
    count(NOW)
    assert support_figures(DAY, DAY).whole.calls_answered == 2


def test_figures_are_compared_with_the_same_days_of_another_year() -> None:
    record(call("c1", ANSWERED, since=RECEIVED - timedelta(days=365)), source="acd", at=NOW)
    for n in range(3):
        record(call(f"d{n}", ANSWERED), source="acd", at=NOW)
    count(NOW)
    found = support_figures(DAY, DAY, before=year_before(DAY, DAY))
    assert found.before is not None
    assert (found.before.answered, found.change, found.change_share) == (1, 2, 2.0)
    none = support_figures(DAY, DAY, before=same_days_of(2020, DAY, DAY))
    assert none.before_days == (date(2020, 1, 12),) * 2
    assert (none.change, none.change_share) == (3, None)
    assert year_before(date(2024, 2, 29), date(2024, 3, 1)) == (date(2023, 2, 28), date(2023, 3, 1))


def test_a_line_is_told_since_the_first_day_on_which_anything_came() -> None:
    for n in range(3):
        since = RECEIVED + timedelta(days=2 * n)
        record(call(f"c{n}", ANSWERED, since=since, line="ukraine"), source="acd", at=NOW)
    count(NOW)
    last = DAY + timedelta(days=4)
    found = support_figures(last, last, line="ukraine")
    assert found.opening is not None
    assert (found.opening.first, found.opening.count.answered) == (DAY, 3)
    assert found.whole.answered == 1


def test_a_line_is_told_from_the_day_on_which_it_opened() -> None:
    opened("crisis-line", at=RECEIVED)
    record(call("c1", ANSWERED, since=RECEIVED + timedelta(days=2), line="crisis-line"), **TOLD)
    count(NOW)
    found = line_figures("crisis-line", DAY + timedelta(days=3))
    assert found.opening is not None
    assert (found.opening.first, found.opening.count.answered) == (DAY, 1)
    assert [one.answered for _, one in every_day(found)] == [0, 0, 1, 0]


def test_what_cannot_be_told_is_said() -> None:
    with pytest.raises(NotTold) as refused:
        support_figures(DAY, DAY)
    assert refused.value.reason is NOT_COUNTED
    count(NOW)
    assert support_figures(DAY, DAY).whole.answer_rate is None
    for first, last, line in (
        (DAY, DAY - timedelta(days=1), None),
        (date(1, 1, 1), DAY, None),
        (DAY, DAY, "no-such-line"),
    ):
        with pytest.raises(NotTold):
            support_figures(first, last, line=line)


def test_percentiles_are_told_to_within_a_twentieth() -> None:
    rng = np.random.default_rng(7)
    for scale in (30, 900, 200_000):
        waits = np.sort(rng.lognormal(np.log(scale), 1.0, 5_000).astype(int))
        counts: dict[int, int] = {}
        for wait in waits.tolist():
            counts[bucket_of(wait)] = counts.get(bucket_of(wait), 0) + 1
        for share in (0.5, 0.8, 0.95):
            right = waits[int(share * len(waits))]
            assert percentile(counts, share) == pytest.approx(right, rel=0.05, abs=1)
    assert percentile({}, 0.5) is None
    assert bucket_of(-5) == 0
    assert bucket_of(10**12) == 200
