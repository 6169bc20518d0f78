"""The demo's support centre has the published proportions, and they come out of its facts."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from parvis.casework.contacts.models import ContactEvent
from parvis.casework.enquiries.facts import EnquiryAnswered, EnquiryReceived
from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.jobs.demo import support_published as published
from parvis.jobs.demo.support import support
from parvis.jobs.demo.support_days import parts
from parvis.readers.support.counting import count
from parvis.readers.support.figures import support_figures, year_before

YEAR = date(2023, 1, 1), date(2023, 12, 31)
NOW = datetime(2024, 1, 12, 14, tzinfo=UTC)


@pytest.mark.parametrize("scale", [1.0, 0.005, 0.0005])
def test_what_is_to_come_adds_up_to_what_was_published(scale: float) -> None:
    found = list(parts(scale, np.random.default_rng(1)))
    answered = {2022: 0, 2023: 0}
    offered, taken = dict(answered), dict(answered)
    newest = 0
    for part in found:
        for day, calls, good, written in zip(
            part.days.tolist(), part.calls, part.answered, part.written, strict=True
        ):
            if day.year in answered:
                answered[day.year] += int(good + written)
                offered[day.year] += int(calls)
                taken[day.year] += int(good)
            if part.line == published.NEWEST:
                newest += int(good)
        assert (part.calls >= part.answered).all()
    assert answered[2023] == round(scale * 4_660_000)
    assert answered[2023] - answered[2022] == pytest.approx(scale * 684_000, abs=1)
    assert (answered[2023] / answered[2022] - 1) == pytest.approx(0.172, abs=0.002)
    assert taken[2023] / offered[2023] == pytest.approx(0.31, abs=0.001)
    assert taken[2022] / offered[2022] == pytest.approx(0.19, abs=0.001)
    assert newest == round(scale * 2_218)


@pytest.mark.django_db
def test_the_figures_come_out_of_the_facts() -> None:
    rng = np.random.default_rng(1)
    events, facts = support(
        scale=0.0005, until=NOW, by="test", rng=rng, progress=lambda facts: None
    )
    assert events == ContactEvent.objects.count()
    count(NOW)
    found = support_figures(*YEAR, before=year_before(*YEAR))
    assert (found.whole.answered, found.change) == (2_330, 342)
    assert (found.whole.calls, found.whole.calls_answered) == (2_350, 728)
    assert found.whole.calls_open == 0
    assert found.lines.keys() == {
        *("general", "parliamentary", "afghanistan", "ukraine", "israel-west-bank-gaza")
    }
    newest = support_figures(
        published.NEWEST_OPENED_ON, published.NEWEST_COUNTED_ON, line=published.NEWEST
    )
    assert newest.whole.calls_answered == 1
    assert found.whole.avoided > 0
    assert found.whole.satisfied_share == pytest.approx(published.SATISFIED_SHARE, abs=0.25)
    assert 0 < found.whole.rated < found.whole.rating_asked
    assert found.lines["parliamentary"].rating_asked == 0
    written = [
        recorded
        for ids in log.subjects(SubjectKind.ENQUIRY, 10_000)
        for _, recorded in log.histories(ids)
    ]
    assert sum(map(len, written)) == facts
    assert all(one.at <= NOW for recorded in written for one in recorded)
    kinds = {type(one.fact) for recorded in written for one in recorded}
    assert {EnquiryReceived, EnquiryAnswered} <= kinds


@pytest.mark.django_db
def test_a_centre_of_an_earlier_clock_has_seen_no_more_than_that() -> None:
    early = datetime(2022, 3, 1, 15, tzinfo=UTC)
    support(
        scale=0.0005,
        until=early,
        by="test",
        rng=np.random.default_rng(1),
        progress=lambda facts: None,
    )
    assert ContactEvent.objects.latest("at").at <= early
