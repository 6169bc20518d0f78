"""What the server is given: a whole answer as a list, anything else piece by piece."""

from collections.abc import Iterable
from contextlib import closing
from io import BytesIO

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.signals import request_finished, request_started
from django.test.client import RequestFactory

from tests.web.serving import static_files  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def asked(path: str, **headers: str) -> tuple[str, Iterable[bytes]]:
    """Ask what the server calls; return the status and the body as it came."""
    from parvis.config.wsgi import application  # noqa: PLC0415 - it readies the process it is in

    said: list[str] = []
    environ = RequestFactory().get(path, **headers).environ | {"wsgi.input": BytesIO()}
    body = application(environ, lambda status, headers: said.append(status))
    return said[0], body


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep this process as it is: nothing is warmed up, frozen or no longer told."""
    monkeypatch.setattr("parvis.config.warming.keep_warm", lambda: None)
    monkeypatch.setattr("gc.freeze", lambda: None)
    monkeypatch.setattr("gc.set_threshold", lambda *thresholds: None)
    for signal in (request_started, request_finished):
        monkeypatch.setattr(signal, "disconnect", lambda receiver: None)


def test_a_whole_answer_is_given_at_once_and_is_over() -> None:
    over: list[object] = []

    def hears(**told: object) -> None:
        over.append(told)

    request_finished.connect(hears)  # weakly: gone with this test
    status, body = asked("/api/openapi.json")
    assert status == "200 OK"
    assert isinstance(body, list)
    assert b"".join(body).startswith(b"{")
    assert len(over) == 1


@pytest.mark.usefixtures("static_files")
def test_a_file_is_given_piece_by_piece() -> None:
    status, body = asked(staticfiles_storage.url("parvis.css"))
    assert status == "200 OK"
    assert not isinstance(body, list)
    with closing(body):  # type: ignore[type-var]  # as PEP 3333 has it
        assert b"{" in b"".join(body)
