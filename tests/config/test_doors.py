"""Every door, in every capacity, with one's own file, a mandated, another's and a missing one."""

import re
from collections.abc import Iterator
from copy import deepcopy
from http import HTTPMethod
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from parvis.casework.cohorts.models import Cohort
from parvis.casework.documents.models import StoredDocument
from parvis.casework.enquiries.models import Attachment, Conversation
from parvis.casework.events.wall import lifted
from parvis.casework.people.models import User
from parvis.casework.people.policies import (
    GRANTED,
    Act,
    Capacity,
    Relation,
    may,
)
from parvis.config.doors import DOORS, OF_A_FILE, Entrance, Needed, allows
from parvis.lib import clock
from parvis.lib.references import enquiry_number, subject_of
from tests.behind_wall import wall  # noqa: F401 - a fixture
from tests.config.asking import link_at_the_end
from tests.config.coming import NOW, SERVICE, Came, everybody
from tests.sending import VISIT, disk, opened, pdf  # noqa: F401 - a fixture
from tests.web.serving import static_files  # noqa: F401 - a fixture

METHODS = (HTTPMethod.GET, HTTPMethod.POST, HTTPMethod.PUT, HTTPMethod.PATCH, HTTPMethod.DELETE)
MONTHS = "first=2023-01-01&last=2023-12-31"
DAY = "from=2024-01-12&to=2024-01-12"
QUERIES = {
    "/{language}/figures/files/": "kind=late",
    "/{language}/figures/files.csv": "kind=late",
    "/{language}/figures/dates/files/": f"likely=80&came=kept&{MONTHS}",
    "/{language}/figures/dates/files.csv": f"likely=80&came=kept&{MONTHS}",
    "/api/service-standards/files": "kind=late",
    "/{language}/figures/support/": DAY,
    "/{language}/figures/support/figures.csv": DAY,
}
"""What a door must be asked to have something to show."""
CODES = {
    "/{language}/assessments/{code}/": "crs",
    "/{language}/find/questions/{code}/": "age",
    "/{language}/find/results/{code}/": "study-permit",
    "/{language}/lines/{code}/": "general",
    "/{language}/support/articles/{code}/": "status",
    "/{language}/support/lines/{code}/": "general",
    "/{language}/support/lines/{code}/agents/": "general",
    "/{language}/support/lines/{code}/agents/return/": "general",
    "/{language}/support/lines/{code}/change/": "general",
    "/{language}/support/lines/{code}/close/": "general",
}
"""Of what is asked for by a code, one that there is."""
BODIES = {
    "/{language}/applications/{number}/answer/{document}/": {"done_on": "2024-01-15"},
    "/api/applications/{number}/answers/{document}": {"done_on": "2024-01-15"},
    "/{language}/enquiries/{enquiry}/write/": {"words": "And now?"},
    "/{language}/enquiries/helped/{sealed}/": {"solved": "yes", "ease": "no"},
}
"""What is sent to a door, so that it can be taken."""


SIDES = {
    "GET /{language}/mandates/{id_}/": {"gave", "offered", "holds"},
    # Accepted twice, it is accepted once.
    "POST /{language}/mandates/{id_}/accept/": {"offered", "holds"},
    "POST /{language}/mandates/{id_}/decline/": {"offered"},
    "POST /{language}/mandates/{id_}/end/": {"gave", "holds"},
}
"""Of those who may hold mandates, who may see one and do something about it."""
PARTS = ("id_", "pk", "key_id", "webhook", "cohort")
"""What stands in an address for one of several."""


class Knock(NamedTuple):
    """Somebody at a door."""

    where: str
    relation: Relation
    """How they relate to what is asked for."""
    is_there: bool
    """Whether what they ask for exists, and is theirs to see where no relation says so."""


def addresses(
    patterns: list[URLPattern | URLResolver] | None = None, prefix: str = "/"
) -> Iterator[str]:
    """Yield the paths that there are."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        # As Django writes a parameter, or as a regular expression does.
        named = re.sub(r"\(\?P<(\w+)>.*?\)(?=\W)|<(?:\w+:)?(\w+)>", _name, str(one.pattern))
        path = prefix + named.strip("^$")
        if isinstance(one, URLResolver):
            language = re.sub(r"^/(en|fr)/", "/{language}/", path)
            yield from addresses(one.url_patterns, language)
        else:
            yield path


def _name(found: re.Match[str]) -> str:
    return f"{{{found[1] or found[2]}}}"


def knock(browser: Browser, door: str, where: str) -> HttpResponseBase:
    """Return how a door answers, and leave nothing done behind."""
    method, _, path = door.partition(" ")
    cookies = deepcopy(browser.cookies)
    with transaction.atomic():
        if method == "POST":
            answer = browser.post(where, BODIES.get(path))
        else:
            answer = browser.generic(method, where)
        if answer.streaming:
            b"".join(answer)
        transaction.set_rollback(True)
    browser.cookies = cookies
    return answer


def outcome(answer: HttpResponseBase) -> str:
    """Return how a door answered: in, out, or to be signed in first."""
    is_page = answer["Content-Type"].startswith("text/html")
    if (answer.status_code == 401 and not is_page) or (
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


@pytest.fixture
def people(
    db: None,
    disk: Path,  # noqa: F811 - the fixture
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
) -> list[Came]:
    """Return somebody in each capacity, with the files and mandates that there are for them."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    app = SERVICE | {"settings": {"server_url": "http://127.0.0.1:9"}}
    settings.SOCIALACCOUNT_PROVIDERS = {"parvis_oidc": {"APPS": [app]}}
    return everybody()


