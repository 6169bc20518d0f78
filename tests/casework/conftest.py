"""What the tests of the log and of the files share."""

from collections.abc import Iterator

import pytest
from django.db import connection


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """Let a test commit, so that other connections see it; everything is emptied after it.

    The log may be emptied in a database for tests alone, and Django does not know its table. The
    setting that allows it is forgotten with the connection, which Django closes when it is done.
    """
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET parvis.resetting_test_database = 'on'")
        cursor.execute("TRUNCATE events_event, events_subject, procrastinate_jobs CASCADE")
