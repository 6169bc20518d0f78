"""What a mandate lets its holder see and do, from which moment to which, and nobody else."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.casework.applications import services
from parvis.casework.applications.models import Application
from parvis.casework.applications.selectors import files_of, files_seen_by, relation_to
from parvis.casework.mandates import firms
from parvis.casework.mandates.listing import firm_of
from parvis.casework.mandates.services import accept_mandate, end_mandate
from parvis.casework.mandates.status import MandateKind
from parvis.casework.people.models import User
from parvis.casework.people.policies import DELEGABLE, Act, ActRefused, Capacity, Relation, may
from parvis.casework.people.roles import STAFF, Role
from parvis.casework.people.selectors import client_of
from tests.casework.mandates.giving import AT, given, held, person, terms
from tests.filing import OPEN, client, filed

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def ada() -> User:
    return client("ada@example.org")[0]


@pytest.fixture
def file(ada: User) -> Application:
    return filed(OPEN, client=ada.client.pk)


def stands(user: User, file: Application, now: datetime = AT) -> Relation | None:
    """Return how a user stands to a file, or None where it is not there for them."""
    found = files_seen_by(user, file.number, now=now)
    return found[0].relation if found else None


def test_a_representative_stands_to_a_file_as_their_mandate_says(
    ada: User, file: Application
) -> None:
    rita = person()
    assert stands(rita, file) is None
    mandate = held(ada, rita)
    assert stands(rita, file) == Relation(Capacity.REPRESENTATIVE, mandate, DELEGABLE)
    end_mandate(mandate=mandate, by=rita, at=AT)
    assert stands(rita, file) is None


def test_nobody_sees_anything_by_a_mandate_not_accepted(ada: User, file: Application) -> None:
    given(ada)
    assert stands(person(), file) is None


def test_a_mandate_begins_and_ends_by_itself_on_the_houses_clock(
    ada: User, file: Application
) -> None:
    rita = person()
    held(ada, rita, terms(begins_at=AT + DAY, ends_at=AT + 3 * DAY))
    moment = timedelta(microseconds=1)
    assert stands(rita, file, AT + DAY - moment) is None
    assert stands(rita, file, AT + DAY) is not None
    assert stands(rita, file, AT + 3 * DAY - moment) is not None
    assert stands(rita, file, AT + 3 * DAY) is None


def test_a_mandate_for_one_file_is_for_no_other_and_one_for_all_for_those_to_come(
    ada: User, file: Application
) -> None:
    rita, tom = person(), person("tom@example.org")
    held(ada, rita, terms(applications=(file.id,)))
    held(ada, tom, terms(address=tom.email))
    later = filed(client=ada.client.pk)
    assert stands(rita, file) is not None
    assert stands(rita, later) is None
    assert stands(tom, later) is not None


@pytest.mark.parametrize("kind", [MandateKind.THIRD_PARTY, MandateKind.PARLIAMENT])
def test_who_is_only_told_does_nothing(ada: User, file: Application, kind: MandateKind) -> None:
    role = Role.PARLIAMENT if kind is MandateKind.PARLIAMENT else Role.PERSON
    holder = person(role=role)
    held(ada, holder, terms(kind))
    relation = stands(holder, file)
    assert relation is not None
    assert {act for act in Act if may(act, relation)} == {Act.SEE}


@pytest.mark.parametrize("role", [*sorted(STAFF), Role.PARLIAMENT])
def test_who_becomes_something_else_holds_nothing_any_more(
    ada: User, file: Application, role: Role
) -> None:
    rita = person()
    held(ada, rita)
    User.objects.filter(pk=rita.pk).update(role=role)
    assert relation_to(file.id, rita, at=AT).mandate is None


def test_of_several_mandates_the_one_that_allows_most_counts(ada: User, file: Application) -> None:
    rita = person()
    held(ada, rita, terms(MandateKind.THIRD_PARTY))
    reading = held(ada, rita, terms(acts=frozenset({Act.SEE})))
    best = held(ada, rita)
    assert stands(rita, file) == Relation(Capacity.REPRESENTATIVE, best, DELEGABLE)
    end_mandate(mandate=best, by=ada, at=AT)
    relation = stands(rita, file)
    assert relation is not None
    assert relation.mandate == reading
    assert not may(Act.ANSWER, relation)


def test_a_firm_holds_together_and_who_left_sees_nothing_at_once(
    ada: User, file: Application
) -> None:
    rita, rob = person(), person("rob@example.org")
    firm = firms.open_firm(name="Example & Sample")
    for one in (rita, rob):
        firms.join_firm(firm=firm, user=one, at=AT)
    held(ada, rita, firm=firm.pk)
    assert stands(rob, file) is not None
    firms.leave_firm(firm=firm, user=rita, at=AT)
    assert stands(rita, file) is None
    assert stands(rob, file) is not None
    firms.leave_firm(firm=firm, user=rob, at=AT)
    assert stands(rob, file) is None


def test_a_firm_is_one_of_its_name_and_of_persons_who_are_of_one(ada: User) -> None:
    firm = firms.open_firm(name=" Example &  Sample ")
    assert firms.open_firm(name="example & sample") == firm
    for name in ("", " ", "x" * 201, "Ex\u202eample"):
        with pytest.raises(firms.FirmRefused, match="name"):
            firms.open_firm(name=name)
    rita = person()
    for _ in range(2):
        firms.join_firm(firm=firm, user=rita, at=AT)
    with pytest.raises(firms.FirmRefused, match="leave it first"):
        firms.join_firm(firm=firms.open_firm(name="Other"), user=rita, at=AT)
    with pytest.raises(firms.FirmRefused, match="role"):
        firms.join_firm(firm=firm, user=person("o@example.org", Role.OFFICER), at=AT)
    other = firms.open_firm(name="Other")
    with pytest.raises(ActRefused, match="not of this firm"):
        accept_mandate(mandate=given(ada), firm=other.pk, by=rita, at=AT)
    mine = firm_of(rita)
    assert mine is not None
    assert mine.name == "Example & Sample"


@pytest.fixture
def bob(file: Application) -> User:
    """Return another adult on the file."""
    user, subject = client("bob@example.org", name="Bob Example")
    services.add_adult(application=file.pk, client=subject, by="test", at=AT)
    return user


def test_an_adult_on_an_application_sees_it_as_its_client_does(
    bob: User, file: Application
) -> None:
    assert stands(bob, file) == Relation(Capacity.CLIENT)
    assert relation_to(file.id, bob, at=AT) == Relation(Capacity.CLIENT)
    assert [one.id for one in files_of(bob)] == [file.id]


def test_a_mandate_of_an_adult_who_is_taken_off_opens_the_application_no_more(
    ada: User, bob: User, file: Application
) -> None:
    rita, tom = person(), person("tom@example.org")
    for giver in (ada, bob):
        held(giver, rita)
    held(bob, tom, terms(address=tom.email))
    subject = client_of(bob)
    assert subject is not None
    services.remove_adult(application=file.pk, client=subject.pk, by="test", at=AT)
    assert stands(bob, file) is None
    assert stands(tom, file) is None
    mandate = stands(rita, file)
    assert mandate is not None
    assert mandate.capacity is Capacity.REPRESENTATIVE


def test_a_mandate_covers_a_family_only_once_every_adult_gave_it_to_the_same_holder(
    ada: User, bob: User, file: Application
) -> None:
    rita, tom = person(), person("tom@example.org")
    mandate = held(ada, rita)
    assert stands(rita, file) is None
    held(bob, tom, terms(address=tom.email))
    assert stands(rita, file) is None
    assert stands(tom, file) is None
    offered = given(bob)
    assert stands(rita, file) is None
    accept_mandate(mandate=offered, by=rita, at=AT)
    assert stands(rita, file) == Relation(Capacity.REPRESENTATIVE, mandate, DELEGABLE)
    assert relation_to(file.id, rita, at=AT).mandate == mandate
    end_mandate(mandate=offered, by=bob, at=AT)
    assert stands(rita, file) is None


def test_of_a_family_no_more_is_done_than_each_adult_wants(
    ada: User, bob: User, file: Application
) -> None:
    rita = person()
    held(ada, rita)
    held(bob, rita, terms(acts=frozenset({Act.SEE, Act.READ_SENT})))
    relation = stands(rita, file)
    assert relation is not None
    assert relation.acts == {Act.SEE, Act.READ_SENT}


def test_of_a_family_a_firm_is_one_holder_and_somebody_of_it_alone_is_another(
    ada: User, bob: User, file: Application
) -> None:
    rita, rob = person(), person("rob@example.org")
    firm = firms.open_firm(name="Example & Sample")
    for one in (rita, rob):
        firms.join_firm(firm=firm, user=one, at=AT)
    held(ada, rita, firm=firm.pk)
    alone = held(bob, rita)
    assert stands(rita, file) is None
    end_mandate(mandate=alone, by=rita, at=AT)
    held(bob, rob, firm=firm.pk)
    assert stands(rita, file) is not None
    assert stands(rob, file) is not None


def test_an_adult_is_on_an_application_once(bob: User, ada: User, file: Application) -> None:
    for subject in (bob.client.pk, ada.client.pk):
        with pytest.raises(ActRefused, match="already"):
            services.add_adult(application=file.pk, client=subject, by="test", at=AT)


def test_a_clients_own_page_reads_no_table_from_end_to_end(ada: User, bob: User) -> None:
    for _ in range(50):
        filed(client=ada.client.pk)
    file = filed(client=ada.client.pk)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            files_seen_by(ada, file.number, now=AT)
        assert len(asked) == 1
        cursor.execute("EXPLAIN (ANALYZE, COSTS OFF) " + asked[0]["sql"])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan" not in plan
    # Nor are mandates looked for: the file is their own.
    assert "One-Time Filter: (c.user_id IS DISTINCT FROM" in plan
