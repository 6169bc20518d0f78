"""The second wall: even a query that asks for everything gets what the asker may see."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from parvis.casework.applications.linking import link_file
from parvis.casework.applications.models import Adult
from parvis.casework.documents.services import answer_request, keep
from parvis.casework.events.wall import ASKER, lifted, nobody_asks
from parvis.casework.mandates.models import Firm, Mandate, Member
from parvis.casework.mandates.status import MandateKind
from parvis.casework.people.models import Client, Session, User
from parvis.casework.people.roles import Role
from parvis.lib import clock
from parvis.programs.loader import program
from tests.behind_wall import wall  # noqa: F401 - a fixture
from tests.filing import ASK, OPEN, RECEIVED, client, filed
from tests.sending import VISIT, disk, opened, pdf  # noqa: F401 - a fixture
from tests.web.serving import static_files  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
NOW = RECEIVED + timedelta(days=9)
READS = {
    "files": "SELECT id FROM applications_application",
    "facts": "SELECT subject_id FROM events_event JOIN applications_application ON id = subject_id",
    "facts alone": "SELECT subject_id FROM events_event e WHERE EXISTS"
    " (SELECT FROM events_subject s WHERE s.id = e.subject_id AND s.kind = 'application')",
    "documents": "SELECT application_id FROM documents_storeddocument",
}


class House:
    """Two clients with a file each, to which something was sent."""

    def __init__(self) -> None:
        self.users: list[User] = []
        self.files = []
        for name in ("ada", "zoe"):
            user, known = client(f"{name}@example.org")
            file = filed(OPEN, ASK, VISIT, client=known)
            answer_request(
                application=file.pk,
                document="police-certificate",
                files=[keep(opened(pdf()))],
                by=user,
                at=NOW,
            )
            self.users.append(user)
            self.files.append(file)

    def give(self, **held: object) -> Mandate:
        """Give a mandate of Ada's."""
        what = {"begins_at": RECEIVED, "given_at": RECEIVED, "accepted_at": RECEIVED}
        return Mandate.objects.create(
            **{
                "client_id": self.files[0].client_id,
                "kind": MandateKind.THIRD_PARTY,
                "address": "x@example.org",
                "acts": ["see"],
            }
            | what
            | held
        )


def somebody(name: str, role: Role = Role.PERSON) -> User:
    return User.objects.create_user(f"{name}@example.org", role=role, joined_at=RECEIVED)


@pytest.fixture
def house(disk: Path, monkeypatch: pytest.MonkeyPatch) -> House:  # noqa: F811 - the fixture
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return House()


def seen(what: str, user: User | None) -> set[int]:
    """Return the files that a query without any condition shows to somebody."""
    with connection.cursor() as cursor:
        told = f"{user.pk},{user.role}" if user else ""
        cursor.execute("SELECT set_config(%s, %s, false)", [ASKER, told])
        cursor.execute(READS[what])
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.usefixtures("house", "wall")
@pytest.mark.parametrize("what", READS)
def test_everything_is_no_more_than_what_one_may_see(what: str, house: House) -> None:
    [ada, zoe], [adas, zoes] = house.users, [file.pk for file in house.files]
    everything = {adas, zoes}
    assert seen(what, None) == set()
    assert seen(what, ada) == {adas}
    assert seen(what, zoe) == {zoes}
    assert seen(what, somebody("nobody")) == set()
    for role in Role:
        staff = seen(what, somebody(f"a-{role}", role))
        assert staff == (everything if role in ("agent", "officer", "supervisor") else set()), role


@pytest.mark.usefixtures("house", "wall")
@pytest.mark.parametrize("what", READS)
def test_a_mandate_shows_its_files_while_it_is_in_force(what: str, house: House) -> None:
    holder, adas = somebody("holder"), house.files[0].pk
    given = house.give(user=None, accepted_at=None)
    assert seen(what, holder) == set()
    Mandate.objects.filter(pk=given.pk).update(user=holder, accepted_at=NOW)
    assert seen(what, holder) == {adas}
    Mandate.objects.filter(pk=given.pk).update(applications=[house.files[1].pk])
    assert seen(what, holder) == set()
    Mandate.objects.filter(pk=given.pk).update(applications=[adas])
    assert seen(what, holder) == {adas}
    Mandate.objects.filter(pk=given.pk).update(ended_at=NOW)
    assert seen(what, holder) == set()


@pytest.mark.usefixtures("house", "wall")
@pytest.mark.parametrize("what", READS)
def test_a_firms_mandate_shows_its_files_to_those_who_are_in_it(what: str, house: House) -> None:
    taker, other, adas = somebody("taker"), somebody("other"), house.files[0].pk
    firm = Firm.objects.create(name="Example & Example")
    for user in (taker, other):
        Member.objects.create(firm=firm, user=user, joined_at=RECEIVED)
    house.give(user=taker, firm=firm)
    assert seen(what, taker) == seen(what, other) == {adas}
    Member.objects.filter(user=taker).update(left_at=NOW)
    assert (seen(what, taker), seen(what, other)) == (set(), {adas})


