"""A house at noon whose messages come to outboxes."""

import pytest
from pytest_django import Settings

from parvis.lib import clock
from tests.casework.notices.telling import House


@pytest.fixture
def house(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> House:
    """Return a house whose clock and outboxes are at hand."""
    made = House()
    settings.CARRIERS = made.carriers
    monkeypatch.setattr(clock, "now", lambda: made.now)
    return made
