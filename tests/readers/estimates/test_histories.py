"""The engine is told what a file has reached: its clock stands still, nobody works on it."""

from datetime import date, timedelta

import numpy as np
import pytest

from parvis.casework.applications.facts import DateGiven
from parvis.casework.applications.giving import give_dates
from parvis.engines.forecasting.calendar import day_number
from parvis.engines.forecasting.stages import Standings, standings
from parvis.programs import loader
from parvis.readers.estimates.histories import caseload_of
from parvis.readers.estimates.models import DOTS
from tests.filing import ASK, OPEN, RECEIVED, Act, filed

pytestmark = pytest.mark.django_db

ANSWER: Act = ("receive_answer", {"document": "police-certificate"})


def stood(on: date) -> Standings:
    """Return how study permits stood when a day began, in the order of their receipt."""
    files = caseload_of(loader.program("study-permit")).files
    assert files.touches is not None
    return standings(files.received, files.decided, files.touches, np.array([day_number(on)]))


def test_a_file_whose_client_was_asked_stands_apart_until_the_answer_came() -> None:
    filed(OPEN)
    filed(OPEN, ASK)
    filed(OPEN, ASK)
    filed(OPEN, ASK, ANSWER)
    opened, asked, asked_too, answered = stood(RECEIVED.date() + timedelta(days=40)).kind.tolist()
    assert asked == asked_too
    assert len({opened, asked, answered}) == 3


def test_a_file_is_the_quieter_the_longer_nothing_happened_and_a_telling_is_no_work() -> None:
    lying = filed(OPEN)
    filed(OPEN, ASK, ANSWER)
    told = DateGiven(
        half_on=date(2024, 3, 1),
        most_on=date(2024, 4, 1),
        dots=tuple(range(10, 10 + DOTS)),
        reached=100,
        decided=60,
        unsure=False,
    )
    at = RECEIVED + timedelta(days=30)
    assert give_dates(dates={lying.id: told}, by="test", at=at) == 1
    assert stood(RECEIVED.date() + timedelta(days=40)).quiet.tolist() == [39, 37]
