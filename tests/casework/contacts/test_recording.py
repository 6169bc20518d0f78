"""Events of calls are kept once, as they came, and never change."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from parvis.casework.contacts import services
from parvis.casework.contacts.facts import Unreadable, event_in_json, event_told
from parvis.casework.contacts.models import ContactEvent
from parvis.casework.contacts.selectors import last_event, news
from parvis.casework.contacts.services import record
from tests.casework.contacts.telling import ANSWERED, call, told
from tests.filing import RECEIVED as NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("few", [2_000, 0])
def test_an_event_told_twice_is_one_event(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a few come or so many that they are copied in."""
    monkeypatch.setattr(services, "_FEW", few)
    events = call("c1", ANSWERED, line="general", priority=3, agent="a-17")
    assert record(events[:2], source="acd", at=NOW) == 2
    assert record([*events, *events], source="acd", at=NOW) == 2
    assert record(events, source="acd", at=NOW) == 0
    # Another system has ids of its own.
    assert record(events, source="other", at=NOW) == 4
    assert record([], source="acd", at=NOW) == 0
    row = ContactEvent.objects.get(event_id="c1/answered", source="acd")
    assert (row.line, row.priority, row.agent, row.method) == ("general", 3, "a-17", "INBOUND")
    assert (row.at, row.received_at) == (NOW + timedelta(seconds=80), NOW)
    assert row.initial_contact_id == "c1"


def test_an_event_told_in_two_ways_at_once_is_one_event(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_FEW", 0)
    [bare], [with_agent] = call("c1", [("offered", 0)]), call("c1", [("offered", 0)], agent="a-1")
    assert record([bare, with_agent], source="acd", at=NOW) == 1
    assert record([with_agent, bare], source="acd", at=NOW) == 0


def test_an_event_told_again_otherwise_stays_as_it_was() -> None:
    record(call("c1", [("offered", 0)], line="general"), source="acd", at=NOW)
    assert record(call("c1", [("offered", 9)], line="ukraine"), source="acd", at=NOW) == 0
    assert ContactEvent.objects.get().line == "general"


def test_an_unknown_kind_is_kept() -> None:
    assert record(call("c1", [("Held.Music/2", 3)]), source="acd", at=NOW) == 1
    assert ContactEvent.objects.get().kind == "Held.Music/2"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contacts_contactevent SET kind = 'answered'",
        "DELETE FROM contacts_contactevent",
        "TRUNCATE contacts_contactevent",
    ],
)
def test_no_event_is_ever_changed_or_removed(statement: str) -> None:
    record(call("c1", [("offered", 0)]), source="acd", at=NOW)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert ContactEvent.objects.count() == 1


def test_news_are_told_of_a_call_with_what_was_known_before() -> None:
    record(call("c1", ANSWERED[:2]), source="acd", at=NOW)
    record(call("c2", ANSWERED), source="acd", at=NOW)
    first = last_event()
    record(call("c1", ANSWERED[2:]), source="acd", at=NOW)
    record(call("c1", ANSWERED[:1]), source="other", at=NOW)
    found = sorted(
        ([one.kind for one in call_.before], [one.kind for one in call_.since])
        for call_ in news(first, last_event())
    )
    assert found == [([], ["offered"]), (["offered", "queued"], ["answered", "ended"])]
    assert list(news(last_event(), last_event())) == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"event_id": ""}, "event_id"),
        ({"event_id": "x" * 129}, "event_id"),
        ({"contact_id": "+16135550100"}, "contact_id"),
        ({"contact_id": None}, "contact_id"),
        ({"agent": "ada@example.org"}, "agent"),
        ({"kind": 7}, "kind"),
        ({"at": "yesterday"}, "at"),
        ({"at": "2024-01-11T08:31:07"}, "at"),
        ({"at": "2024-01-12T15:06:00+00:00"}, "at"),
        ({"at": "1970-01-01T00:00:00+00:00"}, "at"),
        ({"at": "99999999999999999999"}, "at"),
        ({"method": "OUTBOUND"}, "method"),
        ({"line": "General Line"}, "line"),
        ({"language": "Klingon"}, "language"),
        ({"priority": -1}, "priority"),
        ({"priority": 70_000}, "priority"),
        ({"queue": "a\0b"}, "queue"),
    ],
)
def test_an_event_at_fault_says_which_field_and_not_what_it_held(
    changed: dict[str, Any], field: str
) -> None:
    sent = told("c1", "offered") | changed
    for read in (
        lambda: event_told(sent, now=NOW),
        lambda: event_in_json(json.dumps(sent).encode(), now=NOW),
    ):
        with pytest.raises(Unreadable) as wrong:
            read()
        assert wrong.value.field == field
        assert wrong.value.reason.fr != wrong.value.reason.en
        value = str(next(iter(changed.values())))
        assert len(value) < 8 or value not in str(wrong.value)


@pytest.mark.parametrize("sent", [None, [], "x", 7, {}])
def test_what_is_no_event_is_refused(sent: Any) -> None:
    with pytest.raises(Unreadable):
        event_told(sent, now=NOW)
    with pytest.raises(Unreadable):
        event_in_json(json.dumps(sent).encode(), now=NOW)


def test_what_is_not_a_field_is_not_read() -> None:
    event = event_told(told("c1", "offered", caller="+16135550100", source="x"), now=NOW)
    assert "+16135550100" not in event
    # A clock may be a few minutes ahead of ours.
    assert event_told(told("c1", "offered", 200), now=NOW).at > NOW
