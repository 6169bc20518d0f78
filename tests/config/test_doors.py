"""Every door, in every capacity, with one's own file, a mandated, another's and a missing one."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from http import HTTPMethod
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver

from parvis.casework.documents.models import StoredDocument
from parvis.casework.documents.services import answer_request, keep
from parvis.casework.mandates.models import Mandate
from parvis.casework.mandates.status import MandateKind
from parvis.casework.people.models import User
from parvis.casework.people.policies import (
    DELEGABLE,
    GRANTED,
    NO_RELATION,
    Act,
    Capacity,
    Relation,
    may,
    relation_of,
)
from parvis.casework.people.roles import STAFF, Role
from parvis.casework.people.services import register_client
from parvis.config.doors import DOORS, OF_A_FILE, Entrance, Needed, allows
from parvis.lib import clock
from parvis.lib.references import application_number, subject_of
from parvis.readers.standards.counting import count
from tests.filing import ASK, OPEN, RECEIVED, filed
from tests.sending import VISIT, disk, opened, pdf  # noqa: F401 - a fixture
from tests.web.serving import static_files  # noqa: F401 - a fixture

METHODS = (HTTPMethod.GET, HTTPMethod.POST, HTTPMethod.PUT, HTTPMethod.PATCH, HTTPMethod.DELETE)
NOW = RECEIVED + timedelta(days=9)
MONTHS = "first=2023-01-01&last=2023-12-31"
QUERIES = {
    "/{language}/figures/files/": "kind=late",
    "/{language}/figures/files.csv": "kind=late",
    "/{language}/figures/dates/files/": f"told=most&came=kept&{MONTHS}",
    "/{language}/figures/dates/files.csv": f"told=most&came=kept&{MONTHS}",
    "/api/service-standards/files": "kind=late",
}
"""What a door must be asked to have something to show."""
BODIES = {
    "/{language}/applications/{number}/answer/{document}/": {"done_on": "2024-01-15"},
    "/api/applications/{number}/answers/{document}": {"done_on": "2024-01-15"},
}
"""What is sent to a door, so that it can be taken."""


class Came(NamedTuple):
    """Somebody who comes, to one of the files."""

    relation: Relation
    browser: Browser
    files: Mapping[str, tuple[str, Relation]]
    """Each file's number and how they relate to it, by what the file is to them."""


