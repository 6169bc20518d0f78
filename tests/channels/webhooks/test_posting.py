"""Where webhooks lead, and what is made of receivers that are slow, send elsewhere or babble."""

import asyncio
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Any

import pytest

from parvis.casework.webhooks.status import Answer
from parvis.channels.webhooks import posting
from parvis.channels.webhooks.addresses import Network, is_allowed
from parvis.channels.webhooks.posting import poster
from tests.channels.webhooks.receiving import Say, ok, receiving

HERE = [ip_network("127.0.0.1/32")]


@dataclass
class Message:
    url: str
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=lambda: {"webhook-signature": "v1,x"})


def posted(*urls: str, networks: Sequence[Network] = (), secure: bool = False) -> list[str]:
    async def post() -> list[str]:
        async with poster(networks, secure=secure) as posts:
            return await posts.post_all([Message(url) for url in urls])

    return asyncio.run(post())


INSIDE = [
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://localhost.:{port}/",
    "http://127.1:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://017700000001:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://[::1]:{port}/",
    "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[64:ff9b::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[fe80::1%25lo]:{port}/",
    "http://10.1.2.3:{port}/",
    "http://172.16.0.1:{port}/",
    "http://192.168.1.1:{port}/",
    "http://100.64.0.1:{port}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00::1]:{port}/",
    "http://224.0.0.1:{port}/",
    "http://255.255.255.255:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
]


@pytest.mark.parametrize("url", INSIDE)
def test_no_way_of_writing_it_leads_inside(url: str) -> None:
    with receiving() as receiver:
        [answer] = posted(url.format(port=receiver.port))
        assert answer in (Answer.INSIDE, Answer.NO_ADDRESS)
        assert receiver.came == []


def test_an_address_of_the_departments_is_told_where_it_is_named() -> None:
    with receiving() as receiver:
        assert posted(receiver.url, networks=HERE) == ["204"]
        named = receiver.url.replace("127.0.0.1", "localhost")
        assert posted(named, networks=[*HERE, ip_network("::1/128")])[0] in ("204", "no-connection")
        assert len(receiver.came) >= 1


def answers_in_turn(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Have a name lead to another address each time that it is looked up."""
    asked: list[str] = []

    async def look_up(self: Any, host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        asked.append(host)
        where = addresses[min(len(asked), len(addresses)) - 1].split(",")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in where]

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", look_up)
    return asked


def test_a_name_is_looked_up_once_and_leads_where_it_was_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Were it asked a second time, it would lead to the port of another machine."""
    asked = answers_in_turn(monkeypatch, "127.0.0.1", "10.0.0.1")
    with receiving() as receiver:
        url = f"http://rebind.example:{receiver.port}/"
        assert posted(url, networks=HERE) == ["204"]
        assert receiver.came[0].headers["host"] == f"rebind.example:{receiver.port}"
    assert asked == ["rebind.example"]


def test_a_name_with_one_address_inside_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    answers_in_turn(monkeypatch, "93.184.216.34,127.0.0.1")
    with receiving() as receiver:
        assert posted(f"http://both.example:{receiver.port}/") == [Answer.INSIDE]
        assert receiver.came == []


@pytest.mark.parametrize(
    ("say", "answer"),
    [
        (lambda _: ok("302 Found", "Location: http://169.254.169.254/"), "302"),
        (lambda _: ok("307 Temporary Redirect", "Location: http://127.0.0.1/"), "307"),
        (lambda _: ok("500 No"), "500"),
        (lambda _: ok("410 Gone"), "410"),
        (lambda _: b"", Answer.GARBAGE),
        (lambda _: b"\x00\xff" * 1000, Answer.GARBAGE),
        (lambda _: b"220 mail.example ESMTP\r\n", Answer.GARBAGE),
        (lambda _: b"HTTP/1.1 999999 x\r\n\r\n", Answer.GARBAGE),
        (lambda _: b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 100_000, Answer.GARBAGE),
        (lambda _: b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n" + b"x" * 99_999, "200"),
        (lambda _: b"drip", Answer.TIMEOUT),
    ],
)
def test_every_receiver_has_an_answer(
    say: Say, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "PATIENCE_S", 1.0)
    with receiving(say) as receiver:
        assert posted(receiver.url, networks=HERE) == [answer]
        assert len(receiver.came) == 1  # no redirect was followed


def test_nobody_there_and_nobody_of_that_name() -> None:
    with receiving() as receiver:
        url = receiver.url
    assert posted(url, networks=HERE) == [Answer.NO_CONNECTION]
    assert posted("https://nobody.invalid/") == [Answer.NO_ADDRESS]


def test_a_server_without_a_certificate_is_told_nothing() -> None:
    with receiving() as receiver:
        [answer] = posted(receiver.url.replace("http:", "https:"), networks=HERE)
        assert answer in (Answer.NO_TLS, Answer.NO_CONNECTION)
        assert receiver.came == []


def test_in_production_nothing_public_goes_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    answers_in_turn(monkeypatch, "93.184.216.34")
    assert (
        posted("http://example.org/", "http://93.184.216.34/", secure=True) == [Answer.INSIDE] * 2
    )


def test_what_is_not_signed_is_not_sent() -> None:
    async def post() -> None:
        async with poster(HERE, secure=False) as posts:
            await posts.post_all([Message("http://127.0.0.1:1/", headers={})])

    with pytest.raises(ValueError, match="signed"):
        asyncio.run(post())


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1", "64:ff9b::808:808"])
def test_public_addresses_are_told(address: str) -> None:
    assert is_allowed(ip_address(address), []) or address.startswith("64:")
