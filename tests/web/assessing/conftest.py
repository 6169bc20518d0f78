"""A browser of somebody who is not signed in."""

import pytest
from django.test import Client as Browser


@pytest.fixture
def browser() -> Browser:
    return Browser()
