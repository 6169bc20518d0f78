"""Posting messages, many at once and none for longer than a receiver deserves."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from ipaddress import ip_address
from typing import Protocol

import aiohttp
from yarl import URL

from parvis.casework.webhooks.status import Answer
from parvis.channels.webhooks.addresses import Inside, Network, NoAddress, PublicAlone, is_allowed

PATIENCE_S = 10.0
"""From the first look-up to the last line of the answer, however slowly they come."""
_ABREAST = 32
_READ = 16_384
"""Bytes of an answer that are read so that the connection can be used again; none is kept."""


_WHY: Sequence[tuple[type[BaseException] | tuple[type[BaseException], ...], Answer]] = (
    (TimeoutError, Answer.TIMEOUT),
    (Inside, Answer.INSIDE),
    ((NoAddress, aiohttp.InvalidURL, UnicodeError), Answer.NO_ADDRESS),
    ((aiohttp.ClientSSLError, ssl.SSLError, ssl.CertificateError), Answer.NO_TLS),
    ((aiohttp.ClientConnectorError, ConnectionRefusedError), Answer.NO_CONNECTION),
    (BaseException, Answer.GARBAGE),
)
"""What a failure is told as; the first that fits."""


class Posted(Protocol):
    """What is posted."""

    @property
    def url(self) -> str:
        """Where to."""

    @property
    def body(self) -> bytes:
        """What."""

    @property
    def headers(self) -> Mapping[str, str]:
        """With which headers; it is signed in one of them."""


class Poster:
    """Posts, over connections that are used again; made by `poster`."""

    def __init__(
        self, session: aiohttp.ClientSession, networks: Sequence[Network], *, secure: bool
    ) -> None:
        self._session, self._networks, self._secure = session, networks, secure

    async def post_all(self, messages: Sequence[Posted]) -> list[str]:
        """Return how each message was answered: a status, or why there was none."""
        abreast = asyncio.Semaphore(_ABREAST)

        async def one(message: Posted) -> str:
            async with abreast:
                return await self._post(message)

        return list(await asyncio.gather(*map(one, messages)))

    async def _post(self, message: Posted) -> str:
        if "webhook-signature" not in message.headers:
            raise ValueError("a delivery is signed, or it is not sent")
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._answered(message)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            # The resolver's own words stand inside what the library makes of them.
            both = error, getattr(error, "os_error", None)
            return next(
                answer for kind, answer in _WHY if any(isinstance(one, kind) for one in both)
            )

    async def _answered(self, message: Posted) -> str:
        url = URL(message.url)
        self._check(url)
        async with self._session.post(
            url, data=message.body, headers=message.headers, allow_redirects=False
        ) as answer:
            # What is more than this, or comes too slowly, closes the connection.
            await answer.content.read(_READ)
            return str(answer.status)

    def _check(self, url: URL) -> None:
        """Refuse an address that stands in the place of a name; the resolver never sees those."""
        try:
            address = ip_address((url.host or "").partition("%")[0])
        except ValueError:
            if self._secure and url.scheme != "https":
                raise Inside("plain http") from None
            return
        if not is_allowed(address, self._networks):
            raise Inside(str(address))
        if self._secure and url.scheme != "https" and address.is_global:
            raise Inside("plain http")


@asynccontextmanager
async def poster(networks: Sequence[Network], *, secure: bool) -> AsyncIterator[Poster]:
    """Open what posts. With `secure`, plain http goes to the department's named networks alone.

    It follows no redirect, keeps no cookie, and asks no proxy of the environment.
    """
    connector = aiohttp.TCPConnector(
        resolver=PublicAlone(networks), use_dns_cache=False, limit_per_host=_ABREAST
    )
    async with aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=PATIENCE_S),
        trust_env=False,
        auto_decompress=False,
    ) as session:
        yield Poster(session, networks, secure=secure)
