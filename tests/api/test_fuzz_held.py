"""Whatever is asked of a whole file, by its client or by anybody, its answer is a declared one."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client as Browser
from hypothesis import given
from schemathesis import Case
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import ignored_auth

from tests.api.test_fuzz import SESSION, bounded
from tests.sending import disk  # noqa: F401 - a fixture
from tests.taking import Filed, answered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]
PATHS = [f"/api/applications/{{number}}/{path}" for path in ("file", "file.zip", "accesses")]


@pytest.fixture
def described(db: None) -> Iterator[BaseSchema]:
    """Return the API as it describes itself, asked in this process, on the test's connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", WSGIHandler())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def ada() -> tuple[Filed, dict[str, str]]:
    """Return a file, and the cookie of its client who is signed in."""
    one, browser = answered(), Browser()
    browser.force_login(one.user)
    return one, {SESSION: browser.cookies[SESSION].value}


def fuzz(schema: BaseSchema, path: str, cookies: dict[str, str], number: str | None) -> None:
    """Ask for what the description allows and for what it does not, and check each answer."""

    @bounded
    @given(case=schema[path]["GET"].as_strategy())
    def ask(case: Case) -> None:
        if number is not None:
            case.path_parameters["number"] = number
        case.call_and_validate(cookies=cookies, excluded_checks=[ignored_auth])

    ask()


@pytest.mark.parametrize("path", PATHS)
def test_somebody_unknown_gets_a_declared_answer(described: BaseSchema, path: str) -> None:
    fuzz(described, path, {}, None)


@pytest.mark.parametrize("path", PATHS)
def test_a_client_gets_a_declared_answer(
    described: BaseSchema, ada: tuple[Filed, dict[str, str]], path: str
) -> None:
    one, cookies = ada
    fuzz(described, path, cookies, None)
    fuzz(described, path, cookies, one.number)
