"""The list of all clients whose mandates somebody holds: sifted, in pages, and to take along."""

import pytest
from pytest_django import DjangoAssertNumQueries

from parvis.casework.applications.models import Application
from parvis.casework.people.models import User
from tests.casework.mandates.giving import held
from tests.filing import ASK, client, filed
from tests.web.mandates.looking import signed_in, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]


def test_the_list_of_all_clients_takes_few_queries_whatever_its_size(
    ada: User, rita: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    held(ada, rita)
    theirs = signed_in(rita)
    for files in (1, 60):
        for _ in range(files):
            filed(client=ada.client.pk)
        with django_assert_num_queries(3):  # session and user, which files and in all, those shown
            told = words(theirs, "/en/clients/")
    assert "1 to 50 of 61." in told
    assert "51 to 61 of 61." in words(theirs, "/en/clients/?page=2")
    assert "There are no more." in words(theirs, "/en/clients/?page=9")


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=9" + "9" * 30, "turn=x"])
def test_an_address_that_asks_for_nonsense_is_answered_with_the_list(
    ada: User, file: Application, rita: User, query: str
) -> None:
    held(ada, rita)
    assert signed_in(rita).get(f"/en/clients/?{query}").status_code == 200


def test_the_list_is_a_table_to_take_along_that_no_spreadsheet_calculates(rita: User) -> None:
    eve, subject = client("eve@example.org", name='=HYPERLINK("x")')
    late, ours = filed(ASK, client=subject), filed(client=subject)
    held(eve, rita)
    theirs = signed_in(rita)
    answer = theirs.get("/en/clients/files.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "no-store" in answer.headers["cache-control"]
    head, *lines = b"".join(answer).decode().splitlines()
    assert head == "number,client,program,turn,due_on,overdue,status,received_on"
    assert lines[0].startswith(f"{late.number},\"'=HYPERLINK")
    assert ",study-permit,client,2024-03-01,yes,waiting_on_client,2024-01-12" in lines[0]
    assert lines[1].startswith(ours.number)
    sifted = theirs.get("/en/clients/files.csv?turn=client")
    assert len(b"".join(sifted).decode().splitlines()) == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [("turn=client", True), ("turn=nobody", False), ("search=ADA", True), ("overdue=yes", True)],
)
def test_the_list_is_sifted_by_its_address(
    ada: User, file: Application, rita: User, query: str, found: bool
) -> None:
    held(ada, rita)
    told = words(signed_in(rita), f"/fr/clients/?{query}")
    assert (file.number in told) is found
    assert ("Aucune demande ne correspond." in told) is not found
