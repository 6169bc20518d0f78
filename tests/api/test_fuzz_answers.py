"""Whatever is posted as an answer, by anybody, what comes back is one that the API declared."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import given
from schemathesis import Case
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.api.test_fuzz import SESSION, bounded
from tests.filing import ASK, OPEN, client, filed
from tests.sending import disk  # noqa: F401 - a fixture
from tests.web.test_answering import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]
TOKEN = "t" * 32


def closing(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    """Answer as a server does: once the answer is sent, what came with the request is let go."""
    answer = WSGIHandler()(environ, start)
    try:
        return list(answer)
    finally:
        answer.close()


@pytest.fixture
def described(db: None) -> Iterator[BaseSchema]:
    """Return the API as it describes itself, asked in this process, on the test's connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", closing)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("token", [TOKEN, None], ids=["with its token", "without its token"])
@pytest.mark.parametrize("known", [True, False], ids=["a client", "somebody unknown"])
def test_an_answer_is_answered_as_described(
    described: BaseSchema,
    known: bool,
    token: str | None,
) -> None:
    user, subject = client("ada@example.org")
    number = filed(OPEN, ASK, client=subject).number
    cookies = {"csrftoken": TOKEN}
    if known:
        cookies[SESSION] = signed_in(user).cookies[SESSION].value

    @bounded
    @given(case=described["/api/applications/{number}/answers/{document}"]["POST"].as_strategy())
    def post(case: Case) -> None:
        case.path_parameters |= {"number": number, "document": "police-certificate"}
        case.call_and_validate(
            cookies=cookies,
            headers={"X-CSRFToken": token} if token else {},
            # What is well formed may still be no picture, or nothing that we wait for.
            excluded_checks=[positive_data_acceptance],
        )

    post()
