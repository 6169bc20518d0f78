"""Texts go out by a gateway over HTTP: a real one, and what each of its answers means."""

import json
import time
from collections.abc import Iterator

import pytest

from parvis.casework.notices.ways import Letter, NotNow, Refused, Unreachable, Unsure
from parvis.channels.texts import gateway
from parvis.channels.texts.gateway import Gateway
from tests.channels.webhooks.receiving import Receiver, ok, receiving
from tests.mailing import free_port

NAME = "2a-mfrggzdfmztwq2lk"
LETTER = Letter(NAME, "+16135550123", "fr", "", "Du nouveau pour vous.", "")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one:
        yield one


def sender(receiver: Receiver) -> Gateway:
    return Gateway(receiver.url, "a-token")


def test_a_text_is_handed_over_with_its_name_and_over_one_line(receiver: Receiver) -> None:
    one = sender(receiver)
    for _ in range(2):
        one.send(LETTER)
    one.close()
    first, again = receiver.came
    assert json.loads(first.body) == {
        "to": "+16135550123",
        "text": "Du nouveau pour vous.",
        "reference": NAME,
    }
    assert first.headers["authorization"] == "Bearer a-token"
    assert first.headers["idempotency-key"] == again.headers["idempotency-key"] == NAME
    assert first.headers["connection"] == "keep-alive"


@pytest.mark.parametrize(
    ("answer", "means"),
    [
        # Of the number, for good.
        (ok("400 Bad Request"), Refused),
        (ok("422 Unprocessable Content"), Refused),
        # Of us, or for now: a wrong token or address is no fault of anybody's number.
        (ok("401 Unauthorized"), NotNow),
        (ok("403 Forbidden"), NotNow),
        (ok("404 Not Found"), NotNow),
        (ok("429 Too Many Requests"), NotNow),
        (ok("503 Service Unavailable"), NotNow),
        # The text may have gone before it failed.
        (ok("500 Internal Server Error"), Unsure),
        (ok("502 Bad Gateway"), Unsure),
        (ok("504 Gateway Timeout"), Unsure),
        # Neither line nor answer.
        (b"", Unsure),
        (b"\x00\xff garbage\r\n\r\n", Unsure),
        (b"HTTP/1.1 ", Unsure),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\ncut", None),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nxyz", None),
    ],
)
def test_what_each_answer_means(
    receiver: Receiver,
    answer: bytes,
    means: type[Exception] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gateway, "_TIMEOUT_S", 2)  # of one that is cut, the rest is waited for
    receiver.say = lambda _: answer
    one = sender(receiver)
    if means is None:
        one.send(LETTER)
    else:
        with pytest.raises(means):
            one.send(LETTER)
    one.close()
    assert len(receiver.came) == 1


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary Redirect"])
def test_no_redirect_is_followed_and_the_token_goes_nowhere_else(
    receiver: Receiver, status: str
) -> None:
    with receiving() as elsewhere:
        receiver.say = lambda _: ok(status, f"Location: {elsewhere.url}")
        with pytest.raises(NotNow):
            sender(receiver).send(LETTER)
        assert elsewhere.came == []


def test_nobody_knows_of_a_gateway_that_is_slow(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "_TIMEOUT_S", 0.2)

    def slowly(_: int) -> bytes:
        time.sleep(1)
        return ok()

    receiver.say = slowly
    with pytest.raises(Unsure):
        sender(receiver).send(LETTER)
    assert len(receiver.came) == 1


def test_a_gateway_that_is_not_there_took_nothing_and_is_found_once_it_is() -> None:
    with pytest.raises(Unreachable):
        Gateway(f"http://127.0.0.1:{free_port()}/", "a-token").send(LETTER)
    with pytest.raises(Unreachable):
        Gateway("http://nobody.invalid/", "a-token").send(LETTER)


def test_a_line_that_went_stale_is_opened_anew(receiver: Receiver) -> None:
    # The receiver hangs up after what is no success.
    receiver.say = lambda nth: ok("503 No") if nth == 1 else ok()
    one = sender(receiver)
    with pytest.raises(NotNow):
        one.send(LETTER)
    time.sleep(0.3)  # until we can know that it has
    one.send(LETTER)
    one.close()
    assert len(receiver.came) == 2
