"""The demo has enquiries that ended, and what their clients said of the answers."""

from datetime import UTC, datetime

import pytest

from parvis.casework.enquiries.own import own_enquiries, own_enquiry
from parvis.casework.enquiries.rated import words_said
from parvis.casework.enquiries.status import Status, Writing
from parvis.casework.people.selectors import user_by_email
from parvis.casework.people.services import add_user, register_client
from parvis.jobs.demo.answered import end_some
from parvis.jobs.demo.lines import open_lines
from parvis.jobs.demo.people import ADA, PASSWORD, ZOE

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 1, 12, 14, tzinfo=UTC)
BEGAN = datetime(2022, 2, 1, 14, tzinfo=UTC)


def test_two_clients_were_answered_and_said_whether_that_helped() -> None:
    for person in (ADA, ZOE):
        user = add_user(email=person.email or "", password=PASSWORD, at=BEGAN)
        register_client(name=person.name, language=person.language, user=user, by="test", at=BEGAN)
    open_lines(began=BEGAN, now=NOW)
    end_some(now=NOW)
    said = words_said(most=9)
    assert {one.language for one in said} == {"en", "fr"}
    assert all(one.rated_at < NOW for one in said)
    for person in (ADA, ZOE):
        user = user_by_email(person.email or "")
        assert user is not None
        [brief] = own_enquiries(user, most=9)
        assert (brief.status, brief.language) == (Status.ANSWERED, person.language)
        found = own_enquiry(brief.id, user)
        assert found is not None
        assert [one.writing for one in found.written] == [Writing.IN, Writing.OUT]
