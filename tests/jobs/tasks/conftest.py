"""A clock that the test turns, a receiver of webhooks, and somebody whose software listens."""

from collections.abc import Iterator
from ipaddress import ip_network

import pytest
from pytest_django import Settings

from parvis.casework.keys.services import system
from parvis.casework.people.models import User
from parvis.lib import clock
from tests.channels.webhooks.receiving import Receiver, receiving
from tests.jobs.tasks.hearing import Clock


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Clock:
    one = Clock()
    monkeypatch.setattr(clock, "now", one.now)
    return one


@pytest.fixture
def receiver(settings: Settings, moment: Clock) -> Iterator[Receiver]:
    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.1/32")]
    with receiving() as one:
        yield one


@pytest.fixture
def case() -> User:
    return system(code="case-system", at=clock.now())
