"""Every door to a file writes down who looked before it shows anything, and shows nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponseBase
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver

from parvis.casework.accesses.selectors import accesses_to
from parvis.casework.documents.selectors import sent
from parvis.casework.documents.services import answer_request, keep
from parvis.casework.people.policies import Act, Capacity
from parvis.lib import clock
from tests.filing import ASK, OPEN, client, filed, officer
from tests.sending import disk, opened, pdf  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]

STAFF_DOORS = {
    "/en/applications/{number}/": Act.SEE,
    "/en/applications/{number}/answer/police-certificate/": Act.SEE,
    "/en/applications/{number}/documents/{document}/": Act.READ_SENT,
    "/api/applications/{number}": Act.SEE,
}
"""Doors open to staff, with what is written down there."""
CLIENTS_DOORS = {
    "/en/applications/{number}/file/",
    "/en/applications/{number}/file/accesses/",
    "/en/applications/{number}/file/archive/",
    "/en/applications/{number}/answer/police-certificate/easy/",
    "/api/applications/{number}/file",
    "/api/applications/{number}/file.zip",
    "/api/applications/{number}/accesses",
}
"""Doors open to nobody but the file's client."""
POSTED = {"/api/applications/{number}/answers/police-certificate": Act.SEE}


@pytest.fixture
def file(disk: object) -> tuple[int, dict[str, object]]:  # noqa: F811 - that fixture
    user, subject = client("ada@example.org")
    filed_one = filed(OPEN, ASK, client=subject)
    answer_request(
        application=filed_one.id,
        document="police-certificate",
        files=[keep(opened(pdf()))],
        by=user,
        at=clock.now(),
    )
    [one] = sent(filed_one.id)
    return filed_one.id, {"number": filed_one.number, "document": one.id}


@pytest.fixture
def staff() -> Browser:
    browser = Browser(raise_request_exception=False)
    browser.force_login(officer())
    return browser


@contextmanager
def accesses_cannot_be_written() -> Iterator[None]:
    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if "INTO accesses_access" in sql:
            raise DatabaseError("the table of accesses is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


def whole(answer: HttpResponseBase) -> bytes:
    return answer.getvalue() if answer.streaming else answer.content  # type: ignore[attr-defined]


def addresses(resolver: URLResolver | URLPattern, before: str = "") -> Iterator[str]:
    here = before + str(resolver.pattern)
    if isinstance(resolver, URLPattern):
        yield here
        return
    for one in resolver.url_patterns:
        yield from addresses(one, here)


def test_no_door_to_a_file_is_left_out_here() -> None:
    found = {one for one in addresses(get_resolver()) if "number>" in one}
    assert len(found) == len(STAFF_DOORS) + len(CLIENTS_DOORS) + len(POSTED)


@pytest.mark.parametrize("door", STAFF_DOORS)
def test_staff_who_look_are_written_down(
    staff: Browser, file: tuple[int, dict[str, object]], door: str
) -> None:
    id_, parts = file
    answer = staff.get(door.format(**parts))
    assert (answer.status_code, bool(whole(answer))) == (200, True)
    [one] = accesses_to(id_, most=2)
    assert (one.capacity, one.act) == (Capacity.OFFICER, STAFF_DOORS[door])


@pytest.mark.parametrize("door", STAFF_DOORS)
def test_nothing_is_shown_where_it_cannot_be_written_down(
    staff: Browser, file: tuple[int, dict[str, object]], door: str
) -> None:
    id_, parts = file
    with accesses_cannot_be_written():
        answer = staff.get(door.format(**parts))
    assert answer.status_code == 500
    assert str(parts["number"]).encode() not in whole(answer)
    assert accesses_to(id_, most=1) == []


@pytest.mark.parametrize("door", POSTED)
def test_an_answer_that_staff_may_not_give_is_a_look_all_the_same(
    staff: Browser, file: tuple[int, dict[str, object]], door: str
) -> None:
    id_, parts = file
    assert staff.post(door.format(**parts)).status_code == 409
    [one] = accesses_to(id_, most=2)
    assert one.act == POSTED[door]
    with accesses_cannot_be_written():
        assert staff.post(door.format(**parts)).status_code == 500


@pytest.mark.parametrize("door", sorted(CLIENTS_DOORS))
def test_what_is_the_clients_alone_is_not_there_for_anybody_else(
    staff: Browser, file: tuple[int, dict[str, object]], door: str
) -> None:
    id_, parts = file
    zoe = Browser()
    zoe.force_login(client("zoe@example.org")[0])
    ask = "post" if door.endswith(("archive/", "easy/")) else "get"
    for other in (staff, zoe):
        assert getattr(other, ask)(door.format(**parts)).status_code == 404
    assert getattr(Browser(), ask)(door.format(**parts)).status_code in (302, 401)
    assert accesses_to(id_, most=1) == []


def test_what_cannot_be_counted_is_not_handed_out(file: tuple[int, dict[str, object]]) -> None:
    from parvis.casework.people.selectors import user_by_email  # noqa: PLC0415

    ada = Browser(raise_request_exception=False)
    user = user_by_email("ada@example.org")
    assert user is not None
    ada.force_login(user)
    _, parts = file
    with accesses_cannot_be_written():
        for answer in (
            ada.post("/en/applications/{number}/file/archive/".format(**parts)),
            ada.get("/api/applications/{number}/file.zip".format(**parts)),
        ):
            assert answer.status_code == 500
            assert not answer.streaming


def test_a_search_that_finds_one_file_leads_to_its_page_which_is_what_counts(
    staff: Browser, file: tuple[int, dict[str, object]]
) -> None:
    id_, parts = file
    staff.get("/en/applications/", {"number": str(parts["number"])})
    assert accesses_to(id_, most=1) == []
    staff.get("/en/applications/", {"number": str(parts["number"])}, follow=True)
    assert len(accesses_to(id_, most=2)) == 1
