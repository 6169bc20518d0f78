"""`parvis notices`: figures, what waits, trying again."""

import json

import pytest
from click.testing import CliRunner
from pytest_django import Settings

from parvis.casework.notices.ways import Unreachable
from parvis.jobs.cli import log, notices
from parvis.lib import clock
from tests.casework.notices.telling import House
from tests.casework.notices.test_telling import ask
from tests.working import work


@pytest.fixture
def house(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> House:
    """Return a house whose commands find it open."""
    made = House()
    settings.CARRIERS = made.carriers
    monkeypatch.setattr(clock, "now", lambda: made.now)
    for module in (notices, log):
        monkeypatch.setattr(module, "open_house", lambda: None)
    return made


def run(*arguments: str) -> str:
    done = CliRunner().invoke(notices.notices, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_figures_are_told_by_program_and_language(house: House) -> None:
    _, file = house.file_of()
    ask(house, file)
    work()
    told = json.loads(run("figures", "--json"))
    [one] = told["by_program"]
    assert one == {
        "program": "study-permit",
        "language": "en",
        "noted": 1,
        "sent": 1,
        "delivered": 1,
        "returned": 0,
        "opened": 0,
    }
    assert (told["messages"], told["repeats"]) == (1, 0)
    assert "study-permit" in run("figures")


def test_what_waits_is_told_and_tried_again(house: House) -> None:
    _, file = house.file_of()
    house.mail.failing = [Unreachable()]
    ask(house, file)
    work()
    told = json.loads(run("pending", "--json"))
    assert (told["messages_waiting"], told["of_these_tried"], told["unreached"]) == (1, 1, 0)
    assert "messages waiting: 1" in run("pending")
    assert "1 messages waited for a try; 1 went out." in run("retry")
    assert len(house.mail.letters) == 1


def test_the_log_is_compared_with_the_messages(house: House) -> None:
    _, file = house.file_of()
    ask(house, file)
    work()
    done = CliRunner().invoke(log.log, ["replay", "--check"], catch_exceptions=False)
    assert "1 messages compared with the log; 0 differ." in done.output
    assert done.exit_code == 0