def test_every_door_is_in_the_table_and_the_table_has_no_other() -> None:
    assert {door.partition(" ")[2] for door in DOORS} == set(addresses())


def at(path: str, **known: object) -> str:
    """Return where a door is."""
    where = path.format(
        **{
            "language": "en",
            "name": "crs",
            "code": CODES.get(path),
            "document": "medical-exam",
            "provider_id": "public",
            "uidb36": "1",
            "key": "x",
            "sealed": "1-x",
            "user": 1,
            "key_id": 1,
            "webhook": 1,
            "cohort": 1,
            "line": "general",
            "enquiry": "Q",
            "attachment": 1,
            "act": "note",
        }
        | known
    )
    return f"{where}?{QUERIES[path]}" if path in QUERIES else where


def of_a_file(path: str, number: str) -> str:
    """Return where a door of one file is."""
    with transaction.atomic(), lifted():
        sent = StoredDocument.objects.filter(application_id=subject_of(number))
        document = sent.values_list("id", flat=True).first() or 1
    return at(path, number=number, id_=document)


def knocks(door: str, came: Came) -> Iterator[Knock]:
    """Yield each way in which somebody may come to a door."""
    path = door.partition(" ")[2]
    if "/helped/" in path or "{enquiry}" in path or "{attachment}" in path:
        yield from _of_enquiries(path, came)
    elif came.software and not path.startswith("/api/"):
        number = came.files["mandated"][0]
        where = at(path, number=number, **dict.fromkeys(PARTS, 1))
        yield Knock(where, Relation(Capacity.ANYBODY), is_there=True)
    elif "{number}" in path:
        for whose, (number, relation) in came.files.items():
            yield Knock(of_a_file(path, number), relation, whose != "missing")
    elif "{sealed}" in path or "{user}" in path:
        yield from _of_messages(path, came)
    elif part := next((one for one in PARTS if f"{{{one}}}" in path), None):
        there = {
            "id_": came.mandates,
            "pk": came.passkeys,
            "key_id": came.keys,
            "webhook": came.webhooks,
            "cohort": {"own": Cohort.objects.latest("pk").pk, "missing": 10**9},
        }[part]
        for whose, id_ in there.items():
            yield Knock(at(path, **{part: id_}), came.relation, whose in SIDES.get(door, {"own"}))
    elif DOORS[door] is Act.MANDATE:
        # Only who is a client has something to give a mandate for.
        yield Knock(at(path), came.files.get("own", ("", came.relation))[1], is_there=True)
    else:
        yield Knock(at(path), came.relation, is_there=True)


def _of_enquiries(path: str, came: Came) -> Iterator[Knock]:
    relation = Relation(Capacity.ANYBODY) if came.software else came.relation
    if "/helped/" in path:
        link = link_at_the_end()
        for sealed, known in ((link, True), (f"{link}x", False)):
            yield Knock(at(path, sealed=sealed), relation, known)
    elif "/support/" not in path:
        for whose, number in came.questions.items():
            yield Knock(at(path, enquiry=number), relation, whose == "own")
    else:
        asked, paper = Conversation.objects.latest("pk").pk, Attachment.objects.latest("pk").pk
        for known in (True, False):
            parts = {"enquiry": enquiry_number(asked), "attachment": paper} if known else {}
            parts = parts or {"enquiry": enquiry_number(10**9), "attachment": 10**9}
            yield Knock(at(path, **parts), relation, known)


def _of_messages(path: str, came: Came) -> Iterator[Knock]:
    if "{sealed}" in path:
        for whose, name in came.messages.items():
            yield Knock(at(path, sealed=name), came.relation, whose == "own")
        return
    zoe = User.objects.get(email="zoe@example.org").pk
    for user in (zoe, 10**9):
        yield Knock(at(path, user=user), came.relation, user == zoe)


@pytest.mark.parametrize("behind", ["the first wall alone", "both walls"])
def test_a_door_opens_to_those_whom_the_table_names_and_to_nobody_else(
    behind: str, people: list[Came], request: pytest.FixtureRequest
) -> None:
    if behind == "both walls":
        request.getfixturevalue("wall")
    wrong, walked = [], set()
    for door, needed in DOORS.items():
        # No page takes a key: what those for most things do not open, no other does.
        api = " /api/" in door
        for came in (one for one in people if api or not one.narrow):
            for one in knocks(door, came):
                found = outcome(knock(came.browser, door, one.where))
                expected = meant(needed, one.relation, exists=one.is_there)
                walked.add((door, came.relation.capacity))
                if found != expected:
                    wrong.append(f"{came.relation.capacity} at {door}: {found}, not {expected}")
    assert not wrong, "\n".join(wrong)
    assert {door for door, _ in walked} == set(DOORS)


def test_a_door_takes_no_other_way_in(people: list[Came]) -> None:
    """Every other method is refused, so that none does what the table does not know of."""
    client = people[1]
    number, _ = client.files["own"]
    for path in {door.partition(" ")[2] for door, needed in DOORS.items() if needed in Act}:
        where = of_a_file(path, number)
        for method in METHODS:
            if f"{method} {path}" not in DOORS:
                assert client.browser.generic(method, where).status_code in (404, 405), (
                    method,
                    path,
                )


def test_whoever_acts_on_a_file_sees_it() -> None:
    for act in OF_A_FILE:
        assert GRANTED[act] <= GRANTED[Act.SEE], act


def test_a_mandate_lets_nobody_do_what_was_not_given() -> None:
    for act in OF_A_FILE:
        relation = Relation(Capacity.REPRESENTATIVE, 1, frozenset({Act.SEE}))
        assert may(act, relation) is (act is Act.SEE)
