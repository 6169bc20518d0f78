"""A mandate is ended while somebody acts under it: the act came first, or it is refused."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from parvis.casework.applications import services
from parvis.casework.applications.facts import ClientAnswered
from parvis.casework.applications.models import Application
from parvis.casework.applications.selectors import files_seen_by, relation_to
from parvis.casework.documents.services import Answered, Kept, answer_request, keep
from parvis.casework.events import log
from parvis.casework.mandates import firms
from parvis.casework.mandates.models import Mandate
from parvis.casework.mandates.services import end_mandate
from parvis.casework.people.models import User
from parvis.casework.people.policies import Act, ActRefused, may
from tests.casework.mandates.giving import AT, given, held, person, terms
from tests.filing import ASK, client, filed
from tests.sending import disk, opened, pdf  # noqa: F401 - disk is a fixture

pytestmark = pytest.mark.usefixtures("committed", "disk")
NOW = AT + timedelta(days=1)
WAITING = (
    "SELECT count(*) FROM pg_locks"
    " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
)


def apart(act: Callable[[], object]) -> Callable[[], object]:
    """Let an act be done on a connection of its own."""

    def done() -> object:
        try:
            return act()
        finally:
            connection.close()

    return done


def until_it_waits(other: "Future[object]") -> None:
    """Return once somebody waits for a lock of ours."""
    while not other.done():
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone() != (0,):
                return
    other.result()
    pytest.fail("nobody waited")


@pytest.fixture
def ada() -> User:
    return client("ada@example.org")[0]


@pytest.fixture
def file(ada: User) -> Application:
    return filed(ASK, client=ada.client.pk)


@pytest.fixture
def rita() -> User:
    return person()


@pytest.fixture
def sent() -> Kept:
    return keep(opened(pdf()))


def answer(file: Application, by: User, sent: Kept) -> Answered:
    return answer_request(
        application=file.id, document="police-certificate", files=[sent], by=by, at=NOW
    )


def is_answered(file: Application) -> bool:
    return not Application.objects.get(pk=file.pk).state.requests[0].is_open


def test_who_ends_a_mandate_waits_for_an_answer_that_came_first(
    ada: User, file: Application, rita: User, sent: Kept
) -> None:
    mandate = held(ada, rita)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            answer(file, rita, sent)
            other = pool.submit(apart(lambda: end_mandate(mandate=mandate, by=ada, at=NOW)))
            until_it_waits(other)
            assert Mandate.objects.get(pk=mandate).ended_at is None
        other.result()
    assert is_answered(file)
    assert Mandate.objects.get(pk=mandate).ended_at == NOW
    assert files_seen_by(rita, file.number, now=NOW) == []


def test_an_answer_is_refused_where_the_end_came_first(
    ada: User, file: Application, rita: User, sent: Kept
) -> None:
    mandate = held(ada, rita)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            end_mandate(mandate=mandate, by=ada, at=NOW)
            # On its own connection the mandate is in force still, until this one is over.
            other = pool.submit(apart(lambda: answer(file, rita, sent)))
            until_it_waits(other)
        with pytest.raises(ActRefused, match="Only the client"):
            other.result()
    assert not is_answered(file)


def test_who_is_leaving_a_firm_answers_nothing_more(
    ada: User, file: Application, rita: User, sent: Kept
) -> None:
    firm = firms.open_firm(name="Example & Sample")
    firms.join_firm(firm=firm, user=rita, at=AT)
    held(ada, rita, firm=firm.pk)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            firms.leave_firm(firm=firm, user=rita, at=NOW)
            other = pool.submit(apart(lambda: answer(file, rita, sent)))
            until_it_waits(other)
        with pytest.raises(ActRefused):
            other.result()
    assert not is_answered(file)


def test_any_adult_of_a_family_ends_it_for_an_answer_that_is_under_way(
    ada: User, file: Application, rita: User, sent: Kept
) -> None:
    bob, subject = client("bob@example.org", name="Bob Example")
    services.add_adult(application=file.pk, client=subject, by="test", at=AT)
    held(ada, rita)
    his = held(bob, rita)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            end_mandate(mandate=his, by=bob, at=NOW)
            other = pool.submit(apart(lambda: answer(file, rita, sent)))
            until_it_waits(other)
        with pytest.raises(ActRefused):
            other.result()
    assert may(Act.ANSWER, relation_to(file.id, bob, at=NOW))


def test_two_who_give_the_same_at_once_give_one(ada: User) -> None:
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first = given(ada)
            other = pool.submit(apart(lambda: given(ada)))
            until_it_waits(other)
        assert other.result() == first
    assert Mandate.objects.count() == 1


def test_an_answer_under_a_mandate_names_it_and_one_of_the_client_none(
    ada: User, file: Application, rita: User, sent: Kept
) -> None:
    mandate = held(ada, rita, terms(applications=(file.id,)))
    done = answer(file, rita, sent)
    assert done.again is False
    services.ask_client(
        application=file,
        document="police-certificate",
        section="background",
        due_on=None,
        by="test",
        at=NOW,
    )
    answer_request(
        application=file.id,
        document="police-certificate",
        files=[keep(opened(pdf("other")))],
        by=ada,
        at=NOW,
    )

    told = [one.fact for one in log.history(file.id) if isinstance(one.fact, ClientAnswered)]
    assert [fact.mandate for fact in told] == [mandate, None]
