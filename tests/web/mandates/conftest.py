"""A client with a file, and somebody who may hold a mandate for it."""

import pytest

from parvis.casework.applications.models import Application
from parvis.casework.people.models import User
from tests.casework.mandates.giving import person
from tests.filing import ASK, OPEN, client, filed
from tests.sending import disk  # noqa: F401 - a fixture for every test here


@pytest.fixture
def ada() -> User:
    return client("ada@example.org")[0]


@pytest.fixture
def file(ada: User) -> Application:
    return filed(OPEN, ASK, client=ada.client.pk)


@pytest.fixture
def rita() -> User:
    return person()
