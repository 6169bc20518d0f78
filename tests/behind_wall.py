"""Standing behind the second wall, as the workers of `parvis serve` do."""

from collections.abc import Iterator

import pytest
from django.db import connection

from parvis.casework.events.wall import ROLE, is_up
from parvis.jobs.walling import raise_wall


@pytest.fixture
def wall(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stand behind the wall from here on; what a test needs was made before."""
    assert raise_wall()
    options = connection.settings_dict["OPTIONS"]
    monkeypatch.setitem(options, "options", f"-c role={ROLE}")
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
    assert is_up()
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
