"""A look that is written down does not wait for the disk, and nothing else stops waiting."""

import pytest
from django.db import connection, transaction

from parvis.casework.accesses.selectors import accesses_to
from parvis.casework.accesses.services import record_access
from parvis.casework.people.policies import Act, Capacity, Relation
from tests.filing import RECEIVED, officer

pytestmark = pytest.mark.usefixtures("committed")


def look() -> None:
    relation = Relation(Capacity.OFFICER)
    record_access(application=7, user=officer(), relation=relation, act=Act.SEE, at=RECEIVED)


def waits() -> str:
    """Return whether what is written now waits for the disk."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        [waits] = cursor.fetchone()
        return str(waits)


def test_a_look_by_itself_is_there_for_everybody_and_the_next_act_waits_again() -> None:
    look()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accesses_access WHERE application = 7")
        assert cursor.fetchone() == (1,)
    other.close()
    assert waits() == "on"


def test_what_a_look_is_written_together_with_still_waits() -> None:
    with transaction.atomic():
        look()
        assert waits() == "on"
    assert len(accesses_to(7, most=2)) == 1
