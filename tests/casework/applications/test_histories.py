"""Files opened by the many, with histories of our own; and files as they stood long ago."""

from datetime import timedelta

import pytest

from parvis.casework.applications import facts
from parvis.casework.applications.histories import open_files
from parvis.casework.applications.models import Application
from parvis.casework.applications.past import waiting_at
from parvis.casework.applications.replaying import differences
from parvis.casework.events import log
from parvis.casework.people.models import Client
from parvis.casework.people.services import NewClient, register_clients
from parvis.programs.vocabulary import Outcome, Status
from tests.filing import RECEIVED

DAY = timedelta(days=1)


def history(*happened: facts.Fact, client: int | None = None) -> list[log.Happened]:
    """Return a history with a fact a day, from its receipt on."""
    received = facts.Received(program="study-permit", client=client, office="visa-office-paris")
    return [(RECEIVED + n * DAY, fact) for n, fact in enumerate((received, *happened))]


@pytest.mark.django_db
def test_files_are_opened_with_their_histories_and_say_what_the_log_says() -> None:
    [client] = register_clients(clients=[NewClient("Fern Example", "en", RECEIVED)], by="test")
    told = [
        history(facts.Acknowledged(), facts.Decided(outcome=Outcome.REFUSED), client=client),
        history(),
    ]
    ids = open_files(histories=told, by="test")
    for id_, happened in zip(ids, told, strict=True):
        assert [(one.at, one.fact) for one in log.history(id_)] == happened
    refused, received = (Application.objects.get(id=id_) for id_ in ids)
    assert (refused.status, refused.client_id) == (Status.REFUSED, client)
    assert refused.closed_at == RECEIVED + 2 * DAY
    assert (received.status, received.source_number) == (Status.RECEIVED, None)
    assert [wrong for _, some in differences() for wrong in some] == []


@pytest.mark.django_db
def test_clients_are_registered_in_the_order_given_and_no_name_reaches_the_log() -> None:
    people = [NewClient("Érable Modèle", "fr", RECEIVED), NewClient("Flint Sample", "en", RECEIVED)]
    ids = register_clients(clients=people, by="test")
    found = [Client.objects.get(id=id_) for id_ in ids]
    assert [(one.name, one.language) for one in found] == [one[:2] for one in people]
    assert all(one.user is None for one in found)
    assert [fact.fact.encoded.payload[4:] for id_ in ids for fact in log.history(id_)] == [
        b'{"language":"fr"}',
        b'{"language":"en"}',
    ]
    assert register_clients(clients=[], by="test") == []


@pytest.mark.django_db
def test_files_of_a_day_gone_by_stand_as_they_stood_then() -> None:
    decided, reopened = facts.Decided(outcome=Outcome.REFUSED), facts.Reopened()
    open_files(
        histories=[
            history(facts.Acknowledged()),
            history(decided),
            history(decided, reopened),
            history(facts.Acknowledged(), decided, reopened, decided),
        ],
        by="test",
    )
    days = [
        sorted(state.status for state in waiting_at(RECEIVED + (n - 0.5) * DAY)) for n in range(6)
    ]
    assert days == [
        [],
        [Status.RECEIVED] * 4,
        [Status.IN_PROGRESS] * 2,
        [Status.IN_PROGRESS] * 2,
        [Status.IN_PROGRESS] * 3,
        [Status.IN_PROGRESS] * 2,
    ]
