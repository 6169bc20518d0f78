"""Sessions are kept as they are, and bring along what is theirs alone."""

import json
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DjangoStore
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext, override_settings

from parvis.casework.mandates.models import Mandate
from parvis.casework.mandates.status import MandateKind
from parvis.casework.people.models import Session
from parvis.casework.people.sessions import SessionStore
from parvis.lib import clock
from tests.filing import ASK, OPEN, client, filed, officer
from tests.web.serving import static_files  # noqa: F401 - a fixture

KEPT = {"_auth_user_id": "1", "visited_before": "2024-01-12T09:00:00+00:00", "é": ["x"] * 200}


def test_a_session_is_kept_as_it_is() -> None:
    kept = SessionStore().encode(KEPT)
    assert json.loads(kept) == KEPT
    assert SessionStore().decode(kept) == KEPT


@pytest.mark.parametrize("broken", ["", "{", "[]", "1", DjangoStore().encode(KEPT)])
def test_what_cannot_be_read_holds_nothing(broken: str) -> None:
    assert SessionStore().decode(broken) == {}


def test_what_no_session_can_hold_is_refused_when_it_is_kept() -> None:
    with pytest.raises(TypeError):
        SessionStore().encode({"who": object()})


@pytest.mark.django_db
def test_with_another_secret_everybody_is_signed_out_but_while_the_old_one_is_kept() -> None:
    ada, _ = client("ada@example.org")
    browser = Browser()
    browser.force_login(ada)
    path = "/en/applications/"
    with override_settings(SECRET_KEY="another"):  # noqa: S106 - of this test
        assert browser.get(path).status_code == HTTPStatus.FOUND
    browser.force_login(ada)
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):  # noqa: S106
        assert browser.get(path).status_code == HTTPStatus.OK


@pytest.mark.django_db
def test_whoever_writes_into_a_session_is_nobody_without_the_secret() -> None:
    ada, _ = client("ada@example.org")
    zoe, _ = client("zoe@example.org")
    browser = Browser()
    browser.force_login(zoe)
    row = Session.objects.get(session_key=browser.cookies[settings.SESSION_COOKIE_NAME].value)
    held = json.loads(row.session_data) | {SESSION_KEY: str(ada.pk)}
    row.session_data, row.user_id = json.dumps(held), ada.pk
    row.save()
    assert browser.get("/en/applications/").status_code == HTTPStatus.FOUND


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/applications/{}/", "/api/applications/{}"])
@pytest.mark.parametrize("who", ["their client", "another", "a holder", "an officer", "nobody"])
def test_who_sees_a_file_is_the_same_whether_it_comes_along_or_not(
    path: str, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, known = client("ada@example.org")
    zoe, _ = client("zoe@example.org")
    rita, _ = client("rita@example.org")
    file = filed(OPEN, ASK, client=known)
    Mandate.objects.create(
        client_id=known,
        user=rita,
        kind=MandateKind.THIRD_PARTY,
        address="rita@example.org",
        acts=["see"],
        given_at=clock.now() - timedelta(days=2),
        begins_at=clock.now() - timedelta(days=2),
        accepted_at=clock.now() - timedelta(days=1),
    )
    browser = Browser()
    users = {"their client": ada, "another": zoe, "a holder": rita, "an officer": officer()}
    if who in users:
        browser.force_login(users[who])
    where = path.format(file.number)
    browser.get(where)  # reads the figures, for five minutes
    with CaptureQueriesContext(connection) as asked:
        along = browser.get(where)
        queries = len(asked)
    door = "web.client.views" if path.startswith("/en") else "api.applications"
    monkeypatch.setattr(f"parvis.{door}.along_with_session", lambda number: None)
    alone = browser.get(where)
    assert (along.status_code, along.content) == (alone.status_code, alone.content)
    told = who in {"their client", "a holder", "an officer"}
    assert told is (file.number in along.content.decode() and along.status_code == 200)
    few = {"their client": 1, "another": 2, "a holder": 4, "an officer": 4, "nobody": 0}
    assert queries == few[who]


@pytest.mark.django_db
def test_what_came_along_is_of_the_number_that_was_asked_for() -> None:
    ada, known = client("ada@example.org")
    one, other = (filed(OPEN, client=known) for _ in range(2))
    browser = Browser()
    browser.force_login(ada)
    for file in (one, other, one):
        told = browser.get(f"/api/applications/{file.number}").json()
        assert told["number"] == file.number
    assert Session.objects.count() == 1