@pytest.mark.usefixtures("house", "wall")
@pytest.mark.parametrize("what", READS)
def test_an_adult_on_a_file_reads_it_as_its_client_does(what: str, house: House) -> None:
    [ada, _], [adas, zoes] = house.users, [file.pk for file in house.files]
    Adult.objects.create(application=zoes, client_id=house.files[0].client_id)
    assert seen(what, ada) == {adas, zoes}


@pytest.mark.usefixtures("house", "wall")
def test_a_file_is_linked_by_who_may_not_see_it_yet(house: House) -> None:
    file, eve = house.files[0], somebody("eve")
    record = Client.objects.get(pk=file.client_id)
    Client.objects.filter(pk=record.pk).update(user=None)
    assert seen("files", eve) == set()
    link_file(
        number=file.number,
        name=record.name,
        received_on=file.received_at.astimezone(program("study-permit").time_zone).date(),
        by=eve,
        at=NOW,
    )
    assert seen("files", eve) == {file.pk}


@pytest.mark.usefixtures("house", "wall")
def test_pages_answer_behind_it_in_as_many_queries(
    house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ada = Browser()
    ada.force_login(house.users[0])
    theirs, others = (f"/en/applications/{file.number}/" for file in house.files)
    ada.get(theirs)  # reads the figures, for five minutes
    with django_assert_num_queries(1):
        assert ada.get(theirs).status_code == 200
    assert ada.get(others).status_code == 404
    sent = ada.post(f"{theirs}answer/medical-exam/", {"done_on": "2024-01-15"})
    assert sent["Location"] == theirs


@pytest.mark.parametrize("behind", [False, True], ids=["the first wall alone", "both walls"])
@pytest.mark.usefixtures("static_files")
def test_a_page_whose_query_forgot_its_condition_shows_nobody_elses_file(
    behind: bool, house: House, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = "SELECT id FROM applications_application WHERE %s = %s"
    monkeypatch.setattr("parvis.casework.applications.selectors._OWN", everything)
    if behind:
        request.getfixturevalue("wall")
    ada = Browser()
    ada.force_login(house.users[0])
    page = ada.get("/en/applications/").content.decode()
    assert [file.number in page for file in house.files] == [True, not behind]


@pytest.mark.usefixtures("house", "wall")
def test_who_asked_is_forgotten_when_the_next_request_begins(house: House) -> None:
    ada = Browser()
    ada.force_login(house.users[0])
    number = house.files[0].number
    assert ada.get(f"/api/applications/{number}").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute(READS["files"])
        assert len(cursor.fetchall()) == 1
    nobody_asks()  # as at the start of each request
    with connection.cursor() as cursor:
        cursor.execute(READS["files"])
        assert cursor.fetchall() == []


@pytest.mark.usefixtures("house", "wall")
def test_nobody_is_asking_where_a_session_has_ended(house: House) -> None:
    ada = Browser()
    ada.force_login(house.users[0])
    ada.get("/en/applications/")
    nobody_asks()
    ada.cookies["sessionid"] = "0" * 32
    assert ada.get("/en/applications/").status_code == 302
    with connection.cursor() as cursor:
        cursor.execute(READS["files"])
        assert cursor.fetchall() == []


@pytest.mark.usefixtures("house", "wall")
def test_an_act_that_fails_past_the_wall_is_behind_it_again(house: House) -> None:
    seen("files", None)
    with transaction.atomic():
        with lifted(), connection.cursor() as cursor:
            cursor.execute(READS["files"])
            assert len(cursor.fetchall()) == 2
        assert seen("files", None) == set()
    with pytest.raises(ZeroDivisionError), transaction.atomic(), lifted():
        raise ZeroDivisionError
    assert seen("files", None) == set()
    assert house.files


@pytest.mark.usefixtures("house", "wall")
def test_a_session_brings_its_own_clients_file_and_no_other(house: House) -> None:
    """Whatever number comes with it, and whoever the database thinks is asking."""
    adas, zoes = (file.pk for file in house.files)
    ada = Browser()
    ada.force_login(house.users[0])
    key = ada.cookies["sessionid"].value
    seen("files", house.users[1])
    assert [brought(key, one) for one in (adas, zoes, 0)] == [adas, None, None]
    Session.objects.filter(pk=key).update(expire_date=NOW - timedelta(days=9_999))
    assert brought(key, adas) is None
    assert brought("0" * 32, adas) is None


def brought(key: str, file: int) -> int | None:
    """Return the file that the database shows to a session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM parvis_own_file(%s, %s, NULL)", [key, file])
        row = cursor.fetchone()
    return row and row[0]
