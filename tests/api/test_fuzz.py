"""Whatever is asked of the API, by anybody, its answer is one that it declared."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client as Browser
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from tests.filing import ASK, OPEN, filed, officer

pytestmark = pytest.mark.django_db
SESSION = django_settings.SESSION_COOKIE_NAME
bounded = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def described(db: None) -> Iterator[BaseSchema]:
    """Return the API as it describes itself, asked in this process, on the test's connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", WSGIHandler())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def session() -> dict[str, str]:
    """Return the cookie of an officer who is signed in."""
    browser = Browser()
    browser.force_login(officer())
    return {SESSION: browser.cookies[SESSION].value}


def fuzz(schema: BaseSchema, cookies: dict[str, str], number: str | None = None) -> None:
    """Ask for what the description allows and for what it does not, and check each answer."""

    @bounded
    @given(case=schema["/api/applications/{number}"]["GET"].as_strategy())
    def ask(case: Case) -> None:
        if number is not None:
            case.path_parameters["number"] = number
        # There are two ways in: who comes without the header still has the session.
        case.call_and_validate(cookies=cookies, excluded_checks=[ignored_auth])

    ask()


def test_somebody_unknown_gets_a_declared_answer(described: BaseSchema) -> None:
    fuzz(described, {})


def test_an_officer_gets_a_declared_answer(described: BaseSchema, session: dict[str, str]) -> None:
    fuzz(described, session)


def test_a_file_is_answered_as_described(described: BaseSchema, session: dict[str, str]) -> None:
    fuzz(described, session, filed(OPEN, ASK).number)


def test_processing_times_are_answered_to_anybody_as_described(described: BaseSchema) -> None:
    @bounded
    @given(case=described["/api/processing-times"]["GET"].as_strategy())
    def ask(case: Case) -> None:
        case.call_and_validate()

    ask()


def test_an_exchange_of_anything_for_a_token_is_answered_as_described(
    described: BaseSchema,
) -> None:
    @bounded
    @given(case=described["/api/token"]["POST"].as_strategy())
    def ask(case: Case) -> None:
        # No key that is made up is good.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    ask()
