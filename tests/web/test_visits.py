"""What is new since the last visit is marked, and a first visit has nothing to compare with."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from parvis.casework.applications import services
from parvis.casework.applications.models import Application
from parvis.casework.people.models import User
from parvis.lib import clock
from tests.filing import OPEN, PASSWORD, RECEIVED, client, filed

pytestmark = pytest.mark.django_db
ADA = "ada@example.org"
DAY = timedelta(days=1)


@pytest.fixture
def file(monkeypatch: pytest.MonkeyPatch) -> Application:
    """Return Ada's file, of which the house learned on 17 January 2024."""
    monkeypatch.setattr(clock, "now", lambda: RECEIVED + 5 * DAY)
    _, ada = client(ADA)
    return filed(OPEN, client=ada)


def visit(file: Application, language: str = "en") -> str:
    browser = Browser()
    signed_in = browser.post(f"/{language}/sign-in/", {"login": ADA, "password": PASSWORD})
    assert signed_in.status_code == 302
    return browser.get(f"/{language}/applications/{file.number}/").content.decode()


def last_came(days: int) -> None:
    User.objects.filter(email=ADA).update(last_login=RECEIVED + days * DAY)


def test_the_first_visit_marks_nothing(file: Application) -> None:
    page = visit(file)
    assert "last visit" not in page
    assert 'class="new"' not in page


def test_what_we_learned_since_the_last_visit_is_marked(
    file: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: RECEIVED + 9 * DAY)
    services.complete_section(
        application=file, section="background", by="test", at=RECEIVED + 3 * DAY
    )
    last_came(6)
    page = visit(file)
    assert "1 thing is new since your last visit on 18 January 2024." in page
    assert page.count('class="new"') == 1
    last_came(4)
    page = visit(file, "fr")
    assert "3 éléments nouveaux depuis votre dernière visite, le 16 janvier 2024." in page
    assert page.count('class="new"') == 3


def test_where_nothing_happened_it_says_so(file: Application) -> None:
    last_came(6)
    assert "Nothing is new since your last visit on 18 January 2024." in visit(file)
    last_came(6)
    assert "Rien de nouveau depuis votre dernière visite, le 18 janvier 2024." in visit(file, "fr")
