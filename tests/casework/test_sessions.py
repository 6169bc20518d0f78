"""Sessions are sealed as Django seals them, and bring along what is theirs alone."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DjangoStore
from django.core import signing
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


def test_a_session_is_sealed_as_django_seals_it() -> None:
    kept = SessionStore().encode(KEPT)
    salt = SessionStore().key_salt
    assert signing.loads(kept, salt=salt, serializer=SessionStore().serializer) == KEPT
    assert SessionStore().decode(kept) == KEPT
    assert SessionStore().decode(DjangoStore().encode(KEPT)) == KEPT


def test_a_broken_seal_holds_nothing(caplog: pytest.LogCaptureFixture) -> None:
    kept = SessionStore().encode(KEPT)
    data, moment, seal = kept.rsplit(":", 2)
    other = "A" if seal[0] != "A" else "B"
    for broken in (f"{data}:{moment}:{other}{seal[1:]}", f"{data}:{moment}:", data, ""):
        assert SessionStore().decode(broken) == {}
    assert "corrupted" in caplog.text
    unreadable = signing.TimestampSigner(salt=SessionStore().key_salt).sign("bm90IEpTT04")
    assert SessionStore().decode(unreadable) == {}


def test_an_older_secret_still_opens_it_while_it_is_kept() -> None:
    kept = SessionStore().encode(KEPT)
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):  # noqa: S106
        assert SessionStore().decode(kept) == KEPT
    with override_settings(SECRET_KEY="another"):  # noqa: S106 - of this test
        assert SessionStore().decode(kept) == {}


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
