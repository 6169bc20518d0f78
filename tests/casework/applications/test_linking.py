"""A file is linked by what only its client knows, and guessing teaches nothing."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.casework.applications.linking import LinkLocked, LinkRefused, link_file
from parvis.casework.events import log
from parvis.casework.people.models import Client, Tries, User
from parvis.casework.people.policies import ActRefused
from parvis.casework.people.services import add_user, choose_language, register_client
from tests.filing import PASSWORD, RECEIVED, client, filed, officer

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 6, 3, 15, tzinfo=UTC)
DAY = date(2024, 1, 12)
NAME = "Zoë  Nuñez-O’Hara"
HOURS = timedelta(hours=1)


@pytest.fixture
def ada() -> User:
    return add_user(email="ada@example.org", password=PASSWORD, at=RECEIVED)


@pytest.fixture
def number() -> str:
    record = register_client(name=NAME, language="fr", user=None, by="test", at=RECEIVED)
    return filed(client=record.id).number


def link(user: User, number: str, name: str = NAME, on: date = DAY, at: datetime = NOW) -> None:
    link_file(number=number, name=name, received_on=on, by=user, at=at)


@pytest.mark.parametrize("name", [NAME, "zoe nunez o'hara", "ZOË NUÑEZ O HARA"])
def test_whoever_knows_all_three_has_the_file(ada: User, number: str, name: str) -> None:
    link(ada, number.lower(), name)
    record = Client.objects.get(user=ada)
    [(_, facts)] = log.histories([record.pk])
    assert [one.fact.KIND for one in facts] == ["client.registered", "client.linked"]
    assert facts[-1].by == ada.ref


def test_the_log_has_no_name_and_no_address_of_whoever_linked(ada: User, number: str) -> None:
    link(ada, number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM events_event")
        told = repr(cursor.fetchall())
    assert "ada@" not in told
    assert "Nu" not in told


@pytest.mark.parametrize(
    ("name", "on"),
    [
        ("Zoë Nuñez", DAY),
        ("", DAY),
        ("---", DAY),
        (NAME, DAY + timedelta(days=1)),
        ("Somebody Else", DAY + timedelta(days=1)),
    ],
)
def test_whatever_is_wrong_is_refused_alike(ada: User, number: str, name: str, on: date) -> None:
    with pytest.raises(LinkRefused) as refused:
        link(ada, number, name, on)
    assert type(refused.value) is LinkRefused
    assert str(refused.value) == ""
    assert not Client.objects.filter(user=ada).exists()


def test_a_file_that_does_not_exist_takes_the_same_work(ada: User, number: str) -> None:
    """The same statements in the same order, so that the time that it takes tells nothing."""

    def work(number: str) -> list[str]:
        with (
            CaptureQueriesContext(
                connection,
            ) as seen,
            pytest.raises(LinkRefused),
        ):
            link(ada, number, "Somebody Else")
        asked = [re.split(" WHERE | VALUES | UNNEST| SET ", one["sql"])[0] for one in seen]
        return [one for one in asked if "SAVEPOINT" not in one]

    work(number)  # makes the rows of the tries
    work("P0000000422")
    there = work(number)
    assert [one for one in there if "people_client" in one]
    assert work("P0000000422") == there


@pytest.mark.parametrize("number", ["", "P0000000421", "x" * 199, "P" + "9" * 19, "\ud800", "é"])
def test_a_number_that_is_none_is_refused_like_any_other(ada: User, number: str) -> None:
    with pytest.raises(LinkRefused):
        link(ada, number)


def test_five_wrong_tries_lock_the_account_for_a_day(ada: User, number: str) -> None:
    for tries in range(5):
        with pytest.raises(LinkRefused):
            link(ada, "P0000000422", at=NOW + tries * HOURS)
    end = NOW + 4 * HOURS + timedelta(hours=24)
    for at in (NOW + 4 * HOURS, end - timedelta(seconds=1)):
        with pytest.raises(LinkLocked):
            link(ada, number, at=at)
    link(ada, number, at=end)
    assert Tries.objects.count() == 1  # that of the number which does not exist


def test_five_wrong_tries_of_anybody_lock_the_number(ada: User, number: str) -> None:
    for one in range(5):
        user = add_user(email=f"guess{one}@example.org", password=PASSWORD, at=RECEIVED)
        with pytest.raises(LinkRefused):
            link(user, number, "Somebody Else")
    with pytest.raises(LinkLocked):
        link(ada, number)


def test_one_s_own_file_in_between_forgets_no_wrong_try(ada: User, number: str) -> None:
    link(ada, number)
    for _ in range(4):
        with pytest.raises(LinkRefused):
            link(ada, "P0000000422")
    link(ada, number)
    with pytest.raises(LinkRefused):
        link(ada, "P0000000430")
    with pytest.raises(LinkLocked):
        link(ada, number)


def test_tries_of_another_day_are_forgotten(ada: User, number: str) -> None:
    for tries in range(4):
        with pytest.raises(LinkRefused):
            link(ada, "P0000000422", at=NOW + tries * HOURS)
    with pytest.raises(LinkRefused):
        link(ada, "P0000000422", at=NOW + 28 * HOURS)
    link(ada, number, at=NOW + 28 * HOURS)


def test_a_client_who_is_somebody_else_s_already_is_refused_alike(ada: User) -> None:
    _, record = client("zoe@example.org", name=NAME)
    number = filed(client=record).number
    with pytest.raises(LinkRefused) as refused:
        link(ada, number)
    assert type(refused.value) is LinkRefused


def test_an_account_is_one_client_and_no_other(ada: User, number: str) -> None:
    """Two people who share an address need an account each: the second record is refused."""
    link(ada, number)
    other = register_client(name="Ben Nuñez", language="en", user=None, by="test", at=RECEIVED)
    with pytest.raises(LinkRefused):
        link(ada, filed(client=other.id).number, "Ben Nuñez")


def test_to_link_a_file_again_changes_nothing(ada: User, number: str) -> None:
    link(ada, number)
    link(ada, number)
    [(_, facts)] = log.histories([Client.objects.get(user=ada).pk])
    assert [one.fact.KIND for one in facts].count("client.linked") == 1


def test_a_file_without_a_client_is_nobody_s(ada: User) -> None:
    with pytest.raises(LinkRefused):
        link(ada, filed().number, "")


def test_staff_link_no_file(number: str) -> None:
    with pytest.raises(ActRefused):
        link(officer(), number)


def test_the_language_of_an_account_and_of_its_client_are_one(ada: User, number: str) -> None:
    link(ada, number)
    assert User.objects.get(pk=ada.pk).language == "fr"
    choose_language(user=ada, language="en", by=ada.ref, at=NOW)
    record = Client.objects.get(user=ada)
    assert record.language == "en"
    [(_, facts)] = log.histories([record.pk])
    assert facts[-1].fact.KIND == "client.language-chosen"
    choose_language(user=ada, language="en", by=ada.ref, at=NOW)
    [(_, again)] = log.histories([record.pk])
    assert len(again) == len(facts)