def addresses(
    patterns: list[URLPattern | URLResolver] | None = None, prefix: str = "/"
) -> Iterator[str]:
    """Yield the paths that there are."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(one.pattern))
        if isinstance(one, URLResolver):
            language = re.sub(r"^/(en|fr)/", "/{language}/", path)
            yield from addresses(one.url_patterns, language)
        else:
            yield path


def knock(browser: Browser, method: str, path: str, number: str) -> HttpResponseBase:
    """Return how a door answers, and leave nothing done behind."""
    with transaction.atomic():
        if method == "POST":
            answer = browser.post(at(path, number), BODIES.get(path))
        else:
            answer = browser.generic(method, at(path, number))
        if answer.streaming:
            b"".join(answer)
        transaction.set_rollback(True)
    return answer


def outcome(answer: HttpResponseBase) -> str:
    """Return how a door answered: in, out, or to be signed in first."""
    if answer.status_code == 401 or (
        answer.status_code == 302 and "/sign-in/?next=" in answer.headers["Location"]
    ):
        return "sign in"
    if answer.status_code in (403, 404, 409):
        return "out"
    assert answer.status_code < 500, answer.status_code
    assert answer.status_code != 405
    return "in"


def meant(needed: Needed, relation: Relation, exists: bool) -> str:
    """Return how a door is meant to answer."""
    if (
        needed not in (Entrance.EVERYBODY, Entrance.NOBODY)
        and relation.capacity is Capacity.ANYBODY
    ):
        return "sign in"
    return "in" if exists and allows(needed, relation) else "out"


def somebody(name: str, role: Role = Role.PERSON) -> User:
    return User.objects.create_user(f"{name}@example.org", role=role, joined_at=RECEIVED)


def signed_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


@pytest.fixture
def people(db: None, disk: Path, monkeypatch: pytest.MonkeyPatch) -> list[Came]:  # noqa: F811
    """Return somebody in each capacity, with the files that there are for them."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    ada, zoe = somebody("ada"), somebody("zoe")
    files = []
    for user in (ada, zoe):
        known = register_client(name="Example", language="en", user=user, by="test", at=RECEIVED)
        file = filed(OPEN, ASK, VISIT, client=known.id)
        files.append(file)
    mandates = {}
    for kind in MandateKind:
        role = Role.PARLIAMENT if kind is MandateKind.PARLIAMENT else Role.PERSON
        holder = somebody(kind, role)
        acts = DELEGABLE if kind is MandateKind.REPRESENTATIVE else {Act.SEE}
        given = Mandate.objects.create(
            client_id=files[0].client_id,
            kind=kind,
            address=holder.email,
            user=holder,
            acts=sorted(acts),
            begins_at=RECEIVED,
            given_at=RECEIVED,
            accepted_at=RECEIVED,
        )
        mandates[holder] = Relation(Capacity(kind), given.pk, frozenset(acts))
    [theirs, others] = [file.number for file in files]
    missing = application_number(10**9)
    nobody = Relation(Capacity.ANYBODY)

    def came(user: User, **known: tuple[str, Relation]) -> Came:
        own = relation_of(user)
        return Came(own, signed_in(user), known | {"missing": (missing, own)})

    everybody = [
        Came(
            nobody,
            Browser(),
            {"another's": (theirs, nobody), "missing": (missing, nobody)},
        ),
        came(
            ada,
            own=(theirs, Relation(Capacity.CLIENT)),
            anothers=(others, NO_RELATION),
        ),
        came(somebody("nobody"), anothers=(theirs, NO_RELATION)),
    ]
    for holder, relation in mandates.items():
        everybody.append(came(holder, mandated=(theirs, relation), anothers=(others, NO_RELATION)))
    for role in sorted(STAFF):
        user = somebody(role, role)
        everybody.append(came(user, anothers=(theirs, relation_of(user))))
    # Something was sent already, on each file.
    for user, file in zip((ada, zoe), files, strict=True):
        answer_request(
            application=file.pk,
            document="police-certificate",
            files=[keep(opened(pdf()))],
            by=user,
            at=NOW,
        )
    count(NOW)
    return everybody


def test_every_door_is_in_the_table_and_the_table_has_no_other() -> None:
    assert {door.partition(" ")[2] for door in DOORS} == set(addresses())


def at(path: str, number: str) -> str:
    """Return where a door of one file is."""
    sent = (
        StoredDocument.objects.filter(application_id=subject_of(number)).values_list("id").first()
    )
    where = path.format(
        language="en", number=number, document="medical-exam", id_=sent[0] if sent else 1
    )
    return f"{where}?{QUERIES[path]}" if path in QUERIES else where


@pytest.mark.parametrize("door", DOORS)
def test_a_door_opens_to_those_whom_the_table_names_and_to_nobody_else(
    door: str, people: list[Came]
) -> None:
    method, _, path = door.partition(" ")
    needed = DOORS[door]
    walked = 0
    for came in people:
        # A door that is of no file is of none.
        files = came.files if "{number}" in path else {"house": ("", came.relation)}
        for whose, (number, relation) in files.items():
            found = outcome(knock(came.browser, method, path, number))
            expected = meant(needed, relation, exists=whose != "missing")
            assert found == expected, (relation.capacity, whose)
            walked += 1
    assert walked >= len(Capacity)


@pytest.mark.parametrize(
    "path",
    sorted({door.partition(" ")[2] for door, needed in DOORS.items() if isinstance(needed, Act)}),
)
def test_a_door_takes_no_other_way_in(path: str, people: list[Came]) -> None:
    """Every other method is refused, so that none does what the table does not know of."""
    client = people[1]
    number, _ = client.files["own"]
    for method in METHODS:
        if f"{method} {path}" in DOORS:
            continue
        answer = client.browser.generic(method, at(path, number))
        assert answer.status_code in (404, 405), method


def test_whoever_acts_on_a_file_sees_it() -> None:
    for act in OF_A_FILE:
        assert GRANTED[act] <= GRANTED[Act.SEE], act


def test_a_mandate_lets_nobody_do_what_was_not_given() -> None:
    for act in OF_A_FILE:
        relation = Relation(Capacity.REPRESENTATIVE, 1, frozenset({Act.SEE}))
        assert may(act, relation) is (act is Act.SEE)
