"""Keys at the API: what they open, to whom, and everything that they do not."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from parvis.api import applications
from parvis.casework.accesses.selectors import accesses_to
from parvis.casework.events import log
from parvis.casework.keys.models import Key, Token
from parvis.casework.keys.services import revoke_key
from parvis.casework.mandates.models import Mandate
from parvis.casework.people.models import User
from parvis.casework.people.policies import Act, ActRefused, Capacity
from parvis.casework.people.roles import STAFF, Role
from parvis.lib import clock
from parvis.readers.standards.counting import count
from parvis.readers.tracker import file_page
from tests.behind_wall import wall  # noqa: F401 - a fixture
from tests.casework.keys.making import a_key, another_system, with_key
from tests.filing import OPEN, RECEIVED, client, filed
from tests.sending import disk  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def somebody(name: str, role: Role = Role.PERSON) -> User:
    return User.objects.create_user(f"{name}@example.org", role=role, joined_at=RECEIVED)


def mandated(to: User, client_id: int | None, *acts: str) -> Mandate:
    return Mandate.objects.create(
        client_id=client_id,
        kind="representative",
        address=to.email,
        user=to,
        acts=list(acts or ("answer", "see")),
        begins_at=RECEIVED,
        given_at=RECEIVED,
        accepted_at=RECEIVED,
    )


def asked(software: Browser, number: str) -> tuple[int, dict[str, Any]]:
    answer = software.get(f"/api/applications/{number}")
    return answer.status_code, json.loads(answer.content)


def exchanged(**form: str) -> tuple[int, dict[str, Any]]:
    answer = Browser().post("/api/token", {"grant_type": "client_credentials"} | form)
    assert answer["Cache-Control"] == "no-store"
    return answer.status_code, json.loads(answer.content)


def test_another_system_reads_files_of_its_programs_and_it_is_written_down() -> None:
    key = a_key(another_system(), "see", programs=["study-permit"])
    theirs, other = filed(OPEN), filed(OPEN, program="work-permit")
    software = with_key(key.secret)
    assert asked(software, theirs.number)[0] == 200
    assert asked(software, other.number) == asked(software, "P9999999998")
    assert asked(software, other.number)[0] == 404
    [one] = accesses_to(theirs.pk, most=5)
    assert (one.capacity, one.act) == (Capacity.SYSTEM, Act.SEE)
    assert accesses_to(other.pk, most=5) == []


def test_officers_notes_are_told_to_whoever_was_given_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number, told = filed(OPEN).number, []

    def page(*args: Any, officer: bool) -> Any:
        told.append(officer)
        return file_page(*args, officer=officer)

    monkeypatch.setattr(applications, "file_page", page)
    for acts in (("see",), ("see", "see-notes")):
        assert asked(with_key(a_key(another_system(), *acts).secret), number)[0] == 200
    assert told == [False, True]


def test_a_representatives_software_sees_what_its_mandates_show_and_no_more() -> None:
    rita, (_, ada) = somebody("rita"), client("ada@example.org")
    mandate, file, other = mandated(rita, ada), filed(OPEN, client=ada), filed(OPEN)
    software = with_key(a_key(rita).secret)
    assert asked(software, file.number)[0] == 200
    assert asked(software, other.number)[0] == 404
    [one] = accesses_to(file.pk, most=5)
    assert (one.capacity, one.user) == (Capacity.REPRESENTATIVE, rita.pk)
    Mandate.objects.filter(pk=mandate.pk).update(ended_at=clock.now())
    assert asked(software, file.number)[0] == 404


@pytest.mark.usefixtures("disk")
@pytest.mark.parametrize(("acts", "status"), [(("see",), 409), (("see", "answer"), 201)])
def test_software_answers_only_where_its_key_is_for_it(acts: tuple[str, ...], status: int) -> None:
    rita, (_, ada) = somebody("rita"), client("ada@example.org")
    mandated(rita, ada)
    visit = ("ask_client", {"document": "medical-exam", "section": None, "due_on": None})
    file = filed(OPEN, visit, client=ada)
    software = with_key(a_key(rita, *acts).secret)
    software.handler.enforce_csrf_checks = True
    sent = software.post(
        f"/api/applications/{file.number}/answers/medical-exam", {"done_on": "2024-01-15"}
    )
    assert sent.status_code == status, sent.content


def test_a_key_for_answering_sees_what_it_answers() -> None:
    user, ada = client("ada@example.org")
    assert asked(with_key(a_key(user, "answer").secret), filed(OPEN, client=ada).number)[0] == 200


def test_a_whole_file_is_taken_along_by_its_client_and_by_no_key_of_theirs() -> None:
    user, ada = client("ada@example.org")
    number = filed(OPEN, client=ada).number
    software = with_key(a_key(user, "see", "answer").secret)
    for part in ("/file", "/file.zip", "/accesses"):
        assert software.get(f"/api/applications/{number}{part}").status_code == 404


def test_a_key_opens_no_page_and_no_other_site() -> None:
    software = with_key(a_key(somebody("rita")).secret)
    for page in ("/en/applications/", "/en/account/", "/en/keys/"):
        assert "/sign-in/" in software.get(page)["Location"]


WRONG = {
    "nothing": "",
    "garbled": "parvis_\x00é",
    "unknown": "parvis_" + "A" * 43,
    "endless": "parvis_" + "A" * 100_000,
    "another kind": "parvis-token_" + "A" * 43,
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_no_key_opens_nothing_and_says_no_more(what: str) -> None:
    file = filed(OPEN)
    refused = asked(with_key(WRONG[what]), file.number)
    assert (refused[0], refused[1]["code"]) == (401, "key_refused")


@pytest.mark.parametrize("over", ["expired", "revoked", "closed", "staff by now", "digest"])
def test_a_key_that_is_over_is_answered_like_one_that_never_was(over: str) -> None:
    user, ada = client("ada@example.org")
    file, key = filed(OPEN, client=ada), a_key(user)
    software = with_key(key.secret)
    assert asked(software, file.number)[0] == 200
    if over == "expired":
        Key.objects.update(made_at=RECEIVED, expires_at=RECEIVED + timedelta(days=1))
    elif over == "revoked":
        revoke_key(key=key.id, by=user, at=clock.now())
    elif over == "closed":
        User.objects.filter(pk=user.pk).update(is_active=False)
    elif over == "staff by now":
        User.objects.filter(pk=user.pk).update(role=Role.OFFICER)
    else:  # whoever reads the database has its digest alone
        digest = bytes(Key.objects.get().digest)
        software = with_key(f"parvis_{base64.urlsafe_b64encode(digest).decode()}")
    assert asked(software, file.number) == asked(with_key(WRONG["unknown"]), file.number)


def test_a_wrong_key_is_not_made_good_by_a_session() -> None:
    user, ada = client("ada@example.org")
    browser = Browser(headers={"Authorization": "Bearer parvis_wrong"})
    browser.force_login(user)
    assert asked(browser, filed(OPEN, client=ada).number)[0] == 401
    assert browser.get("/api/service-standards").status_code == 401


def test_figures_are_opened_by_a_key_for_them_alone() -> None:
    filed(OPEN)
    count(clock.now())
    for acts, status in ((("see",), 403), (("open-figures",), 200)):
        software = with_key(a_key(another_system(), *acts).secret)
        assert software.get("/api/service-standards/files?kind=late").status_code == status


def test_a_key_is_exchanged_for_a_token_and_for_less() -> None:
    user, ada = client("ada@example.org")
    file, key = filed(OPEN, client=ada), a_key(user, "see", "answer", days=0.01)
    status, told = exchanged(client_id=str(key.id), client_secret=key.secret, scope="see")
    assert (status, told["scope"], told["token_type"]) == (200, "see", "Bearer")
    assert told["expires_in"] in (863, 864)  # no longer than its key
    assert asked(with_key(told["access_token"]), file.number)[0] == 200
    assert Token.objects.get().acts == ["see"]
    basic = base64.b64encode(f"{key.id}:{key.secret}".encode()).decode()
    whole = Browser().post(
        "/api/token",
        {"grant_type": "client_credentials"},
        headers={"Authorization": f"Basic {basic}"},
    )
    assert set(whole.json()["scope"].split()) == {"see", "answer"}
    revoke_key(key=key.id, by=None, at=clock.now())
    assert asked(with_key(told["access_token"]), file.number)[0] == 401


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"client_secret": "parvis_" + "A" * 43}, 401, "invalid_client"),
        ({"client_id": "1"}, 401, "invalid_client"),
        ({"client_id": "9" * 400}, 401, "invalid_client"),
        ({"client_id": "\0"}, 401, "invalid_client"),
        ({"scope": "see find"}, 400, "invalid_scope"),
        ({"scope": "see-notes"}, 400, "invalid_scope"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": "authorization_code"}, 400, "unsupported_grant_type"),
    ],
)
def test_an_exchange_that_is_not_in_order_is_refused(
    form: dict[str, str], status: int, error: str
) -> None:
    key = a_key(somebody("rita"))
    good = {"client_id": str(key.id), "client_secret": key.secret}
    assert exchanged(**(good | form))[0] == status
    assert exchanged(**(good | form))[1]["error"] == error
    assert not Token.objects.exists()


def test_an_address_that_fails_too_often_waits_and_no_other_does() -> None:
    user, ada = client("ada@example.org")
    file, key = filed(client=ada), a_key(user)
    good = {"client_id": str(key.id), "client_secret": key.secret}
    wrong = good | {"client_secret": "parvis_" + "A" * 43}
    for _ in range(30):
        assert exchanged(**good)[0] == 200
        assert exchanged(**wrong)[0] == 401
    browser = Browser()
    answer = browser.post("/api/token", {"grant_type": "client_credentials"} | good)
    assert (answer.status_code, answer["Retry-After"]) == (429, "300")
    assert answer.json()["error"] == "slow_down"
    elsewhere = Browser(REMOTE_ADDR="192.0.2.7")
    told = elsewhere.post("/api/token", {"grant_type": "client_credentials"} | good)
    assert told.status_code == 200
    # A key, or a token that was given before, goes on opening files.
    assert asked(with_key(key.secret), file.number)[0] == 200


def test_a_token_is_over_in_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    key = a_key(somebody("rita"))
    _, told = exchanged(client_id=str(key.id), client_secret=key.secret)
    now, number = clock.now(), filed(OPEN).number
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=59))
    assert asked(with_key(told["access_token"]), number)[0] == 404
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=61))
    assert asked(with_key(told["access_token"]), number)[0] == 401


def test_nothing_that_is_kept_or_told_holds_the_key() -> None:
    rita = somebody("rita")
    key = a_key(rita)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(k)::text FROM keys_key k")
        assert key.secret not in cursor.fetchone()[0]
        cursor.execute("SELECT payload::text FROM events_event WHERE subject_id = %s", [key.id])
        assert key.secret.removeprefix("parvis_") not in cursor.fetchone()[0]


def test_making_and_revoking_are_facts() -> None:
    rita = somebody("rita")
    key = a_key(rita, "see", programs=["study-permit"])
    revoke_key(key=key.id, by=rita, at=clock.now())
    revoke_key(key=key.id, by=rita, at=clock.now())
    made, revoked = log.history(key.id)
    assert (made.fact.KIND, made.by) == ("account.key-made", "house")
    assert (revoked.fact.KIND, revoked.by) == ("account.key-revoked", rita.ref)


def test_the_last_use_is_told_and_written_once_a_minute(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user, ada = client("ada@example.org")
    file, key = filed(OPEN, client=ada), a_key(user)
    assert Key.objects.get().last_used_at is None
    software, now = with_key(key.secret), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    asked(software, file.number)
    assert Key.objects.get().last_used_at == now
    with django_assert_num_queries(3):  # who, file, history: as a session's
        asked(software, file.number)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=61))
    asked(software, file.number)
    assert Key.objects.get().last_used_at == now + timedelta(seconds=61)


@pytest.mark.parametrize("role", sorted(STAFF))
def test_nobody_who_works_here_has_keys(role: Role) -> None:
    with pytest.raises(ActRefused):
        a_key(somebody("one", role))


def test_the_second_wall_knows_what_a_key_covers(request: pytest.FixtureRequest) -> None:
    user, ada = client("ada@example.org")
    study, work = filed(OPEN, client=ada), filed(OPEN, program="work-permit", client=ada)
    foreign = filed(OPEN)
    case = another_system()
    keys = {
        "all": (a_key(case, "see"), {study.pk, work.pk, foreign.pk}),
        "one program": (a_key(case, "see", programs=["work-permit"]), {work.pk}),
        "figures": (a_key(case, "open-figures"), set()),
        "own": (a_key(user), {study.pk, work.pk}),
        "own, one program": (a_key(user, programs=["work-permit"]), {work.pk}),
    }
    request.getfixturevalue("wall")
    with connection.cursor() as cursor:
        for what, (key, shown) in keys.items():
            with_key(key.secret).get("/api/applications/P9999999998")
            # The connection still knows who asked; a query that forgot its condition comes next.
            connection.asker_is_stale = False  # type: ignore[attr-defined]
            cursor.execute("SELECT id FROM applications_application")
            assert {row[0] for row in cursor.fetchall()} == shown, what
            cursor.execute(
                "SELECT DISTINCT subject_id FROM events_event e WHERE EXISTS (SELECT FROM"
                " events_subject s WHERE s.id = e.subject_id AND s.kind = 'application')"
            )
            assert {row[0] for row in cursor.fetchall()} == shown, what
